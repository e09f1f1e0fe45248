"""Writes normal_quantiles.tsv and distributions.tsv (mpmath and SciPy are the oracles).

normal_quantiles.tsv: probability, quantile; 17 digits of 50 computed.
distributions.tsv: name, two parameters, then points, each with the probability of lying at or below it.
"""

import pathlib

import mpmath
import numpy
from scipy import stats

HERE = pathlib.Path(__file__).parent
mpmath.mp.dps = 50


def normal_quantiles():
    probabilities = [2.0**-53, 1e-12, 1e-6, 1e-4, 0.001, 0.01, 0.0749, 0.0751, 0.1, 0.25, 0.4, 0.499, 0.5]
    probabilities += [0.5000001, 0.6, 0.75, 0.9, 0.9249, 0.9251, 0.99, 0.999, 1 - 1e-6, 1 - 2.0**-53]
    lines = []
    for p in probabilities:
        quantile = mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(p) - 1)
        lines.append(f"{p!r}\t{float(quantile)!r}")
    (HERE / "normal_quantiles.tsv").write_text("\n".join(lines) + "\n")


def distributions():
    lines = []

    def add(name, a, b, distribution, points):
        cells = [name, repr(a), repr(b)]
        for point in points:
            cells += [repr(float(point)), repr(float(distribution.cdf(point)))]
        lines.append("\t".join(cells))

    shares = numpy.arange(0.05, 1, 0.1)
    for shape, mean in [(0.51, 1.41), (1.0, 2.0), (1.9, 1.9), (40.0, 3.0)]:
        gamma = stats.gamma(shape, scale=mean / shape)
        add("gamma", shape, mean, gamma, gamma.ppf(shares))
    for mean in [0.0066, 0.9, 1.9, 30.0, 500.0]:
        poisson = stats.poisson(mean)
        add("poisson", mean, 0.0, poisson, sorted(set(poisson.ppf(shares))))
    normal = stats.norm(12.05, 3.26)
    add("normal", 12.05, 3.26, normal, normal.ppf(shares))
    lognormal = stats.lognorm(s=0.36, scale=134000.0)
    add("lognormal", 134000.0, 0.36, lognormal, lognormal.ppf(shares))
    uniform = stats.uniform(1.06, 1.32 - 1.06)
    add("uniform", 1.06, 1.32, uniform, uniform.ppf(shares))
    (HERE / "distributions.tsv").write_text("\n".join(lines) + "\n")


normal_quantiles()
distributions()
