"""Starts the real program on a free port of loopback, for the checks that look at it from outside."""
import contextlib, hashlib, json, os, pathlib, secrets, socket, subprocess, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]


def program():
    """The built program: $CREDITSTREAM, else the release build, else the debug build."""
    for path in (os.environ.get("CREDITSTREAM"), ROOT / ".build/release/creditstream", ROOT / ".build/debug/creditstream"):
        if path and os.path.exists(path):
            return str(path)
    raise SystemExit("no program: run swift build first, or set CREDITSTREAM")


def loan_book(folder, rows=900):
    """A small made-up loan book, and a pipeline file for it."""
    import random
    rng = random.Random(1)
    lines = ["ID,INCOME,AMOUNT,PURPOSE,OWNER,BAD"]
    for row in range(rows):
        income, amount = rng.randint(1000, 90000) / 3, rng.randint(500, 42000) / 7 * 6
        purpose = rng.choice(["car", "house", "other", ""])
        bad = rng.random() < min(0.9, 0.05 + 0.1 * amount / income + (0.1 if purpose == "car" else 0))
        lines.append(f"A{row},{income},{amount},{purpose},{'Y' if row % 3 == 0 else 'N'},{int(bad)}")
    (folder / "train.csv").write_text("\n".join(lines) + "\n")
    (folder / "pipeline.yaml").write_text("""pipeline: loan-book
version: 1
id: ID
target: {field: BAD}
fields:
  INCOME: {kind: number, range: [0, 100000], label: {en: Income, fr: Revenu}}
  AMOUNT: {kind: number, label: {en: Amount, fr: Montant}}
  PURPOSE: {kind: category, label: {en: Purpose, fr: Objet}}
  OWNER: {kind: flag, labels: [N, Y], label: {en: Home ownership, fr: Propriété}}
derived:
  BURDEN: {expression: "AMOUNT / INCOME", label: {en: Burden, fr: Charge}}
training: {folds: 3, repeats: 1, maximum_rounds: 60, max_depth: 3, learning_rate: 0.2}
policy:
  refer_band: [0.8, 1.2]
  knock_outs:
    - {code: TOO_MUCH, when: "AMOUNT > 30000", texts: {en: Too much, fr: Trop}}
""")


def registry(folder):
    """A registry with two versions of a small model."""
    loan_book(folder)
    for _ in range(2):
        subprocess.run([program(), "train", "--pipeline", folder / "pipeline.yaml", "--data", folder / "train.csv",
                        "--registry", folder / "models"], check=True, capture_output=True)
    return str(folder / "models")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def keys(folder, **names):
    """A key file; returns the keys by name. `keys(folder, intake="score, read")`."""
    made, lines = {}, ["keys:"]
    for name, scopes in names.items():
        made[name] = "cs_" + secrets.token_urlsafe(32)
        secrets_made.append(made[name])
        digest = hashlib.sha256(made[name].encode()).hexdigest()
        lines.append(f"  - {{name: {name}, sha256: {digest}, scopes: [{scopes}], requests_per_second: 0}}")
    (folder / "keys.yaml").write_text("\n".join(lines) + "\n")
    return made


# Stands in every request of these checks where an applicant's data would; no log line may hold it.
CANARY = "CANARY-7f3a"
secrets_made = []


def search_log(path):
    """Ends the check if a log holds what was planted, or a key."""
    text = pathlib.Path(path).read_text()
    found = [planted for planted in [CANARY, *secrets_made] if planted in text]
    if found or not text:
        raise SystemExit(f"{path}: " + (f"the log holds {found}" if found else "nothing was logged"))


@contextlib.contextmanager
def server(registry, *arguments, cpu=None, log=None):
    """Runs `creditstream serve` until the block ends; gives the URL and the process. A log is searched at the end."""
    port = free_port()
    command = [program(), "serve", "--registry", registry, "--listen", f"127.0.0.1:{port}", *map(str, arguments)]
    if cpu is not None:
        command = ["taskset", "-c", str(cpu)] + command
    output = open(log, "w") if log else subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url + "/health/ready", timeout=2)
                break
            if process.poll() is not None:
                raise SystemExit(f"the server ended with {process.returncode}")
            time.sleep(0.1)
        else:
            raise SystemExit("the server did not become ready")
        yield url, process
    finally:
        process.terminate()
        code = process.wait(20)
        if code != 0:
            raise SystemExit(f"the server ended with {code}")
        if log:
            search_log(log)


def get_json(url, key=None):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"} if key else {})
    return json.load(urllib.request.urlopen(request, timeout=10))


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="creditstream-") as path:
        yield pathlib.Path(path)
