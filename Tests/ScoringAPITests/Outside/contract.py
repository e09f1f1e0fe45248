"""Lets schemathesis test the running server by its own contract.

The contract says of an application only that it is an object; which fields it has depends on the model. So the JSON Schema
that the server gives for the model in force takes the place of the general one before the test, and generated applications
reach every branch of the decoder.
"""
import os, subprocess, sys, urllib.request

import yaml

import serving

with serving.folder() as folder:
    models = serving.registry(folder)
    keys = serving.keys(folder, all="score, read, admin")
    (folder / "serve.yaml").write_text("admin: true\n")
    with serving.server(models, "--settings", folder / "serve.yaml", "--key-file", folder / "keys.yaml", "--model",
                        "loan-book", "--log-level", "debug", log=folder / "server.log") as (url, process):
        contract = yaml.safe_load(urllib.request.urlopen(url + "/openapi.yaml"))
        expected = serving.get_json(url + "/v1/schema", keys["all"])
        contract["components"]["schemas"]["Application"].update(expected["json_schema"])
        (folder / "openapi.yaml").write_text(yaml.safe_dump(contract))
        # What JSON Schema cannot say: it takes 1.0 for an integer, while an id is digits or text; and integers of members
        # that no schema declares must fit 64 bits, too.
        (folder / "hooks.py").write_text(f"""import schemathesis

def fits(value):
    if isinstance(value, dict):
        return all(map(fits, value.values()))
    if isinstance(value, list):
        return all(map(fits, value))
    return not isinstance(value, int) or -2**63 <= value < 2**64

@schemathesis.hook
def filter_body(context, body):
    return fits(body) and not (isinstance(body, dict) and isinstance(body.get("{expected['id_field']}"), float))
""")
        examples = sys.argv[1] if len(sys.argv) > 1 else "40"
        result = subprocess.run([
            os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run",
            str(folder / "openapi.yaml"), "--url", url, "--header", f"Authorization: Bearer {keys['all']}",
            "--checks", "all", "--max-examples", examples, "--seed", "7", "--no-color", "--workers", "2",
        ], cwd=folder, env={**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(folder)})
        if process.poll() is not None:
            raise SystemExit("the server crashed")
sys.exit(result.returncode)
