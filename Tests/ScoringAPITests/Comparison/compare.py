"""Requests a second of `creditstream serve` and of the FastAPI service, interleaved in one run, one core for the server.

    python make.py FOLDER S                                  (or M: the larger model)
    COMPARISON_FOLDER=FOLDER python compare.py [MODE …]      (non_approve and all, one after the other, by default)

Needs fastapi, uvicorn[standard], orjson, xgboost and numpy from PyPI, and wrk. On a machine that others use, too, start it
with `nice -n -19`: both sides inherit it.

wrk keeps 16 connections on the other core. Beside the requests a second stand those for each second of the server's own CPU
time, which other work on the machine disturbs least. The latency at half load is that of paced clients (half of the rate reached).
"""
import os, pathlib, statistics, subprocess, sys, time, urllib.request, json

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Outside"))
import serving

ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "5")), int(os.environ.get("SECONDS", "5"))


def cpu_seconds(process):
    """What a server has computed so far; other work on the machine does not count."""
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def costs(process, run):
    """A run of wrk, and how many requests the server answered for each second of its own CPU time."""
    before = cpu_seconds(process)
    result = run()
    return result, result[0] * SECONDS / max(cpu_seconds(process) - before, 1e-9)


def wrk(url, environment, connections=16):
    out = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-s",
                          str(HERE / "requests.lua"), url], capture_output=True, text=True, env=environment, check=True)
    rate, median, tail, errors = out.stdout.strip().splitlines()[-1].split()
    return float(rate), float(median), float(tail), int(errors)


def load():
    return os.getloadavg()[0]


def compare(folder, mode):
    environment = {**os.environ, "COMPARISON": str(folder), "REASONS": mode}
    port = serving.free_port()
    python = subprocess.Popen(["taskset", "-c", "0", sys.executable, "-m", "uvicorn", "service:app", "--port", str(port),
                               "--log-level", "error", "--no-access-log"], cwd=HERE, env=environment)
    other = f"http://127.0.0.1:{port}"
    try:
        with serving.server(str(folder / "models"), "--model", "comparison-" + mode.replace("_", "-"), "--log-level",
                            "error", "--set", "threads=1", cpu=0) as (url, process):
            bodies = (folder / "bodies.jsonl").read_bytes().splitlines()
            margins = json.load(open(folder / "layout.json"))["margins"]
            for _ in range(100):
                try:
                    urllib.request.urlopen(other + "/docs", timeout=2)
                    break
                except OSError:
                    time.sleep(0.2)
            worst = 0
            for body, margin in zip(bodies, margins):
                for side in (url, other):
                    request = urllib.request.Request(side + "/v1/decisions", body, {"Content-Type": "application/json"})
                    decision = json.load(urllib.request.urlopen(request))["decision"]
                    worst = max(worst, abs(decision["margin"] - margin))
            print(f"largest difference of a margin between the two: {worst:.2g}")
            ours, theirs, shares = [], [], []
            for _ in range(ROUNDS):
                ours_run, ours_share = costs(process, lambda: wrk(url + "/", environment))
                theirs_run, theirs_share = costs(python, lambda: wrk(other + "/", environment))
                ours.append(ours_run)
                theirs.append(theirs_run)
                shares.append((ours_share, theirs_share))
            rate, base = (statistics.median(run[0] for run in runs) for runs in (ours, theirs))
            ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, theirs))
            errors = sum(run[3] for run in ours + theirs)
            print(f"reasons {mode}: {rate:.0f} requests/s, FastAPI {base:.0f}: {ratio:.1f} times as many "
                  f"(rounds {', '.join(f'{a[0] / b[0]:.1f}' for a, b in zip(ours, theirs))}); "
                  f"best {max(run[0] for run in ours):.0f}; p50/p99 at full load "
                  f"{statistics.median(run[1] for run in ours):.2f}/{statistics.median(run[2] for run in ours):.2f} ms, "
                  f"FastAPI {statistics.median(run[1] for run in theirs):.1f}/"
                  f"{statistics.median(run[2] for run in theirs):.1f} ms; errors {errors}; load {load():.1f}", flush=True)
            print(f"reasons {mode}, requests for each second of the server's CPU: "
                  f"{statistics.median(a for a, _ in shares):.0f}, FastAPI {statistics.median(b for _, b in shares):.0f}: "
                  f"{statistics.median(a / b for a, b in shares):.1f} times as many "
                  f"(rounds {', '.join(f'{a / b:.1f}' for a, b in shares)})", flush=True)
            # 64 connections that pause add up to half of the rate.
            pause = max(1, round(64 / (rate / 2) * 1e3))
            half = [wrk(url + "/", {**environment, "PAUSE_MS": str(pause)}, connections=64) for _ in range(ROUNDS)]
            print(f"reasons {mode}, half load ({statistics.median(run[0] for run in half):.0f} requests/s): p50 "
                  f"{statistics.median(run[1] for run in half):.2f} ms, p99 {statistics.median(run[2] for run in half):.2f} ms "
                  f"(rounds {', '.join(f'{run[2]:.2f}' for run in half)})", flush=True)
    finally:
        python.terminate()
        python.wait(10)


folder = pathlib.Path(os.environ["COMPARISON_FOLDER"])
for mode in sys.argv[1:] or ["non_approve", "all"]:
    compare(folder, mode)
