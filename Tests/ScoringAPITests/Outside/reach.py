"""Reaches the API from outside as operators do: through nginx with TLS, and through an SSH tunnel; all on loopback.

    python3 reach.py      (needs nginx, sshd, ssh, ssh-keygen and openssl, from Debian)

Checked: a decision arrives both ways; behind the proxy the answer says that the client came by TLS (HSTS), and clients are
told apart by the address the proxy saw; nobody can claim another address, neither through the proxy nor past it.
"""
import getpass, http.client, json, pathlib, ssl, subprocess, sys, time, urllib.error, urllib.request

import serving

failures = []


def check(what, is_good):
    print(("ok      " if is_good else "FAILED  ") + what)
    if not is_good:
        failures.append(what)


def ask(url, key, body, headers={}, context=None):
    request = urllib.request.Request(url + "/v1/decisions", body, {
        "Content-Type": "application/json", "Authorization": f"Bearer {key}", **headers})
    try:
        with urllib.request.urlopen(request, timeout=10, context=context) as response:
            return response.status, response.headers, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.load(error)


def through_nginx(url, key, body, folder):
    port = serving.free_port()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "tls.key", "-out", folder / "tls.pem"],
                   check=True, capture_output=True)
    template = (serving.ROOT / "Config/proxies/nginx.conf").read_text()
    for old, new in (("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("127.0.0.1:8080", url.removeprefix("http://")),
                     ("/etc/ssl/creditstream.pem", str(folder / "tls.pem")),
                     ("/etc/ssl/private/creditstream.key", str(folder / "tls.key")), ("api.example.com", "localhost"),
                     # Clients are on loopback, too, here: the proxy needs an address of its own to be told from them.
                     ("proxy_http_version 1.1;", "proxy_http_version 1.1; proxy_bind 127.0.0.2;")):
        assert old in template, old
        template = template.replace(old, new)
    (folder / "nginx.conf").write_text(f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\ndaemon off;\nevents {{}}\n"
                                       f"http {{\naccess_log off;\nclient_body_temp_path {folder}/b;\n"
                                       f"proxy_temp_path {folder}/p;\nfastcgi_temp_path {folder}/f;\n"
                                       f"uwsgi_temp_path {folder}/u;\nscgi_temp_path {folder}/s;\n{template}\n}}\n")
    proxy = subprocess.Popen(["nginx", "-e", folder / "error.log", "-c", folder / "nginx.conf", "-p", folder])
    try:
        time.sleep(1)
        context = ssl.create_default_context(cafile=folder / "tls.pem")
        outside = f"https://localhost:{port}"
        status, headers, answer = ask(outside, key, body, context=context)
        check(f"a decision through nginx with TLS: {status} {answer.get('decision', {}).get('outcome')}", status == 200)
        check("the answer holds browsers to TLS", "max-age" in headers.get("Strict-Transport-Security", ""))
        # A client that invents addresses is still one client: the proxy appends whom it saw.
        statuses, link = [], http.client.HTTPSConnection("localhost", port, timeout=10, context=context)
        for index in range(150):
            link.request("POST", "/v1/decisions", body, {"Content-Type": "application/json",
                         "Authorization": "Bearer cs_wrong", "X-Forwarded-For": f"203.0.113.{index}"})
            response = link.getresponse()
            response.read()
            statuses.append(response.status)
        check(f"guessing keys is held back whatever address is claimed: {statuses.count(401)} x 401, {statuses.count(429)} x 429",
              statuses[0] == 401 and 429 in statuses)
        check("a good key still passes", ask(outside, key, body, context=context)[0] == 200)
    finally:
        proxy.terminate()
        proxy.wait(10)


def through_ssh(url, key, body, folder):
    port, local = serving.free_port(), serving.free_port()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    (folder / "authorized").chmod(0o600)
    (folder / "sshd.conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        f"PidFile {folder}/sshd.pid\nStrictModes no\nPasswordAuthentication no\nUsePAM no\nPermitRootLogin yes\n")
    pathlib.Path("/run/sshd").mkdir(exist_ok=True)
    daemon = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", folder / "sshd.conf", "-E", folder / "sshd.log"])
    try:
        time.sleep(1)
        tunnel = subprocess.Popen([
            "ssh", "-N", "-L", f"{local}:{url.removeprefix('http://')}", "-p", str(port), "-i", folder / "user",
            "-o", f"UserKnownHostsFile={folder}/known", "-o", "StrictHostKeyChecking=accept-new",
            "-o", "ExitOnForwardFailure=yes", "-o", "IdentitiesOnly=yes", f"{getpass.getuser()}@127.0.0.1"])
        try:
            for _ in range(50):
                try:
                    urllib.request.urlopen(f"http://localhost:{local}/health/live", timeout=2)
                    break
                except OSError:
                    time.sleep(0.2)
            status, _, answer = ask(f"http://localhost:{local}", key, body)
            check(f"a decision through an SSH tunnel: {status} {answer.get('decision', {}).get('outcome')}", status == 200)
        finally:
            tunnel.terminate()
            tunnel.wait(10)
    finally:
        daemon.terminate()
        daemon.wait(10)


with serving.folder() as folder:
    models = serving.registry(folder)
    key = serving.keys(folder, intake="score, read")["intake"]
    arguments = ["--key-file", folder / "keys.yaml", "--model", "loan-book", "--log-level", "error"]
    (folder / "serve.yaml").write_text("trusted_proxies: [127.0.0.2]\n")
    with serving.server(models, *arguments, "--settings", folder / "serve.yaml") as (url, _):
        body = json.dumps(serving.get_json(url + "/v1/schema", key)["example"]).encode()
        through_nginx(url, key, body, folder)
    with serving.server(models, *arguments) as (url, _):
        _, headers, _ = ask(url, key, body, {"X-Forwarded-Proto": "https"})
        check("an undeclared proxy is not believed", "Strict-Transport-Security" not in headers)
        through_ssh(url, key, body, folder)
sys.exit(1 if failures else 0)
