"""Attacks the running server in many ways at once with good clients, and says what came of it.

    python3 Tests/ScoringAPITests/Outside/abuse.py

Good clients are measured alone, then beside each attack. Every attack must be met with the right 4xx (or be cut off where
there is nobody to answer), the good clients must see nothing but 200, their 99th percentile may at most double (plus a
millisecond, what the clock of a busy machine is good for), and the memory of the server may grow by 32 MiB at most.
"""
import collections, http.client, json, multiprocessing, socket, sys, threading, time, urllib.parse
import serving

SECONDS = 6
failures = []


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def memory(process):
    """Resident memory in MiB."""
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024


class GoodClients:
    """Paced clients: 4 connections, 50 requests a second each, in a process of their own, so that the attackers' work in
    this one is not counted as the server's."""

    def __init__(self, url, key, body):
        self.address, self.key, self.body = urllib.parse.urlparse(url), key, body
        self.latencies, self.statuses = [], collections.Counter()

    def start(self, seconds):
        self.results, sender = multiprocessing.Pipe(False)
        self.process = multiprocessing.Process(target=self.main, args=(seconds, sender))
        self.process.start()
        return self

    def join(self):
        self.latencies, self.statuses = self.results.recv()
        self.process.join()
        return self

    def main(self, seconds, sender):
        threads = [threading.Thread(target=self.work, args=(time.time() + seconds,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sender.send((self.latencies, self.statuses))

    def work(self, end):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=10)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}", "User-Agent": serving.CANARY}
        while time.time() < end:
            start = time.perf_counter()
            try:
                connection.request("POST", "/v1/decisions", self.body, headers)
                response = connection.getresponse()
                response.read()
                self.statuses[response.status] += 1
            except OSError as error:
                self.statuses[type(error).__name__] += 1
                connection.close()
            self.latencies.append(time.perf_counter() - start)
            time.sleep(max(0, 0.02 - (time.perf_counter() - start)))


def open_socket(url):
    address = urllib.parse.urlparse(url)
    return socket.create_connection((address.hostname, address.port), timeout=15)


def status(link):
    """The status of the response that stands in the socket, or how it ended."""
    try:
        data = link.recv(65536)
        return int(data.split(b" ")[1]) if data else "closed"
    except (OSError, ValueError, IndexError) as error:
        return type(error).__name__


def slowloris(url, key, seen):
    links = [open_socket(url) for _ in range(200)]
    for link in links:
        link.sendall(b"POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\n")
    for step in range(8):
        time.sleep(0.5)
        for link in links:
            try:
                link.sendall(b"X-a: b\r\n")
            except OSError:
                pass
    for link in links:
        seen[status(link)] += 1


def gigabyte(url, key, seen):
    head = (f"POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
            "Content-Type: application/json\r\n")
    for length in (f"Content-Length: {1 << 30}\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"):
        link = open_socket(url)
        link.sendall((head + length).encode())
        piece = b"x" * (1 << 20) if "Length" in length else b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
        try:
            for _ in range(1024):
                link.sendall(piece)
        except OSError:
            pass
        seen[status(link)] += 1


def headers(url, key, seen):
    for _ in range(20):
        link = open_socket(url)
        try:
            link.sendall(b"GET /docs HTTP/1.1\r\nHost: localhost\r\n" + b"".join(
                b"X-%d: y\r\n" % index for index in range(10_000)) + b"\r\n")
        except OSError:
            pass
        seen[status(link)] += 1


def bad_keys(url, key, seen):
    """1,000 a second over 8 connections."""
    def work():
        address = urllib.parse.urlparse(url)
        link = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
        for step in range(125 * SECONDS):
            due = start + step / 125
            time.sleep(max(0, due - time.time()))
            link.request("POST", "/v1/decisions", b"{}", {
                "Content-Type": "application/json", "Authorization": f"Bearer cs_{step}"})
            response = link.getresponse()
            response.read()
            seen[response.status] += 1
    start = time.time()
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


TRAVERSALS = [f"/{prefix}{climb}etc/passwd" for prefix in ("", "docs/", "v1/models/", "v1/models/1/") for climb in (
    "../" * 6, "..%2f" * 6, "%2e%2e/" * 6, "%2e%2e%2f" * 6, "..%5c" * 6, "..\\" * 6, "%252e%252e%252f" * 6, "..;/" * 6,
    ".%2e/" * 6, "..%00/")]


def traversals(url, key, seen):
    assert len(TRAVERSALS) == 40
    for path in TRAVERSALS:
        link = open_socket(url)
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n".encode())
        seen[status(link)] += 1


BOMBS = [
    b"[" * 1_000_000, b'{"a":' * 100_000, b"[" * 500_000 + b"]" * 500_000, b'{"ID":"a","x":' + b"[" * 33 + b"]" * 33 + b"}",
    b"{" + b",".join(b'"k%d":1' % index for index in range(60_000)) + b"}", b'{"ID":"' + b"x" * 1_000_000 + b'"}',
    b'{"ID":"a","INCOME":' + b"9" * 1_000_000 + b"}", b'{"ID":"a","INCOME":1e' + b"9" * 300_000 + b"}",
    b'{"ID":"' + b"\\ud800" * 100_000 + b'"}', b'{"ID":"a"' + b',"ID":"a"' * 100_000 + b"}", b"\xff\xfe" * 500_000,
    b'{"ID":"' + b"\\u0041" * 170_000 + b'"}',
]


def bombs(url, key, seen):
    address = urllib.parse.urlparse(url)
    for body in BOMBS:
        link = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
        link.request("POST", "/v1/decisions", body, {"Content-Type": "application/json",
                                                       "Authorization": f"Bearer {key}"})
        seen[link.getresponse().status] += 1


ATTACKS = [
    (slowloris, {408}), (gigabyte, {413, "ConnectionResetError", "closed"}), (headers, {431}), (bad_keys, {401, 429}),
    (traversals, {400}), (bombs, {400, 413, 422}),
]


def check(what, is_good):
    if not is_good:
        failures.append(what)
    return "ok" if is_good else "FAILED"


with serving.folder() as folder:
    models = serving.registry(folder)
    key = serving.keys(folder, good="score, read")["good"]
    arguments = ["--key-file", folder / "keys.yaml", "--model", "loan-book", "--log-level", "info",
                 "--set", "limits.header_ms=3000"]
    with serving.server(models, *arguments, log=folder / "server.log") as (url, process):
        example = serving.get_json(url + "/v1/schema", key)["example"]
        body = json.dumps({**example, "ID": serving.CANARY}).encode()
        GoodClients(url, key, body).start(3).join()
        before = memory(process)
        for attack, expected in ATTACKS:
            # Good clients alone right before each attack: other work on the machine must not count for or against.
            alone = GoodClients(url, key, body).start(SECONDS).join()
            base = percentile(alone.latencies, 0.99)
            good, seen = GoodClients(url, key, body), collections.Counter()
            good.start(SECONDS)
            attack(url, key, seen)
            good.join()
            tail = percentile(good.latencies, 0.99)
            print(f"{attack.__name__:11} {dict(seen)} {check(attack.__name__ + ': ' + str(dict(seen)), set(seen) <= expected)};"
                  f" good clients {dict(good.statuses)} {check(attack.__name__ + ': good clients', set(good.statuses) == {200})},"
                  f" p99 {1e3 * base:.2f} -> {1e3 * tail:.2f} ms"
                  f" {check(f'{attack.__name__}: p99', tail <= 2 * base + 0.001)};"
                  f" memory {memory(process):.1f} MiB", flush=True)
        time.sleep(1)
        growth = memory(process) - before
        print(f"memory {before:.1f} -> {memory(process):.1f} MiB"
              f" {check(f'memory grew by {growth:.1f} MiB', growth <= 32)}")
        check("the server crashed", process.poll() is None)
        after = GoodClients(url, key, body).start(1).join()
        check("requests are answered afterwards", set(after.statuses) == {200})

for failure in failures:
    print("FAILED:", failure)
sys.exit(1 if failures else 0)
