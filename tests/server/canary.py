#!/usr/bin/env python3
"""Secrets stay where they belong: canary.py AZID. A long scenario with secrets that can be recognised, each command loud
and each request logged; then everything that azid has told, listed, kept beside the state or shown of its processes is
searched for them, and every file's mode looked at."""
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wire"))
from served import Server, State, check, form, run  # noqa: E402

os.umask(0)
state = State(sys.argv[1])
canaries = {}  # what each is called, and its text
heard = {}  # what was said, by whom


def canary(name, text=None):
    """A secret of that name: the text, or a new one."""
    canaries[name] = text or f"CanaryOf{name.title().replace(' ', '')}Zq9!x"
    return canaries[name]


def azid(*words, given="", fails=False):
    """Runs a command with --debug; its JSON. What it says beside is kept for the search."""
    done = subprocess.run([state.azid_path, *words, "--debug"], env=state.environment, input=given, capture_output=True, text=True, check=False)
    heard[f"stderr of command {len(heard)}, azid {' '.join(words[:3])}"] = done.stderr
    if bool(done.returncode) != fails:
        raise RuntimeError(f"azid {' '.join(words)}: {done.stderr}")
    if fails:
        heard[f"stdout of command {len(heard)}, azid {' '.join(words[:3])}"] = done.stdout
        return None
    return json.loads(done.stdout) if done.stdout.strip() else None


def file(name, text):
    path = state.file(name)
    with open(path, "w", encoding="utf-8", opener=lambda at, flags: os.open(at, flags, 0o600)) as out:
        out.write(text)
    return path


def signature(token):
    """The part of a token that makes it one; what it says is no secret."""
    return token.rsplit(".", 1)[-1][:60]


def key_lines(pem):
    """A line in the middle of a private key, as the texts that carry it spell it."""
    return re.search(r"PRIVATE KEY-----\s*(?:\S+\s+){3}(\S{40})", pem.replace("\\n", "\n")).group(1)


SCRIPT = "echo {secret} > /dev/null; sleep 3; echo told"


def commands_take_secrets():
    azid("group", "create", "-n", "rg", "-l", "westeurope")
    azid("vm", "create", "-g", "rg", "-n", "web", "--image", "Ubuntu2204", "--admin-username", "azureuser", "--authentication-type",
         "password", "--admin-password", canary("admin password"), "--custom-data", canary("custom data"), "--assign-identity")
    azid("vm", "create", "-g", "rg", "-n", "web", "--image", "Nonsense", "--admin-password", canary("refused password"), fails=True)
    azid("vm", "user", "update", "-g", "rg", "-n", "web", "-u", "azureuser", "-p", canary("user password"))
    azid("vm", "extension", "set", "-g", "rg", "--vm-name", "web", "-n", "customScript", "--publisher", "Microsoft.Azure.Extensions",
         "--protected-settings", json.dumps({"commandToExecute": canary("protected setting")}))
    azid("vm", "run-command", "invoke", "-g", "rg", "-n", "web", "--command-id", "RunShellScript", "--scripts",
         "echo " + canary("script"), "--parameters", "name=" + canary("parameter"))
    made = azid("ad", "sp", "create-for-rbac", "-n", "robot", "--create-cert")
    with open(made["fileWithCertAndPrivateKey"], encoding="ascii") as pem:
        canary("certificate key", key_lines(pem.read()))
    reset = azid("ad", "app", "credential", "reset", "--id", made["appId"], "--append")
    canary("client secret", reset["password"])
    azid("login", "--service-principal", "-u", made["appId"], "-p", reset["password"], "--tenant", made["tenant"], "--allow-no-subscriptions")
    azid("login", "--service-principal", "-u", made["appId"], "-p", canary("wrong client secret"), "--tenant", made["tenant"], fails=True)
    azid("logout")
    azid("ad", "user", "create", "--display-name", "Eve", "--user-principal-name", "eve@contoso.onmicrosoft.com", "--password", canary("new user password"))
    azid("login", "-u", "eve@contoso.onmicrosoft.com", "-p", canary("wrong user password"), "--allow-no-subscriptions", fails=True)
    azid("identity", "create", "-g", "rg", "-n", "own")
    return made


def vaults_and_accounts_hold_secrets():
    azid("keyvault", "create", "-g", "rg", "-n", "kv-canary", "--enable-rbac-authorization", "false")
    azid("keyvault", "secret", "set", "--vault-name", "kv-canary", "-n", "db", "--value", canary("vault secret"))
    azid("keyvault", "secret", "set", "--vault-name", "kv-canary", "-n", "bad_name", "--value", canary("refused vault secret"), fails=True)
    azid("keyvault", "secret", "set", "--vault-name", "kv-canary", "-n", "file", "--file", file("secret.txt", canary("secret in a file")))
    azid("keyvault", "secret", "show", "--vault-name", "kv-canary", "-n", "db")
    azid("keyvault", "secret", "backup", "--vault-name", "kv-canary", "-n", "db", "--file", state.file("backup.blob"))
    azid("keyvault", "key", "create", "--vault-name", "kv-canary", "-n", "key")
    azid("storage", "account", "create", "-g", "rg", "-n", "canaries", "-l", "westeurope")
    keys = azid("storage", "account", "keys", "list", "-g", "rg", "-n", "canaries")
    key = canary("storage key", keys[0]["value"])
    azid("storage", "container", "create", "--account-name", "canaries", "-n", "box", "--account-key", key)
    azid("storage", "blob", "upload", "--account-name", "canaries", "-c", "box", "-n", "b", "--account-key", key, "--data", canary("blob"))
    azid("storage", "container", "create", "--account-name", "canaries", "-n", "box2", "--account-key", canary("wrong storage key", "Q2FuYXJ5T2ZBV3JvbmdLZXk="), fails=True)
    azid("storage", "account", "show-connection-string", "-g", "rg", "-n", "canaries")


