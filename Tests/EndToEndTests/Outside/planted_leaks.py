"""Plants three leaks in a real table and lets `creditstream explore` look for them; the table as it is comes first.

    planted_leaks.py PIPELINE TABLE --id COLUMN --target COLUMN [--skip LINES]

The leaks: the target copied with noise, an amount that is known only after a default, an id that encodes the target. Every
leak must be named, and nothing else; on the table as it is, nothing may be. $CREDITSTREAM names the program, by default the
release build, else the debug build.
"""
import argparse, csv, gzip, io, json, os, pathlib, random, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def program():
    for path in (os.environ.get("CREDITSTREAM"), ROOT / ".build/release/creditstream", ROOT / ".build/debug/creditstream"):
        if path and os.path.exists(path):
            return str(path)
    raise SystemExit("no program: run swift build first, or set CREDITSTREAM")


arguments = argparse.ArgumentParser()
for name in ("pipeline", "table"):
    arguments.add_argument(name)
arguments.add_argument("--id", required=True)
arguments.add_argument("--target", required=True)
arguments.add_argument("--skip", type=int, default=0)
given = arguments.parse_args()

opened = gzip.open(given.table, "rt", newline="") if given.table.endswith(".gz") else open(given.table, newline="")
with opened as file:
    skipped = [file.readline() for _ in range(given.skip)]
    header, *rows = csv.reader(file)
ID, TARGET = header.index(given.id), header.index(given.target)
rng = random.Random(5)


def defaulted(row):
    return float(row[TARGET]) == 1


def with_column(name, cell):
    return [header + [name]] + [row + [cell(row)] for row in rows]


def with_id(text):
    """Other ids of the same length for all, in an order that has nothing to do with the file's."""
    numbers = rng.sample(range(100_000, 100_000 + 4 * len(rows)), len(rows))
    return [header] + [row[:ID] + [text(row, number)] + row[ID + 1:] for row, number in zip(rows, numbers)]


PLANTED = {
    "as it is": (lambda: [header] + rows, []),
    "target copied with noise": (
        lambda: with_column("PLANTED_COPY", lambda row: f"{defaulted(row) + rng.uniform(-0.9, 0.9):.4f}"), ["PLANTED_COPY"]),
    "known only after the decision": (
        lambda: with_column("PLANTED_RECOVERED", lambda row: str(rng.randint(100, 9000))
                            if defaulted(row) and rng.random() < 0.9 else ""), ["PLANTED_RECOVERED"]),
    "id that encodes the target": (
        lambda: with_id(lambda row, number: str(2 * number + defaulted(row))), [given.id]),
}

failures = 0
with tempfile.TemporaryDirectory(prefix="creditstream-") as folder:
    for name, (make, expected) in PLANTED.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(make())
        (pathlib.Path(folder) / "table.csv").write_text("".join(skipped) + text.getvalue())
        start = time.time()
        subprocess.run([program(), "explore", "--pipeline", given.pipeline, "--data", f"{folder}/table.csv", "--html",
                        f"{folder}/page.html", "--json", f"{folder}/page.json"], check=True, capture_output=True)
        seconds = time.time() - start
        suspects = json.load(open(f"{folder}/page.json"))["suspects"]
        found = [suspect["field"] for suspect in suspects]
        size = os.path.getsize(f"{folder}/page.html")
        is_right = found == expected and size < 2_000_000
        failures += not is_right
        print(f"{name}: suspects {found} {'ok' if is_right else 'FAILED, expected ' + str(expected)}; "
              f"{seconds:.1f} s, page of {size / 1e6:.2f} MB", flush=True)
        for suspect in suspects:
            print("   ", suspect["evidence"][0])
sys.exit(1 if failures else 0)
