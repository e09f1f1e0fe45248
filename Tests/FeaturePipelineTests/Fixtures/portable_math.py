"""Writes portable_math.txt: inputs, correctly rounded results (mpmath), and the bits that the written
algorithm yields in Python, whose floats are IEEE doubles that are never contracted into fused operations.

    pip install mpmath && python3 portable_math.py > portable_math.txt

One line a case: function, input bits, correctly rounded result bits, algorithm's result bits.
"""
import math
import random
import struct

import mpmath

mpmath.mp.prec = 1200

LN2_HIGH = float.fromhex("0x1.62e42feep-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
LOG2_E = float.fromhex("0x1.71547652b82fep0")
SQRT2 = float.fromhex("0x1.6a09e667f3bcdp0")


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<Q", b))[0]


def rounded(value):
    """The double nearest to an mpf, with subnormals and overflow."""
    if value == 0 or mpmath.isnan(value) or mpmath.isinf(value):
        return float(value)
    exponent = max(int(mpmath.floor(mpmath.log(abs(value), 2))) - 52, -1074)
    scaled = mpmath.ldexp(value, -exponent)
    nearest = int(mpmath.nint(scaled))  # ties cannot occur for transcendental results
    try:
        return math.ldexp(nearest, exponent)
    except OverflowError:
        return math.copysign(math.inf, nearest)


def reduced_power(x):
    quotient = float(round(x * LOG2_E))
    nearly = x - quotient * LN2_HIGH
    rest = quotient * LN2_LOW
    r = nearly - rest
    lost = (nearly - r) - rest
    series = 1.0 / math.factorial(14)
    for n in range(13, 2, -1):
        series = series * r + 1.0 / math.factorial(n)
    series = series * r + 0.5
    series = series * (r * r)
    leading = 1 + r
    tail = (r - (leading - 1)) + (series + (lost + lost * r))
    high = leading + tail
    return int(quotient), high, tail - (high - leading)


def exp(x):
    if x != x:
        return x
    if x >= 709.79:
        return math.inf
    if x <= -745.14:
        return 0.0
    k, high, _ = reduced_power(x)
    if k < -1021:
        return high * 2.0 ** (k + 200) * 2.0**-200
    if k > 1023:
        return high * 2 * 2.0 ** (k - 1)
    return high * 2.0**k


def logarithm(f, k, c):
    s = f / (2 + f)
    z = s * s
    series = 2.0 / 25
    for n in range(23, 1, -2):
        series = series * z + 2.0 / n
    series = series * z
    half = 0.5 * f * f
    if k == 0:
        return f - (half - (s * (half + series) + c))
    return k * LN2_HIGH - ((half - (s * (half + series) + (k * LN2_LOW + c))) - f)


def centred(x):
    m, e = math.frexp(x)
    m, e = m * 2, e - 1
    return (m, e) if m < SQRT2 else (m * 0.5, e + 1)


def log(x):
    if x == 0:
        return -math.inf
    if not (0 < x < math.inf):
        return x if x == math.inf else math.nan
    m, e = centred(x)
    return logarithm(m - 1, e, 0.0)


def log1p(x):
    if x == -1:
        return -math.inf
    if not (-1 < x < math.inf):
        return x if x == math.inf else math.nan
    if abs(x) <= 2.0**-54:
        return x
    if -0.2928 < x < 0.4142:
        return logarithm(x, 0, 0.0)
    total = 1 + x
    lost = 1 - (total - x) if x > 1 else x - (total - 1)
    m, e = centred(total)
    return logarithm(m - 1, e, lost / total)


def exact_product(a, b):
    def split(x):
        widened = 134217729 * x
        high = widened - (widened - x)
        return high, x - high

    (a1, a2), (b1, b2) = split(a), split(b)
    high = a * b
    return high, ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2


def sigmoid(x):
    if x != x:
        return x
    if x > 40:
        return 1.0
    if x < -40:
        return exp(x)
    k, high, low = reduced_power(-abs(x))
    high, low = high * 2.0**k, low * 2.0**k
    denominator = 1 + high
    denominator_low = (high - (denominator - 1)) + low
    numerator, numerator_low = (high, low) if x < 0 else (1.0, 0.0)
    quotient = numerator / denominator
    product = exact_product(quotient, denominator)
    remainder = ((numerator - product[0]) - product[1]) + numerator_low - quotient * denominator_low
    return quotient + remainder / denominator


def truth(function, x):
    """The correctly rounded result."""
    if x != x:
        return x
    if math.isinf(x):
        special = {
            "exp": math.inf if x > 0 else 0.0,
            "log": math.inf if x > 0 else math.nan,
            "log1p": math.inf if x > 0 else math.nan,
            "sigmoid": 1.0 if x > 0 else 0.0,
        }
        return special[function]
    if function == "exp":
        return 0.0 if x < -800 else math.inf if x > 800 else rounded(mpmath.exp(mpmath.mpf(x)))
    if function == "log":
        return -math.inf if x == 0 else math.nan if x < 0 else rounded(mpmath.log(mpmath.mpf(x)))
    if function == "log1p":
        if x == 0:
            return x
        return -math.inf if x == -1 else math.nan if x < -1 else rounded(mpmath.log(1 + mpmath.mpf(x)))
    if x > 800 or x < -800:
        return 1.0 if x > 0 else 0.0
    return rounded(1 / (1 + mpmath.exp(-mpmath.mpf(x))))


def inputs(function, source):
    tiny, smallest, largest = from_bits(1), 2.0**-1022, from_bits(0x7FEFFFFFFFFFFFFF)
    for x in (0.0, -0.0, tiny, -tiny, smallest, -smallest, largest, -largest, math.inf, -math.inf, math.nan):
        yield x
    for x in (1.0, -1.0, 0.5, 2.0, math.e, math.pi, 10.0, 1e-300, 1e300, 2.0**-54, 2.0**-53, 2.0**-1074 * 3):
        for neighbour in (math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)):
            yield neighbour
    if function in ("exp", "sigmoid"):
        for x in (709.782712893384, 709.79, -708.3964, -745.13321910194, -745.14, -744.4400719, 40.0, -40.0):
            for neighbour in (math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)):
                yield neighbour
        for _ in range(200):
            yield source.uniform(-745, 709)
        for _ in range(250):
            yield source.gauss(0, 4)
        for _ in range(40):
            yield source.uniform(-745.1, -707)
        for k in range(-30, 31):  # where the reduction changes its integer
            yield (k + 0.5) * math.log(2)
    else:
        for x in (-0.2928, 0.4142, SQRT2, SQRT2 / 2, SQRT2 - 1, 2.0**53, 2.0**54, -0.9999999999999999):
            for neighbour in (math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)):
                yield neighbour
        for _ in range(150):
            yield from_bits(source.randrange(1, 0x7FF0000000000000))
        for _ in range(150):
            yield source.uniform(0.2, 4)
        for _ in range(50):
            yield 1 + source.gauss(0, 1e-6)
        for _ in range(40):
            yield from_bits(source.randrange(1, 1 << 52))
        if function == "log1p":
            for _ in range(150):
                yield source.uniform(-1, 1)
            for _ in range(50):
                yield source.gauss(0, 1e-8)


def main():
    source = random.Random(20_260_117)
    functions = {"exp": exp, "log": log, "log1p": log1p, "sigmoid": sigmoid}
    for name, function in functions.items():
        for x in inputs(name, source):
            print(f"{name} {bits(x):016x} {bits(truth(name, x)):016x} {bits(function(x)):016x}")


if __name__ == "__main__":
    main()
