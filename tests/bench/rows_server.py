"""A server's peak memory while it answers many clients at once."""
import http.client
import json
import subprocess
import threading

from measure import Failed, Figure

writers, readers, machines = 24, 24, 16  # clients at once


def client(port, requests, troubles):
    """Sends the requests on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for method, path, headers, body in requests:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 300:
                troubles.append(f"{method} {path}: {answer.status}")
    except (OSError, http.client.HTTPException) as trouble:
        troubles.append(repr(trouble))
    finally:
        connection.close()


def conversations(bench, state, rounds):
    subscription = bench.run("account", "show", "--query", "id", "-o", "tsv", AZID_STATE=state)
    token = bench.run("account", "get-access-token", "--query", "accessToken", "-o", "tsv", AZID_STATE=state)
    arm = {"Host": "management.azure.com", "Authorization": "Bearer " + token, "Content-Type": "application/json"}
    top = f"/subscriptions/{subscription}"
    identities = f"{top}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities"
    version = "?api-version=2023-01-31"
    for i in range(writers):
        yield "arm", [("PUT", f"{identities}/load-{i}-{n}{version}", arm, '{"location":"westeurope"}') for n in range(rounds)]
    for _ in range(readers):
        yield "arm", [("GET", f"{top}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01", arm, None),
                      ("GET", identities + version, arm, None)] * (rounds // 2)
    path = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net"
    for _ in range(machines):
        yield "imds", [("GET", path, {"Metadata": "true"}, None)] * rounds


def memory(bench):
    environment = {**bench.environment, "AZID_STATE": bench.world("server")}
    server = subprocess.Popen([bench.azid, "serve", "--listen", "127.0.0.1:0", "--no-throttle", "-g", "rg", "--imds",
                               "web=127.0.0.1:0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        ready = json.loads(server.stdout.readline())
        ports = {"arm": int(ready["listen"].rpartition(":")[2]),
                 "imds": int(next(iter(ready["imds"].values())).rpartition(":")[2])}
        troubles = []
        threads = [threading.Thread(target=client, args=(ports[where], requests, troubles))
                   for where, requests in conversations(bench, environment["AZID_STATE"], bench.rounds(40))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if troubles:
            raise Failed(f"{len(troubles)} requests failed, such as {troubles[0]}")
        with open(f"/proc/{server.pid}/status") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024 / 1e6
    finally:
        server.terminate()
        server.wait()
    return Figure(peak, 1.0, note=f"{writers + readers + machines} clients at once: writes, lists of all roles, tokens")
