"""Writes model.json, cases.json and calibration.json: what XGBoost and scikit-learn say, for CreditScoringTests.

Run: python3 make.py    (made with xgboost 3.2.0, scikit-learn 1.9.1, numpy 2.4.6)

The features are those of SampleModel.swift's pipeline, computed here a second time from the events.
"""

import json
import pathlib

import numpy
import xgboost
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).parent
JOBS = ["A", "B", "C"]
NAMES = [
    "income", "credit", "job=A", "job=B", "job=C", "job is missing", "region default rate", "owns_car", "age", "load",
]
# SampleModel's table: 9 of 63 rows default; 6 of the 30 in N, 3 of the 33 in S; smoothed by 20 rows.
PRIOR = 9 / 63
RATES = {"N": (6 + 20 * PRIOR) / 50, "S": (3 + 20 * PRIOR) / 53}


def features(event: dict) -> list[float]:
    nan = float("nan")
    income, credit = event.get("income"), event.get("credit")
    job, car = event.get("job"), event.get("owns_car")
    load = credit / income if income and credit is not None else nan
    return [
        nan if income is None else income,
        nan if credit is None else credit,
        *[float(job == name) for name in JOBS],
        float(job is None),
        RATES.get(event.get("region"), PRIOR),
        nan if car is None else float(car == "Y"),
        nan if event.get("age") is None else event["age"],
        load,
    ]


def random_event(random: numpy.random.Generator) -> dict:
    event = {
        "income": round(float(random.lognormal(10, 0.5)), 2),
        "credit": round(float(random.lognormal(11, 0.7)), 2),
        "job": str(random.choice(JOBS)),
        "region": str(random.choice(["N", "S"])),
        "owns_car": str(random.choice(["N", "Y"])),
        "gender": str(random.choice(["F", "M"])),
        "age": int(random.integers(16, 80)),
    }
    return {key: value for key, value in event.items() if key == "region" or random.random() > 0.15}


def rows(events: list[dict]) -> numpy.ndarray:
    return numpy.array([features(event) for event in events], dtype=numpy.float32)


def write(name: str, document: object) -> None:
    text = json.dumps(document, indent=None, separators=(",", ":"))
    (HERE / name).write_text(text.replace('},{"event"', '},\n{"event"') + "\n")


def model_and_cases(random: numpy.random.Generator) -> None:
    events = [random_event(random) for _ in range(3000)]
    matrix = rows(events)
    filled = numpy.nan_to_num(matrix)
    logit = 0.3 * filled[:, 9] - 1.5 + filled[:, 2] - 0.02 * (filled[:, 8] - 40) - 0.5 * filled[:, 7]
    labels = (random.random(len(events)) < 1 / (1 + numpy.exp(-logit))).astype(int)
    booster = xgboost.train(
        {"objective": "binary:logistic", "max_depth": 3, "eta": 0.2, "base_score": 0.3, "seed": 1, "nthread": 1},
        xgboost.DMatrix(matrix, labels, feature_names=NAMES),
        num_boost_round=20,
    )
    booster.save_model(HERE / "model.json")
    events = [random_event(random) for _ in range(60)]
    data = xgboost.DMatrix(rows(events), feature_names=NAMES)
    margins = booster.predict(data, output_margin=True)
    contributions = booster.predict(data, pred_contribs=True)
    write(
        "cases.json",
        [
            {"event": event, "margin": float(margin), "contributions": [float(value) for value in shares]}
            for event, margin, shares in zip(events, margins, contributions)
        ],
    )


def calibrations(random: numpy.random.Generator) -> None:
    margins = random.normal(-2, 1.5, 400).astype(numpy.float32)
    labels = (random.random(400) < 1 / (1 + numpy.exp(-(1.4 * margins.astype(float) + 0.3)))).astype(int)
    exact = margins.astype(float)
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(exact, labels)
    platt = LogisticRegression(C=numpy.inf, tol=1e-12, max_iter=10_000).fit(exact[:, None], labels)
    grid = numpy.concatenate([numpy.linspace(-8, 6, 141).astype(numpy.float32), margins[:60]]).astype(float)
    write(
        "calibration.json",
        {
            "grid": grid.tolist(),
            "isotonic": {
                "margins": isotonic.X_thresholds_.tolist(),
                "probabilities": isotonic.y_thresholds_.tolist(),
                "expected": isotonic.predict(grid).tolist(),
            },
            "platt": {
                "slope": float(platt.coef_[0, 0]),
                "intercept": float(platt.intercept_[0]),
                "expected": platt.predict_proba(grid[:, None])[:, 1].tolist(),
            },
        },
    )


if __name__ == "__main__":
    model_and_cases(numpy.random.default_rng(20261122))
    calibrations(numpy.random.default_rng(7))
