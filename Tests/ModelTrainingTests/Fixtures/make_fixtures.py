"""Writes metrics.json: what scikit-learn says about seeded margins and targets.

    python3 -m venv venv && venv/bin/pip install scikit-learn
    venv/bin/python make_fixtures.py > metrics.json

Made with scikit-learn 1.9.1 and NumPy 1.26.4.
"""

import json

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score


def platt(margins, targets):
    """Platt's soft targets, as each row once for either class with the target as its weight."""
    defaulted, repaid = targets.sum(), (1 - targets).sum()
    soft = np.where(targets == 1, (defaulted + 1) / (defaulted + 2), 1 / (repaid + 2))
    rows = np.concatenate([margins, margins])[:, None].astype(float)
    labels = np.concatenate([np.ones_like(targets), np.zeros_like(targets)])
    weights = np.concatenate([soft, 1 - soft])
    model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-15, max_iter=500)
    model.fit(rows, labels, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def calibration_error(probabilities, targets, bins=10):
    """Bins and their means as in scikit-learn's calibration_curve, weighted by the bins' sizes."""
    rates, means = calibration_curve(targets, probabilities, n_bins=bins, strategy="quantile")
    edges = np.percentile(probabilities, np.linspace(0, 1, bins + 1) * 100)
    sizes = np.bincount(np.searchsorted(edges[1:-1], probabilities), minlength=bins)
    sizes = sizes[sizes > 0]
    return float(np.sum(sizes * np.abs(rates - means)) / len(targets))


def case(name, seed, rows, decimals, shift, scale):
    random = np.random.RandomState(seed)
    margins = np.round(random.normal(shift, scale, rows), decimals).astype(np.float32)
    targets = (random.uniform(size=rows) < 1 / (1 + np.exp(-(0.7 * margins - 0.4)))).astype(int)
    probabilities = 1 / (1 + np.exp(-margins.astype(float)))
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(margins.astype(float), targets)
    grid = np.concatenate([np.linspace(margins.min() - 1, margins.max() + 1, 41), margins[:20]]).astype(np.float32)
    slope, intercept = platt(margins, targets)
    return {
        "name": name,
        "margins": [float(m) for m in margins],
        "targets": targets.tolist(),
        "probabilities": probabilities.tolist(),
        "area": roc_auc_score(targets, margins),
        "log_loss": log_loss(targets, probabilities),
        "brier": brier_score_loss(targets, probabilities),
        "calibration_error": calibration_error(probabilities, targets),
        "isotonic_grid": [float(g) for g in grid],
        "isotonic_rates": isotonic.predict(grid.astype(float)).tolist(),
        "platt_slope": slope,
        "platt_intercept": intercept,
    }


print(
    json.dumps(
        [
            case("distinct margins", 1, 300, 7, -2.0, 1.0),
            case("many ties", 2, 300, 1, 0.0, 1.0),
            case("nearly all tied", 3, 200, 0, -1.0, 0.7),
            case("rare defaults", 4, 400, 4, -4.0, 1.5),
            case("few rows", 5, 12, 3, 0.0, 2.0),
        ]
    )
)
