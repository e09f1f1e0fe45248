"""Writes documents.tsv and numbers.tsv: what CPython's json and repr make of seeded inputs.

    python3 Tests/StrictJSONTests/Fixtures/make_fixtures.py

documents.tsv: hex of a document, then "refused" or a dump of its value in tokens:
    { } [ ]   k<hex of key>   s<hex of string>   i<decimal>   d<hex of the double's bits>   t f n
CPython is made strict where its json is lenient: UTF-8 only, no byte order mark, no NaN, no duplicate keys,
no lone surrogates, integers within 64 bits, finite doubles.

numbers.tsv: width (32 or 64), hex of the bits, shortest decimal digits, decimal exponent of the last digit.
"""

import json
import math
import pathlib
import random
import struct
from decimal import Decimal

HERE = pathlib.Path(__file__).parent
rng = random.Random(20260101)


class Refused(Exception):
    pass


def pairs(items):
    if len({key for key, _ in items}) < len(items):
        raise Refused
    return [("k", items)]


def integer(text):
    value = int(text)
    if not -(2**63) <= value < 2**64:
        raise Refused
    return value


def double(text):
    value = float(text)
    if not math.isfinite(value):
        raise Refused
    return value


def constant(_):
    raise Refused


def dump(value):
    if value is None:
        return "n"
    if value is True:
        return "t"
    if value is False:
        return "f"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float):
        return "d" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s" + value.encode("utf-8").hex()
    if value and isinstance(value[0], tuple):
        inner = [token for key, item in value[0][1] for token in ("k" + key.encode("utf-8").hex(), dump(item))]
        return " ".join(["{", *inner, "}"])
    return " ".join(["[", *map(dump, value), "]"])


def verdict(raw):
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=pairs, parse_int=integer, parse_float=double, parse_constant=constant)
        return dump(value)
    except (Refused, ValueError, RecursionError):
        return "refused"


def random_text():
    alphabet = 'ab"\\/\n\t\r\b\f\x00\x1f\x7f é€😀中\u2028_.$'
    return "".join(rng.choice(alphabet) for _ in range(rng.choice([0, 1, 3, 8, 9, 20])))


def random_number():
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randrange(-1000, 1000)
    if kind == 1:
        return rng.choice([2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 0, 2**53 + 1, 10**25])
    if kind == 2:
        return struct.unpack("<d", rng.randbytes(8))[0]
    return round(rng.gauss(0, 1000), rng.randrange(8))


def random_value(depth):
    kind = rng.randrange(8 if depth else 5)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind <= 2:
        number = random_number()
        return number if math.isfinite(number) else 0.5
    if kind <= 4:
        return random_text()
    if kind == 5:
        return [random_value(depth - 1) for _ in range(rng.randrange(5))]
    return {random_text(): random_value(depth - 1) for _ in range(rng.randrange(5))}


def spelled(value):
    text = json.dumps(
        value, ensure_ascii=rng.random() < 0.5, separators=rng.choice([(",", ":"), (" , ", " : "), (",\n", ":\t")]))
    return text.encode("utf-8", "surrogatepass")


def mutated(raw):
    data = bytearray(raw)
    for _ in range(rng.choice([1, 1, 2])):
        place = rng.randrange(len(data) + 1)
        action = rng.randrange(4)
        if action == 0 and place < len(data):
            del data[place]
        elif action == 1:
            data.insert(place, rng.choice(b'{}[],:"\\-+.eE01 tfn\x00\x1f\x80\xc3\xed\xff'))
        elif action == 2 and place < len(data):
            data[place] ^= 1 << rng.randrange(8)
        else:
            data = data[:place]
    return bytes(data)


NUMBERS = """0 -0 0.0 -0.0 1 -1 01 -01 1. .1 1.0 -.5 +1 1e5 1E5 1e+5 1e-5 1e 1e+ 0e0 0e999 0.0e-999 1e308 1e309 -1e309
1.7976931348623157e308 1.7976931348623159e308 4.9e-324 2.4703282292062327e-324 2.4703282292062328e-324 1e-400
9007199254740993 9007199254740993.0 9223372036854775807 9223372036854775808 18446744073709551615
18446744073709551616 -9223372036854775808 -9223372036854775809 0x10 1_000 NaN -NaN Infinity -Infinity 1a 1.2.3 --1
0.1 0.30000000000000004 2.2250738585072011e-308 2.2250738585072014e-308 1e23 8.5e22 123456789012345678901234567890.0
7.2057594037927933e16 5e-324 1.00000000000000011102230246251565404236316680908203125
1.00000000000000011102230246251565404236316680908203124 1.00000000000000011102230246251565404236316680908203126
1e00000000000000000000000001 100000000000000000000000000000000000000000e-41""".split()

