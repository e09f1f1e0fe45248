"""Writes statistics.json: samples, their counts in decile bins, and what NumPy and SciPy say of them.

Run: python statistics.py > statistics.json   (NumPy 1.26.4, SciPy 1.17.1)
"""

import json

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

rng = np.random.default_rng(20240607)


def psi(p, q, rule):
    p, q = np.asarray(p, float), np.asarray(q, float)
    if rule == "half":
        p, q = (p + 0.5) / (p.sum() + 0.5 * len(p)), (q + 0.5) / (q.sum() + 0.5 * len(q))
    else:
        p, q = np.maximum(p / p.sum(), rule), np.maximum(q / q.sum(), rule)
    return float(np.sum((p - q) * np.log(p / q)))


def counted(reference, current):
    used = (reference + current) > 0
    table = np.array([reference[used], current[used]])
    chi = stats.chi2_contingency(table, correction=False) if used.sum() > 1 else None
    g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood") if used.sum() > 1 else None
    p, q = reference / reference.sum(), current / current.sum()
    return {
        "reference": reference.tolist(),
        "current": current.tolist(),
        "psi_half": psi(reference, current, "half"),
        "psi_1e-4": psi(reference, current, 1e-4),
        "psi_1e-6": psi(reference, current, 1e-6),
        "jensen_shannon": float(jensenshannon(p, q)),
        "hellinger": float(np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) / 2)),
        "total_variation": float(np.abs(p - q).sum() / 2),
        "largest_difference": float(np.abs(p - q).max()),
        "chi2": [float(chi.statistic), float(chi.pvalue)] if chi else [0.0, 1.0],
        "g": [float(g.statistic), float(g.pvalue)] if g else [0.0, 1.0],
    }


def sampled(name, reference, current):
    reference, current = np.round(reference, 3), np.round(current, 3)
    edges = np.unique(np.quantile(reference, np.arange(1, 10) / 10))
    bins = lambda values: np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
    ks = stats.ks_2samp(reference, current)
    return {
        "name": name,
        "reference_values": reference.tolist(),
        "current_values": current.tolist(),
        "decile_edges": edges.tolist(),
        "counts": counted(bins(reference), bins(current)),
        "ks": [float(ks.statistic), float(ks.pvalue)],
        "wasserstein": float(stats.wasserstein_distance(reference, current)),
        "mean": float(reference.mean()),
        "standard_deviation": float(reference.std()),
    }


samples = [
    sampled("same law", rng.normal(size=400), rng.normal(size=150)),
    sampled("equal sizes", rng.normal(size=300), rng.normal(0.2, 1, size=300)),
    sampled("shifted", rng.normal(size=500), rng.normal(0.8, 1.3, size=90)),
    sampled("ties", rng.integers(0, 6, 500).astype(float), rng.integers(0, 7, 200).astype(float)),
    sampled("heavy tail", rng.lognormal(3, 2, size=350), rng.lognormal(3.1, 2, size=280)),
    sampled("tiny", rng.normal(size=12), rng.normal(3, 1, size=9)),
]

tables = [
    ([50, 30, 20], [40, 35, 25]),
    ([1000, 0, 20, 5], [900, 3, 40, 0]),
    ([4, 5307, 7063, 2384, 70, 144, 28, 0], [0, 170, 246, 74, 1, 4, 2, 3]),
    ([10, 0], [7, 0]),
    ([15000, 15000, 1], [1, 15000, 15000]),
]

kolmogorov = []
for n in (1, 5, 50, 140, 141, 484, 3750, 7500):
    for z in (0.2, 0.35, 0.45, 0.6, 0.9, 1.2, 1.45, 1.6, 2.5, 4.0, 7.0):
        d = z / np.sqrt(n)
        if 0 < d < 1:
            kolmogorov.append([n, float(d), float(stats.kstwo.sf(d, n))])

print(
    json.dumps(
        {
            "samples": samples,
            "tables": [counted(np.array(a), np.array(b)) for a, b in tables],
            "kolmogorov": kolmogorov,
            "chi_square": [
                [k, float(x), float(stats.chi2.sf(x, k))]
                for k in (1, 2, 5, 11, 23, 60)
                for x in (0.01, 0.5, 1.0, 3.0, 10.0, 25.0, 80.0, 300.0, 1000.0)
            ],
            "chi_square_quantiles": [
                [k, p, float(stats.chi2.isf(p, k))] for k in (1, 3, 11, 62) for p in (0.5, 0.05, 0.001, 1e-6)
            ],
            "benjamini_hochberg": {
                "p": [0.001, 0.04, 0.03, 0.2, 0.0005, 0.9, 0.03],
                "adjusted": stats.false_discovery_control(
                    [0.001, 0.04, 0.03, 0.2, 0.0005, 0.9, 0.03]
                ).tolist(),
            },
        },
        indent=None,
        separators=(",", ":"),
    )
)
