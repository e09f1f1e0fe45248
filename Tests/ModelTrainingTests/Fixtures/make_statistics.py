"""Writes statistics.json: what SciPy, pandas and scikit-learn say about seeded columns.

    python3 -m venv venv && venv/bin/pip install scipy pandas scikit-learn
    venv/bin/python make_statistics.py > statistics.json

NaN is written as null. Made with SciPy 1.17.1, pandas 3.0.6 and scikit-learn 1.9.1.
"""

import json

import numpy as np
import pandas as pd
from scipy import stats
from scipy.stats.contingency import association
from sklearn.metrics import roc_auc_score

LEVELS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def delong(scores, targets):
    """DeLong's variance by its definition: the kernel for every pair."""
    bad, good = scores[targets == 1], scores[targets == 0]
    kernel = (bad[:, None] > good[None, :]) + 0.5 * (bad[:, None] == good[None, :])
    return float(np.sqrt(kernel.mean(1).var(ddof=1) / len(bad) + kernel.mean(0).var(ddof=1) / len(good)))


def ratio(codes, numbers):
    """The correlation ratio by its definition, with pandas."""
    frame = pd.DataFrame({"c": codes, "x": numbers}).dropna()
    groups = frame.groupby("c").x
    between = (groups.count() * (groups.mean() - frame.x.mean()) ** 2).sum()
    return float(np.sqrt(between / ((frame.x - frame.x.mean()) ** 2).sum()))


def numbers(name, left, right, targets):
    frame = pd.DataFrame({"x": left, "y": right})
    known = ~np.isnan(left)
    x, t = left[known], targets[known]
    return {
        "name": name,
        "left": left.tolist(),
        "right": right.tolist(),
        "targets": targets.tolist(),
        "pearson": frame.corr().iloc[0, 1],
        "spearman": frame.corr("spearman").iloc[0, 1],
        "quantiles": [float(q) for q in pd.Series(x).quantile(LEVELS)],
        "mean": float(x.mean()),
        "deviation": float(x.std(ddof=1)),
        "skewness": float(pd.Series(x).skew()),
        "mann_whitney": float(stats.mannwhitneyu(x[t == 1], x[t == 0], method="asymptotic").pvalue),
        "kolmogorov_smirnov": float(stats.ks_2samp(x[t == 1], x[t == 0]).statistic),
        "area": float(roc_auc_score(t, x)),
        "area_error": delong(x, t),
    }


def categories(name, left, right, values):
    known = ~(np.isnan(left) | np.isnan(right))
    table = pd.crosstab(left[known], right[known]).to_numpy()
    chi = stats.chi2_contingency(table, correction=False)
    return {
        "name": name,
        "left": left.tolist(),
        "right": right.tolist(),
        "numbers": values.tolist(),
        "chi_square": float(chi.statistic),
        "degrees": int(chi.dof),
        "p_value": float(chi.pvalue),
        "cramers_v": float(association(table, method="cramer")),
        "ratio": ratio(left, values),
    }


def holes(random, values, share):
    return np.where(random.uniform(size=len(values)) < share, np.nan, values)


def main():
    random = np.random.RandomState(20260)
    n = 400
    base = random.normal(size=n)
    targets = (random.uniform(size=n) < 1 / (1 + np.exp(1 - base))).astype(int)
    ties = np.round(base + random.normal(size=n))
    heavy = np.exp(2 * random.normal(size=n)) * 1e5
    codes = random.randint(0, 5, n).astype(float)
    other = np.where(random.uniform(size=n) < 0.6, codes, random.randint(0, 4, n)).astype(float)
    numeric = [
        numbers("complete", base, base + random.normal(size=n), targets),
        numbers("many ties", ties, np.round(2 * base), targets),
        numbers("missing on both sides", holes(random, base, 0.2), holes(random, ties, 0.4), targets),
        numbers("missing on one side", base, holes(random, base**3, 0.5), targets),
        numbers("heavy tails, far from zero", heavy + 1e9, -heavy + holes(random, base, 0.1), targets),
        numbers("yes and no", (base > 0).astype(float), (ties > 1).astype(float), targets),
    ]
    categorical = [
        categories("dependent", codes, other, base + codes),
        categories("independent", codes, random.randint(0, 3, n).astype(float), base),
        categories("missing", holes(random, codes, 0.3), holes(random, other, 0.2), holes(random, base, 0.2)),
        categories("gaps in the codes", codes * 3, other * 2, heavy),
        categories("two by two", (codes > 2).astype(float), (other > 1).astype(float), ties),
    ]
    rates = [
        {"count": int(k), "total": int(n), "lower": float(i.low), "upper": float(i.high)}
        for k, n in [(0, 10), (2, 10), (10, 10), (79, 1000), (1, 1), (0, 1), (5000, 63000)]
        for i in [stats.binomtest(k, n).proportion_ci(method="wilson")]
    ]
    tails = [
        {"statistic": x, "degrees": d, "survival": float(stats.chi2.sf(x, d))}
        for d in [1, 2, 3, 10, 57, 1000]
        for x in [0.0, 0.001, 0.7, 3.84, 25.0, 180.0, 950.0, 1400.0]
    ]
    text = json.dumps({"numbers": numeric, "categories": categorical, "rates": rates, "tails": tails})
    print(text.replace("NaN", "null"))


main()
