"""Makes small history tables and, with pandas, what their aggregates should be.

Run: python make_history.py   (pandas 1.5 or newer; writes beside itself)
The tables are made up: installments_payments with the columns of the Home Credit data, and loans with monthly
balances nested in them. Rows are shuffled, ids are texts, values are missing, some rows belong to nobody.
"""

import json
import pathlib

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(7)
applications = pd.DataFrame({"ID": [f"a{n}" for n in range(1, 25)]})
applications["AMOUNT"] = rng.integers(1000, 90000, len(applications))
applications["TARGET"] = rng.integers(0, 2, len(applications))

payments = []
for n, application in enumerate(list(applications.ID) + ["nobody"]):
    for _ in range(0 if n % 5 == 4 else int(rng.integers(1, 40))):
        due = -int(rng.integers(1, 900))
        amount = round(float(rng.gamma(2, 3000)), 3)
        paid = None if rng.random() < 0.1 else round(amount * float(rng.uniform(0.3, 1.1)), 3)
        payments.append(
            (application, int(rng.integers(1, 5)), int(rng.integers(1, 30)), due,
             None if paid is None else due + int(rng.integers(-20, 30)), amount, paid))
payments = pd.DataFrame(
    payments,
    columns=["ID", "SK_ID_PREV", "NUM_INSTALMENT_NUMBER", "DAYS_INSTALMENT", "DAYS_ENTRY_PAYMENT",
             "AMT_INSTALMENT", "AMT_PAYMENT"])

loans, months, number = [], [], 0
for n, application in enumerate(list(applications.ID) + ["nobody"]):
    for _ in range(int(rng.integers(0, 6))):
        number += 1
        loans.append(
            (application, f"L{number}", rng.choice(["Active", "Closed", "Sold", ""]), -int(rng.integers(1, 3000)),
             None if rng.random() < 0.2 else round(float(rng.gamma(2, 50000)), 2),
             rng.choice(["car", "card", "consumer"])))
        for month in range(int(rng.integers(0, 12))):
            months.append((f"L{number}", -month, rng.choice(["0", "1", "C", "X"])))
months.append(("L-none", 0, "0"))
loans = pd.DataFrame(loans, columns=["ID", "LOAN", "STATE", "DAYS", "SUM", "KIND"])
months = pd.DataFrame(months, columns=["LOAN", "MONTH", "STATUS"])

payments = payments.sample(frac=1, random_state=1)
loans = loans.sample(frac=1, random_state=2)
months = months.sample(frac=1, random_state=3)
applications.to_csv(here / "applications.csv", index=False)
payments.to_csv(here / "installments_payments.csv", index=False)
loans.to_csv(here / "loans.csv", index=False)
months.to_csv(here / "months.csv", index=False)


def slope(time, value):
    known = time.notna() & value.notna()
    return np.polyfit(time[known], value[known], 1)[0] if time[known].nunique() > 1 else np.nan


late_months = months[months.STATUS == "1"].groupby("LOAN").size()
loans["LATE"] = loans.LOAN.map(late_months).fillna(0)
expected = {}
for application in applications.ID:
    p = payments[payments.ID == application].sort_values(["DAYS_INSTALMENT", "NUM_INSTALMENT_NUMBER"])
    year = p[p.DAYS_INSTALMENT >= -365]
    late = p.DAYS_ENTRY_PAYMENT - p.DAYS_INSTALMENT
    short = p.AMT_PAYMENT / p.AMT_INSTALMENT
    loan = loans[loans.ID == application]
    active = loan[loan.STATE == "Active"]
    known = loan[loan.STATE != ""]
    values = {
        "PAY_COUNT": len(p),
        "PAY_KNOWN": int(p.AMT_PAYMENT.notna().sum()),
        "PAY_SUM": p.AMT_PAYMENT.sum(min_count=1),
        "PAY_SUM_YEAR": year.AMT_PAYMENT.sum(min_count=1),
        "PAY_LATE_MEAN": late.mean(),
        "PAY_LATE_MAX": late.max(),
        "PAY_SHORT_MIN": short.min(),
        "PAY_LATE_SHARE": (late.dropna() > 0).mean() if late.notna().any() else np.nan,
        "PAY_LAST": p.AMT_INSTALMENT.iloc[-1] if len(p) else np.nan,
        "PAY_TREND": slope(p.DAYS_INSTALMENT, short) if len(p) else np.nan,
        "PAY_CREDITS": p.SK_ID_PREV.nunique(),
        "LOAN_ACTIVE": len(active),
        "LOAN_ACTIVE_SUM": active.SUM.sum(min_count=1),
        "LOAN_ACTIVE_SHARE": (known.STATE == "Active").mean() if len(known) else np.nan,
        "LOAN_KINDS": loan.KIND.nunique(),
        "LOAN_LATE_MONTHS": loan.LATE.sum() if len(loan) else np.nan,
        "LOAN_LATE_MAX": loan.LATE.max(),
    }
    expected[application] = {k: None if pd.isna(v) else float(v) for k, v in values.items()}
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