def tokens_are_handed_out():
    for name, words in {"ARM token": (), "vault token": ("--resource", "https://vault.azure.net")}.items():
        canary(name, signature(azid("account", "get-access-token", *words)["accessToken"]))
    token = azid("token", "get", "-g", "rg", "-n", "web", "--resource", "https://vault.azure.net")["access_token"]
    canary("machine's token", signature(token))
    azid("token", "decode", "--token", token)
    azid("rest", "--url", "https://kv-canary.vault.azure.net/secrets/db?api-version=7.4", "--headers", f"Authorization=Bearer {token}", fails=True)
    azid("rest", "--url", "https://kv-canary.vault.azure.net/secrets/db?api-version=7.4", "--headers", "Authorization=Bearer " + canary("opaque token"), fails=True)
    azid("rest", "--method", "PUT", "--url", "https://kv-canary.vault.azure.net/secrets/rest?api-version=7.4", "--resource", "https://vault.azure.net",
         "--body", json.dumps({"value": canary("rest body")}))
    azid("rest", "--method", "PUT", "--url", "https://management.azure.com/subscriptions/x?api-version=1&sig=" + canary("query"), "--body", '{"a": "' + canary("malformed body"), fails=True)
    template = {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
                "parameters": {"secret": {"type": "securestring"}},
                "resources": []}
    azid("deployment", "group", "create", "-g", "rg", "-n", "deployment", "--template-file", file("template.json", json.dumps(template)),
         "--parameters", "secret=" + canary("secure parameter"))


def wire(server, made):
    """The same over the wire, where the log is on."""
    arm = azid("account", "get-access-token")["accessToken"]
    canary("ARM token of the wire", signature(arm))
    login = f"https://login.microsoftonline.com/{made['tenant']}/oauth2/v2.0/token"
    kind = [("Content-Type", "application/x-www-form-urlencoded")]
    good = server.ask(login, "POST", kind, form(grant_type="client_credentials", client_id=made["appId"], client_secret=canaries["client secret"],
                                                 scope="https://management.azure.com/.default"))
    canary("token of the wire", signature(good.json["access_token"]))
    for fields in ({"client_secret": canary("posted secret")}, {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                                               "client_assertion": "eyJh." + canary("assertion") + ".x"}):
        answer = server.ask(login, "POST", kind, form(grant_type="client_credentials", client_id=made["appId"], scope="https://management.azure.com/.default", **fields))
        heard["answer of the token endpoint"] = answer.body.decode()
    answer = server.ask(f"https://login.microsoftonline.com/{made['tenant']}/oauth2/v2.0/authorize?client_id=x&code=" + canary("code"))
    answer = server.ask("https://kv-canary.vault.azure.net/secrets/db?api-version=7.4", headers=[("Authorization", "Bearer " + canary("presented token"))])
    heard["refusal of the vault"] = answer.body.decode() + str(answer.headers)
    answer = server.ask("https://canaries.blob.core.windows.net/box/b?sv=2021-08-06&sig=" + urllib.parse.quote(canary("shared access signature")))
    heard["refusal of the account"] = answer.body.decode() + str(answer.headers)
    vm = f"https://management.azure.com/subscriptions/{azid('account', 'show')['id']}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web"
    bearer = [("Authorization", "Bearer " + arm), ("Content-Type", "application/json")]
    answer = server.ask(vm + "?api-version=2024-07-01", headers=bearer)
    heard["the machine"] = answer.body.decode()
    heard["the machine's extensions"] = server.ask(vm + "/extensions?api-version=2024-07-01", headers=bearer).body.decode()
    metadata = server.imds("/metadata/instance?api-version=2021-02-01").body.decode()
    heard["the machine's metadata"] = metadata
    token = server.imds("/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net").json["access_token"]
    canary("machine's token of the wire", signature(token))
    body = json.dumps({"commandId": "RunShellScript", "script": [SCRIPT.format(secret=canary("wire script"))],
                       "parameters": [{"name": "key", "value": canary("wire parameter")}]})
    asked = threading.Thread(target=lambda: server.ask(vm + "/runCommand?api-version=2024-07-01", "POST", bearer, body))
    asked.start()
    look_at_processes(server, asked)
    asked.join()


