#!/usr/bin/env python3
"""A server under load: load.py AZID. It is ready at once, SIGTERM loses no acknowledged write, SIGKILL neither, and a
second SIGTERM does not wait."""
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

azid = os.path.realpath(sys.argv[1])
folder = tempfile.mkdtemp()
environment = dict(os.environ, HOME=folder, AZID_STATE=folder + "/state.db")
writers = 16
refused = []  # what the server answered instead of making a group


def run(*words):
    return json.loads(subprocess.run([azid, *words], env=environment, check=True, capture_output=True).stdout or "null")


def serve(*more):
    begun = time.monotonic()
    server = subprocess.Popen([azid, "serve", "--listen", "127.0.0.1:0", *more], env=environment,
                              stdout=subprocess.PIPE)
    ready = json.loads(server.stdout.readline())
    return server, ready, (time.monotonic() - begun) * 1000


def write_groups(port, token, prefix, acknowledged):
    """Makes groups one after the other on one connection, until the server is gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "management.azure.com", "Authorization": "Bearer " + token, "Content-Type": "application/json"}
    number = 0
    try:
        while True:
            name = f"{prefix}-{number}"
            number += 1
            connection.request("PUT", f"/subscriptions/{subscription}/resourcegroups/{name}?api-version=2024-03-01",
                               body='{"location":"westeurope"}', headers=headers)
            answer = connection.getresponse()
            told = answer.read()
            if answer.status in (200, 201):
                acknowledged.append(name)
            else:
                refused.append((name, answer.status, told[:300]))
            if answer.will_close:
                return
    except (OSError, http.client.HTTPException):
        return


def under_load(name, end):
    """Lets writers work until some hundred groups are made, then ends the server; what was acknowledged is there."""
    token = run("account", "get-access-token")["accessToken"]
    server, ready, _ = serve()
    port = int(ready["listen"].rpartition(":")[2])
    acknowledged = [[] for _ in range(writers)]
    threads = [threading.Thread(target=write_groups, args=(port, token, f"{name}-{i}", acknowledged[i]))
               for i in range(writers)]
    for thread in threads:
        thread.start()
    while sum(map(len, acknowledged)) < 200:
        time.sleep(0.001)
    end(server)
    status = server.wait(timeout=20)
    for thread in threads:
        thread.join()
    there = set(run("group", "list", "--query", "[].name"))
    told = [one for of_one in acknowledged for one in of_one]
    lost = [one for one in told if one not in there]
    assert not lost, f"{name}: lost {lost}"
    assert not refused, f"{name}: refused {refused}"
    print(f"{name}: status {status}, {len(told)} acknowledged, none lost", flush=True)
    return status


try:
    subscription = run("account", "show")["id"]
    server, _, first = serve()
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    times = []
    for _ in range(7):
        server, _, milliseconds = serve()
        times.append(milliseconds)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
    print(f"ready after {min(times):.1f} ms at best, {max(times):.1f} at worst; {first:.1f} the first time", flush=True)
    busy = os.getloadavg()[0] > os.cpu_count()
    assert min(times) < 50 or busy, "not ready in 50 ms"

    assert under_load("term", lambda server: server.send_signal(signal.SIGTERM)) == 0
    assert under_load("int", lambda server: server.send_signal(signal.SIGINT)) == 0
    assert under_load("kill", lambda server: server.kill()) == -signal.SIGKILL

    # A request that never comes to its end holds the first signal up, and not the second.
    server, ready, _ = serve()
    client = socket.create_connection(("127.0.0.1", int(ready["listen"].rpartition(":")[2])))
    client.settimeout(30)
    client.sendall(b"PUT / HTTP/1.1\r\nHost: management.azure.com\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
    assert client.recv(100).startswith(b"HTTP/1.1 100")
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=0.3)
        raise AssertionError("the request in flight was not waited for")
    except subprocess.TimeoutExpired:
        pass
    begun = time.monotonic()
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=5) == 128 + signal.SIGTERM
    print(f"a second signal ends at once: {(time.monotonic() - begun) * 1000:.1f} ms")
    assert not os.path.exists(folder + "/state.db.clients/serve.json")
finally:
    shutil.rmtree(folder)