WHOLE = [
    b"", b" ", b"\n", b"{}", b"[]", b" {} ", b"\t[\r\n]", b"null", b"nul", b"nulll", b"True", b'"', b'""', b'"\\', b'"\\"',
    b"[,]", b"[1,]", b"[1,,2]", b"[1 2]", b'{"a"}', b'{"a":}', b'{"a":1,}', b"{,}", b"{1:2}", b"{a:1}", b"{'a':1}",
    b'{"a":1 "b":2}', b'{"a":1}}', b"[1]]", b"[1", b'{"a":1', b"]", b"}", b":", b",", b"// x\n1", b"/* x */1", b"[1]#",
    b'{"a":1,"a":1}', b'{"a":1,"\\u0061":2}', b'[{"a":{"b":1,"c":2,"b":3}}]', b'{"":1,"":2}', b'{"a":{"a":{"a":1}}}',
    b"\xef\xbb\xbf{}", b"\xff\xfe[\x00]\x00", b"\xfe\xff\x00[\x00]", b"[\x00]\x00", b"\x00[\x00]", b"\x00", b"1\x00", b"\x0c1",
    b"\xc2\xa01", b"\xe2\x80\xa81", b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe9"', b'"\xf0\x9f\x98"',
    b'"\xf0\x9f\x98\x80"', b'"\xef\xbf\xbf"', b'"\\ud83d\\ude00"', b'"\\ud83d"', b'"\\ude00"', b'"\\ude00\\ud83d"',
    b'"\\ud83d\\u0041"', b'"\\ud83dx"', b'"\\u12"', b'"\\u12g4"', b'"\\U1234"', b'"\\x41"', b'"\\\'"', b'"\\0"', b'"\x1f"',
    b'"\x7f"', b'"\n"', b'"\\u0000"', b'"\\/"', b'{"\\u0000a":1,"\\u0000b":2}', b'"\\uFFFF"', b'"a\\',
]

documents = WHOLE + [n.encode() for n in NUMBERS] + [b"[" + n.encode() + b"]" for n in NUMBERS]
valid = [spelled(random_value(4)) for _ in range(200)]
documents += valid + [mutated(rng.choice(valid)[:400]) for _ in range(500)]
with open(HERE / "documents.tsv", "w") as file:
    for document in dict.fromkeys(documents):
        file.write(f"{document.hex()}\t{verdict(document)}\n")


def shortest_float(bits):
    value = struct.unpack(">f", bits)[0]
    for precision in range(1, 10):
        text = f"{value:.{precision - 1}e}"
        try:
            if struct.pack(">f", float(text)) == bits:
                return text
        except OverflowError:
            pass
    raise AssertionError(bits)


def number_line(width, bits, text):
    _, digits, exponent = Decimal(text).normalize().as_tuple()
    return f"{width}\t{bits.hex()}\t{''.join(map(str, digits))}\t{exponent}\n"


with open(HERE / "numbers.tsv", "w") as file:
    fixed = [0.1, 1 / 3, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e16, 1e22, 1e23, 123456789.0, 2.0**53]
    doubles = fixed + [rng.gauss(0, 1) for _ in range(300)] + [round(rng.uniform(0, 1e6), 2) for _ in range(200)]
    doubles += [struct.unpack(">d", rng.randbytes(8))[0] for _ in range(700)]
    for value in doubles:
        if math.isfinite(value):
            file.write(number_line(64, struct.pack(">d", value), repr(value)))
    for _ in range(1000):
        bits = rng.randbytes(4)
        value = struct.unpack(">f", bits)[0]
        if math.isfinite(value) and value != 0:
            file.write(number_line(32, bits, shortest_float(bits)))