def look_at_processes(server, asked):
    """The words, and for others' eyes the environments, of all that the server has started while a script runs."""
    words, environments, deadline = set(), set(), time.monotonic() + 10
    while asked.is_alive() and time.monotonic() < deadline:
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/cmdline", "rb") as line:
                    words.add(line.read().replace(b"\0", b" ").decode("utf-8", "replace"))
                if os.stat(f"/proc/{process}/environ").st_mode & 0o077:
                    environments.add(process)
            except OSError:
                continue
        time.sleep(0.05)
    ours = [line for line in words if "serve" in line or "script.sh" in line]
    check("the script was seen", any("script.sh" in line for line in ours), ours)
    check("others may read no environment", not environments, environments)
    heard["words of processes"] = "\n".join(line.replace(canaries["wire parameter"], "(as in Azure)") for line in words if "canary.py" not in line)
    with open(f"/proc/{server.process.pid}/limits", encoding="ascii") as limits:
        core = re.search(r"Max core file size\s+(\d+|unlimited)", limits.read()).group(1)
    check("the server leaves no core", core == "0", core)


def what_is_told_of_the_past():
    for how in ("json", "text", "svg", "html", "mermaid"):
        done = subprocess.run([state.azid_path, "trace", "show", "--last", "500", "-o", how], env=state.environment, capture_output=True, text=True, check=True)
        heard[f"trace show -o {how}"] = done.stdout
    for words in (("trace", "list"), ("monitor", "activity-log", "list", "--offset", "1d"), ("map", "-o", "html"), ("state", "diff", "begin"), ("vm", "show", "-g", "rg", "-n", "web"),
                  ("vm", "list"), ("vm", "extension", "list", "-g", "rg", "--vm-name", "web"), ("resource", "list"), ("group", "export", "-g", "rg"),
                  ("deployment", "group", "show", "-g", "rg", "-n", "deployment"), ("deployment", "operation", "group", "list", "-g", "rg", "-n", "deployment"),
                  ("ad", "sp", "list", "--all"), ("ad", "app", "list"), ("account", "list"), ("keyvault", "secret", "list", "--vault-name", "kv-canary"), ("state", "show"), ("undo",)):
        done = subprocess.run([state.azid_path, *words], env=state.environment, capture_output=True, text=True, check=False)
        heard["azid " + " ".join(words[:4])] = done.stdout + done.stderr
    with sqlite3.connect(state.path) as database:
        for table in ("journal", "activity_log", "operations"):
            heard[f"table {table}"] = "\n".join(map(str, database.execute(f"SELECT * FROM {table}")))
        heard["undo's names"] = "\n".join(map(str, database.execute("SELECT name FROM undo_log")))
        heard["deployments"] = "\n".join(map(str, database.execute("SELECT * FROM deployments")))


def no_secret_was_told():
    for where, text in sorted(heard.items()):
        for name, secret in canaries.items():
            spelled = {secret, json.dumps(secret)[1:-1], urllib.parse.quote(secret), urllib.parse.quote_plus(secret)}
            check(f"{where}: nothing of the {name}", not any(one in text for one in spelled), next((text[max(0, text.find(one) - 200): text.find(one) + 60] for one in spelled if one in text), ""))
    check("much was searched", len(heard) > 60 and len(canaries) > 30, (len(heard), len(canaries)))
    check("and the search finds what is there", canaries["vault secret"] in str(azid("keyvault", "secret", "show", "--vault-name", "kv-canary", "-n", "db")))


def nothing_on_the_disk_is_for_others():
    azid("state", "snapshot", "second")
    azid("state", "export", state.file("export.json"))
    found = 0
    for folder, folders, files in os.walk(state.folder.name):
        for name in folders + files:
            path = os.path.join(folder, name)
            mode = stat.S_IMODE(os.lstat(path).st_mode)
            public = name.endswith((".crt", "-bundle.pem")) or name in ("ca.pem", "bundle.pem")
            check(f"{os.path.relpath(path, state.folder.name)} is for its owner", public or not mode & 0o077, oct(mode))
            found += 1
    check("there are files", found > 6, found)
    check("the state itself holds secrets, as the documents say", canaries["vault secret"].encode() in open(state.path, "rb").read() + open(state.path + "-wal", "rb").read())


def everything_is_searched():
    azid("group", "list")
    azid("state", "snapshot", "begin")
    made = commands_take_secrets()
    vaults_and_accounts_hold_secrets()
    tokens_are_handed_out()
    log = state.file("server.log")
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
        kept, Server.stderr = os.dup(2), None
        os.dup2(out.fileno(), 2)
        try:
            with Server(state, "--imds", "web=127.0.0.1:0", "-g", "rg", "--access-log", "--debug") as server:
                wire(server, made)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
    with open(log, encoding="utf-8") as lines:
        heard["the server's log"] = lines.read()
    check("the server's log is one", "GET kv-canary.vault.azure.net/secrets/db 401" in heard["the server's log"], heard["the server's log"])
    what_is_told_of_the_past()
    no_secret_was_told()


sys.exit(run([everything_is_searched, nothing_on_the_disk_is_for_others]))
