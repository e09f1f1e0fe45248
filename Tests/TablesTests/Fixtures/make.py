"""Writes the fixtures of the Tables tests with CPython's csv and gzip modules.

    python3 make.py

tricky.csv and tricky.json hold the same random rows, as csv.writer quotes them and as JSON; members.csv.gz is
three gzip members one after the other with zeros behind them, plain.csv.gz is one.
"""
import csv
import gzip
import json
import random

ALPHABET = ["a", "B", "7", " ", ",", '"', "\n", "\r\n", ";", "\t", "é", "漢", "😀", "'", "\\"]


def main():
    source = random.Random(7)
    rows = [["id", "text", 'odd "name", here', "last"]]
    for number in range(300):
        cells = ["".join(source.choice(ALPHABET) for _ in range(source.randrange(8))) for _ in range(3)]
        rows.append([f"n{number}", *cells])
    with open("tricky.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    with open("tricky.json", "w", encoding="utf-8") as file:
        json.dump(rows, file)

    lines = [f"{n},{n * n % 97},{'x' * (n % 50)}\n".encode() for n in range(3000)]
    text = b"a,b,c\n" + b"".join(lines)
    with open("plain.csv.gz", "wb") as file:
        file.write(gzip.compress(text, mtime=0))
    with open("members.csv.gz", "wb") as file:
        for part in (text[:10_000], text[10_000:10_001], text[10_001:]):
            file.write(gzip.compress(part, mtime=0))
        file.write(bytes(512))


if __name__ == "__main__":
    main()
