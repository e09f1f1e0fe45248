"""Uses /docs in a real headless Chromium: fills in the example, sends it, reads the decision.

    python browser.py SCREENSHOT.png     (needs chromium, and websocket-client from PyPI)

Fails on any message on the console, any exception, any request to another host, or a decision that does not appear. The
browser speaks the DevTools protocol.
"""
import base64, json, pathlib, subprocess, sys, time, urllib.parse, urllib.request

import websocket

import serving


class Page:
    def __init__(self, address):
        self.link = websocket.create_connection(address, timeout=20, suppress_origin=True)
        self.number, self.events = 0, []

    def call(self, method, **parameters):
        self.number += 1
        self.link.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.link.recv())
            if message.get("id") == self.number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, expression, seconds=15):
        end = time.time() + seconds
        while time.time() < end:
            if self.evaluate(expression):
                return
            time.sleep(0.1)
        raise SystemExit(f"never came true: {expression}")


def look(url, folder, screenshot):
    port = serving.free_port()
    browser = subprocess.Popen([
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--window-size=1100,1500",
        f"--remote-debugging-port={port}", f"--user-data-dir={folder}/browser", "about:blank",
    ], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                tabs = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
                break
            except OSError:
                time.sleep(0.2)
        page = Page(next(tab for tab in tabs if tab["type"] == "page")["webSocketDebuggerUrl"])
        for domain in ("Page", "Runtime", "Network", "Log", "Security"):
            page.call(domain + ".enable")
        page.call("Page.navigate", url=url + "/docs")
        page.wait("document.querySelectorAll('details').length >= 13")
        entry = "document.getElementById('POST/v1/decisions')"
        page.evaluate(f"{entry}.querySelector('button.fill').click()")
        page.wait(f"{entry}.querySelector('textarea').value.length > 20")
        page.evaluate(f"{entry}.querySelector('button.send').click()")
        page.wait(f"{entry}.querySelector('.verdict') !== null")
        verdict = page.evaluate(f"{entry}.querySelector('.verdict').innerText")
        image = base64.b64decode(page.call("Page.captureScreenshot", format="png")["data"])
        pathlib.Path(screenshot).write_bytes(image)
        # A bad application meets its problem, in words.
        page.evaluate(f"{entry}.querySelector('textarea').value = '{{}}'; {entry}.querySelector('button.send').click()")
        page.wait(f"{entry}.querySelector('.verdict.problem') !== null")
        problem = page.evaluate(f"{entry}.querySelector('.verdict').innerText")
        page.evaluate("0")
        return verdict, problem, page.events
    finally:
        browser.terminate()
        browser.wait(10)


def judge(url, verdict, problem, events):
    faults = []
    host = urllib.parse.urlparse(url).netloc
    requests = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    for address in requests:
        if not address.startswith("data:") and urllib.parse.urlparse(address).netloc != host:
            faults.append(f"request to {address}")
    for event in events:
        if event["method"] in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
            faults.append(json.dumps(event["params"])[:300])
        if event["method"] == "Log.entryAdded":
            entry = event["params"]["entry"]
            # The refusal that this check asks for itself is told on the console, too.
            if not (entry.get("source") == "network" and "422" in entry["text"]):
                faults.append(f"console: {entry['text']} {entry.get('url', '')}")
    if not any(verdict.lower().startswith(word) for word in ("approve", "refer", "decline")):
        faults.append(f"no decision: {verdict}")
    if "What to do" not in problem:
        faults.append(f"no problem: {problem}")
    print(f"decision: {verdict!r}\nproblem: {problem!r}\n{len(requests)} requests, all to {host}"
          if not faults else "\n".join("FAILED: " + fault for fault in faults))
    return 1 if faults else 0


with serving.folder() as folder:
    registry = serving.registry(folder)
    with serving.server(registry, "--model", "loan-book", "--log-level", "error") as (url, _):
        result = judge(url, *look(url, folder, sys.argv[1] if len(sys.argv) > 1 else str(folder / "docs.png")))
sys.exit(result)
