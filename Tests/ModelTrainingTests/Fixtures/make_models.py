"""Writes models.json: what scikit-learn says about ranks, tables, logistic coefficients and neighbours.

    python3 -m venv venv && venv/bin/pip install scikit-learn
    venv/bin/python make_models.py > models.json

DeLong's covariance is written out from the paper, pair by pair, since no library of the field has it.
"""

import json

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, confusion_matrix, roc_auc_score, roc_curve
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler


def delong(first, second, targets):
    """Areas and the standard error of their difference, from the definition (DeLong et al. 1988)."""
    bad, good = np.where(targets == 1)[0], np.where(targets == 0)[0]
    rows, columns = [], []
    for scores in (first, second):
        psi = (scores[bad][:, None] > scores[good]) + 0.5 * (scores[bad][:, None] == scores[good])
        rows.append(psi.mean(axis=1))
        columns.append(psi.mean(axis=0))
    covariance = np.cov(rows) / len(bad) + np.cov(columns) / len(good)
    contrast = np.array([-1.0, 1.0])
    return [float(r.mean()) for r in rows], float(np.sqrt(contrast @ covariance @ contrast))


def ranking(name, seed, rows, decimals):
    random = np.random.RandomState(seed)
    truth = random.normal(-1.5, 1.2, rows)
    targets = (random.uniform(size=rows) < 1 / (1 + np.exp(-truth))).astype(int)
    first = np.round(1 / (1 + np.exp(-(truth + random.normal(0, 1.0, rows)))), decimals)
    second = np.round(1 / (1 + np.exp(-(truth + random.normal(0, 0.7, rows)))), decimals)
    false_rate, true_rate, _ = roc_curve(targets, first, drop_intermediate=False)
    areas, error = delong(first, second, targets)
    observed, predicted = calibration_curve(targets, first, n_bins=8, strategy="quantile")
    negative, positive = confusion_matrix(targets, first >= 0.3).tolist()
    return {
        "name": name,
        "targets": targets.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "area": roc_auc_score(targets, first),
        "gini": 2 * roc_auc_score(targets, first) - 1,
        "separation": float(np.max(true_rate - false_rate)),
        "average_precision": average_precision_score(targets, first),
        "areas": areas,
        "error_of_difference": error,
        "confusion": {"tn": negative[0], "fp": negative[1], "fn": positive[0], "tp": positive[1]},
        "reliability_observed": observed.tolist(),
        "reliability_predicted": predicted.tolist(),
    }


def logistic(name, seed, rows, columns, c, balanced):
    random = np.random.RandomState(seed)
    values = np.round(random.normal(size=(rows, columns)), 5)
    values[:, -1] = (values[:, -1] > 0.3).astype(float)
    values[:, 1] = np.round(values[:, 0] + 0.05 * values[:, 1], 5)
    logits = values @ random.normal(size=columns) - 1.5
    targets = (random.uniform(size=rows) < 1 / (1 + np.exp(-logits))).astype(int)
    weight = float((targets == 0).sum() / (targets == 1).sum()) if balanced else 1.0
    model = LogisticRegression(
        C=c, solver="newton-cholesky", tol=1e-14, max_iter=1000, class_weight={0: 1.0, 1: weight}
    ).fit(values, targets)
    return {
        "name": name,
        "values": values.ravel().tolist(),
        "columns": columns,
        "targets": targets.tolist(),
        "c": c,
        "positive_weight": weight,
        "coefficients": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
    }


def neighbours(seed=9, rows=60, count=4):
    """Two numbers, a flag, and a category of three columns; differing categories add the squared median deviation."""
    random = np.random.RandomState(seed)
    numbers = np.round(np.column_stack([random.normal(50, 12, rows), random.exponential(3, rows)]), 3)
    numbers = numbers.astype(np.float32).astype(float)
    flag = random.randint(0, 2, rows)
    category = random.randint(0, 3, rows)
    targets = (np.arange(rows) % 3 == 0).astype(int)
    onehot = np.eye(3)[category]
    scaled = np.clip(StandardScaler().fit_transform(numbers), -5, 5)
    rare = np.where(targets == 1)[0]
    median = float(np.median(scaled[rare].std(axis=0)))
    # Half the penalty on each of the two columns that differ.
    nominal = np.column_stack([np.eye(2)[flag], onehot]) * median / np.sqrt(2)
    space = np.column_stack([scaled, nominal])[rare]
    found = NearestNeighbors(n_neighbors=count + 1, algorithm="brute").fit(space)
    distances, nearest = found.kneighbors(space)
    return {
        "values": np.column_stack([numbers, flag, onehot]).ravel().tolist(),
        "groups": ["income", "age", "owner", "trade", "trade", "trade"],
        "targets": targets.tolist(),
        "median": median,
        "neighbours": nearest[:, 1:].tolist(),
        "distances": distances[:, 1:].tolist(),
    }


print(
    json.dumps(
        {
            "rankings": [
                ranking("distinct scores", 1, 300, 12),
                ranking("many ties", 2, 300, 1),
                ranking("few rows", 3, 30, 2),
            ],
            "regressions": [
                logistic("strong penalty", 4, 120, 4, 0.05, False),
                logistic("weak penalty", 5, 120, 4, 100.0, False),
                logistic("weighted classes", 6, 120, 5, 1.0, True),
            ],
            "neighbours": neighbours(),
        }
    )
)
