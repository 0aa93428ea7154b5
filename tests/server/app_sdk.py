#!/usr/bin/env python3
"""Azure's SDK for Python as an app's code, with its default settings: app_sdk.py AZID. It finds App Service's identity
endpoint through both doors, and by what 'env' prints."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

azid = os.path.realpath(sys.argv[1])
python = next((one for one in ("/usr/bin/python3", sys.executable)
               if subprocess.run([one, "-c", "import azure.identity"], capture_output=True).returncode == 0), None)
if python is None:
    print("skipped: no Python here has azure.identity")
    sys.exit(77)
folder = tempfile.mkdtemp()
environment = dict(os.environ, HOME=folder, AZID_STATE=folder + "/state.db")
code = """
import azure.identity, base64, json, sys
for credential in (azure.identity.ManagedIdentityCredential(), azure.identity.DefaultAzureCredential(),
                   azure.identity.ManagedIdentityCredential(client_id=sys.argv[1])):
    token = credential.get_token("https://vault.azure.net/.default").token.split(".")[1]
    print(json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))["xms_mirid"].rsplit("/", 1)[1])
try:
    azure.identity.ManagedIdentityCredential(client_id=sys.argv[2]).get_token("https://vault.azure.net/.default")
    print("a token of another's identity")
except Exception as refusal:
    print("refused" if "No User Assigned" in str(refusal) else refusal)
"""
expected = "shop-doors\nshop-doors\nown\nrefused\n"


def run(*words):
    return subprocess.run([azid, *words], env=environment, check=True, capture_output=True, text=True).stdout.strip()


def check(name, command, variables):
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)
    assert done.stdout == expected, f"{name}: {done.stdout}{done.stderr}"
    print(f"{name}: ok", flush=True)


def client_id(name):
    run("identity", "create", "-g", "rg", "-n", name)
    return run("identity", "show", "-g", "rg", "-n", name, "--query", "clientId", "-o", "tsv")


try:
    run("group", "create", "-n", "rg", "-l", "westeurope")
    run("appservice", "plan", "create", "-g", "rg", "-n", "plan", "--is-linux")
    run("webapp", "create", "-g", "rg", "-p", "plan", "-n", "shop-doors", "--runtime", "PYTHON:3.12",
        "--assign-identity", "[system]")
    program = [python, "-c", code, client_id("own"), client_id("other")]
    run("webapp", "identity", "assign", "-g", "rg", "-n", "shop-doors", "--identities",
        run("identity", "show", "-g", "rg", "-n", "own", "--query", "id", "-o", "tsv"))
    for door in ("namespace", "proxy"):
        tried = subprocess.run([azid, "exec", "--via", door, "--", "true"], env=environment, capture_output=True)
        if tried.returncode != 0:
            print(f"{door}: skipped: {tried.stderr.decode().strip()}")
            continue
        check(door, [azid, "exec", "--via", door, "--app", "shop-doors", "-g", "rg", "--", *program], environment)
    server = subprocess.Popen([azid, "serve", "--listen", "127.0.0.1:0", "-g", "rg", "--app", "shop-doors=127.0.0.1:0"],
                              env=environment, stdout=subprocess.PIPE)
    try:
        server.stdout.readline()
        check("env", ["sh", "-c", f'eval "$({azid} env)"; exec "$@"', "sh", *program], environment)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
finally:
    shutil.rmtree(folder)
