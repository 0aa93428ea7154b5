#!/usr/bin/env python3
"""A crowd at the server's door, and one client that is served all the same: crowd.py AZID [--full] [TEST...]

Idle connections, more than there is room for, slow ones, those that never read, large bodies, scripts in machines, a log
that nobody empties. With --full in the numbers that the documents tell, and their limits; without, the same in small."""
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wire"))
from served import Server, State, check, run  # noqa: E402

full = "--full" in sys.argv
wanted = [word for word in sys.argv[2:] if word != "--full"]
sanitized = "TSAN_OPTIONS" in os.environ or "ASAN_OPTIONS" in os.environ  # which takes memory of its own
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
state = State(sys.argv[1])
azid = state.azid
SUBSCRIPTION = azid("account", "show")["id"]
TOKEN = azid("account", "get-access-token")["accessToken"]
HEAD = f"Host: management.azure.com\r\nAuthorization: Bearer {TOKEN}\r\n"
SHOW = f"GET /subscriptions/{SUBSCRIPTION}?api-version=2021-04-01 HTTP/1.1\r\n{HEAD}\r\n".encode()
ROLES = (f"GET /subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01 "
         f"HTTP/1.1\r\n{HEAD}\r\n").encode()
table = []


def busy():
    """Whether others use this computer so much that times say little of the server."""
    return os.getloadavg()[0] > os.cpu_count()


def connect(server):
    address, port = server.ready["listen"].rsplit(":", 1)
    return socket.create_connection((address, int(port)), timeout=60)


def memory(server, what="VmHWM"):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return int(re.search(what + r":\s+(\d+)", status.read()).group(1)) / 1024


def answer(connection):
    """One answer with its length; its status, or 0 when the connection is gone."""
    data = b""
    try:
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return 0
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        left = int(re.search(rb"(?i)content-length: (\d+)", head).group(1)) - len(body)
        while left > 0:
            left -= len(connection.recv(65536))
    except (ConnectionError, TimeoutError):
        return 0
    return int(head.split()[1])


class Live:
    """A client that asks one thing after the other on one connection."""

    def __init__(self, server):
        self.connection = connect(server)

    def times(self, count):
        """Milliseconds of so many requests, in order of size."""
        taken = []
        for _ in range(count):
            begun = time.perf_counter()
            self.connection.sendall(SHOW)
            status = answer(self.connection)
            taken.append((time.perf_counter() - begun) * 1000)
            if status != 200:
                check("the live client is served", False, status)
                break
        return sorted(taken)


def told(name, server, taken, more=""):
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    table.append(f"| {name} | {p50:.2f} ms | {p99:.2f} ms | {memory(server):.0f} MB |{more}")
    return p99


def crowd_of(server, count, tls=False):
    connections = []
    for _ in range(count):
        connection = connect(server)
        connections.append(server.trust.wrap_socket(connection, server_hostname="management.azure.com") if tls else connection)
    return connections


def close(connections):
    for connection in connections:
        connection.close()


def idle_ones_cost_little():
    with Server(state) as server:
        requests = 3000 if full else 300
        told("nobody else", server, Live(server).times(requests))
        base = memory(server, "VmRSS")
        idle = crowd_of(server, 1000 if full else 200)
        for connection in idle:
            connection.sendall(SHOW)
            check("each is answered", answer(connection) == 200)
        p99 = told(f"{len(idle)} idle connections that have asked once", server, Live(server).times(requests))
        each = (memory(server, "VmRSS") - base) * 1024 / len(idle)
        print(f"an idle connection costs {each:.1f} KB", flush=True)
        check("live p99 under 10 ms", p99 < 10 or not full or busy(), p99)
        check("at most 40 MB", memory(server) <= 40 or not full, memory(server))
        close(idle)
    with Server(state) as server:
        idle = crowd_of(server, 1000 if full else 100, tls=True)
        p99 = told(f"{len(idle)} idle TLS connections", server, Live(server).times(requests))
        check("live p99 under 10 ms", p99 < 10 or not full or busy(), p99)
        close(idle)


def one_too_many_takes_the_oldest_ones_place():
    with Server(state) as server:
        idle = crowd_of(server, 2300)
        live = Live(server).times(100)
        told("300 connections too many", server, live)
        gone = 0
        for connection in idle[:301]:
            connection.settimeout(5)
            try:
                gone += connection.recv(1) == b""
            except ConnectionError:
                gone += 1
            except TimeoutError:
                break
        check("the oldest are gone", gone >= 300, gone)
        idle[-1].sendall(SHOW)
        check("and the newest are not", answer(idle[-1]) == 200)
        close(idle)


def slow_ones_are_given_up():
    with Server(state) as server:
        count = 200 if full else 40
        slow = crowd_of(server, count)
        going = threading.Event()

        def drip():
            while not going.wait(0.2):
                for at, connection in enumerate(slow):
                    try:
                        connection.sendall(b"X" if at % 2 else b"a")
                    except OSError:
                        pass

        for at, connection in enumerate(slow):
            connection.sendall(SHOW[:-2] + b"X-Slow: " if at % 2 else SHOW[:-2] + b"Content-Length: 1000000\r\n\r\n")
        thread = threading.Thread(target=drip)
        thread.start()
        told(f"{count} that send a byte at a time", server, Live(server).times(500))
        if full:
            begun = time.monotonic()
            statuses = {answer(connection) for connection in slow}
            print(f"slow requests were given up after {time.monotonic() - begun:.0f} s with {statuses}", flush=True)
            check("408, or the end", statuses <= {408, 0} and 408 in statuses, statuses)
        going.set()
        thread.join()
        close(slow)


def who_never_reads_costs_bounded_memory():
    with Server(state) as server:
        stalled = crowd_of(server, 300 if full else 60)
        for connection in stalled:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(ROLES * 5)
        time.sleep(2)  # for the answers to pile up
        print(f"{len(stalled)} clients that read none of their answers of a megabyte: {memory(server):.0f} MB", flush=True)
        check("bounded memory", memory(server) < 260 or sanitized, memory(server))
        close(stalled)
        told(f"after {len(stalled)} that never read", server, Live(server).times(300))


def large_bodies_share_the_memory_there_is():
    with Server(state) as server:
        senders, statuses = crowd_of(server, 60), []

        def send(connection):
            try:
                connection.sendall(SHOW[:-2] + b"Content-Length: 4000000\r\n\r\n" + b" " * 3_999_000)
            except OSError:
                pass
            connection.settimeout(5)
            statuses.append(answer(connection))

        threads = [threading.Thread(target=send, args=(connection,)) for connection in senders]
        for thread in threads:
            thread.start()
        told("60 bodies of 4 MB that do not end", server, Live(server).times(100))
        for thread in threads:
            thread.join()
        check("those beyond 96 MiB are refused", statuses.count(503) >= 30, statuses)
        check("bounded memory", memory(server) < 260 or sanitized, memory(server))
        print(f"60 bodies of 4 MB: {statuses.count(503)} refused, {memory(server):.0f} MB", flush=True)
        close(senders)


def scripts_hold_nobody_up():
    count = 8
    azid("group", "create", "-n", "rg", "-l", "westeurope")
    names = [f"vm{number}" for number in range(count)]
    for name in names:
        azid("vm", "create", "-g", "rg", "-n", name, "--image", "Ubuntu2204", "--generate-ssh-keys")
    with Server(state) as server:
        def script(name, text):
            connection = connect(server)
            body = json.dumps({"commandId": "RunShellScript", "script": [text]})
            connection.sendall(f"POST /subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{name}"
                               f"/runCommand?api-version=2024-07-01 HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\n"
                               f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
            return connection

        first = script(names[0], "true")
        status = answer(first)
        first.close()
        if status not in (200, 202):
            print("skipped: scripts in machines:", status)
            return
        running = [script(name, "sleep 6") for name in names]
        time.sleep(1)
        again = script(names[0], "true")
        check("a machine runs one at a time", answer(again) == 409)
        begun = time.monotonic()
        told(f"{count} scripts that sleep", server, Live(server).times(100))
        check("nobody waits for them", time.monotonic() - begun < 4, time.monotonic() - begun)
        check("they end well", {answer(connection) for connection in running} <= {200, 202})
        close([again, *running])


def a_log_that_nobody_reads_stops_nothing():
    options = {"env": state.environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([state.azid_path, "serve", "--listen", "127.0.0.1:0", "--access-log"], **options) as process:
        server = Server.__new__(Server)
        server.process, server.ready = process, json.loads(process.stdout.readline())
        told("a log that nobody reads", server, Live(server).times(20_000 if full else 3000))
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        check("and it ends when told to", process.wait(timeout=20) == 0)
        check("at once", time.monotonic() - begun < 5, time.monotonic() - begun)
        check("what was read is lines", "GET management.azure.com/" in process.stderr.read(65536))


tests = [idle_ones_cost_little, one_too_many_takes_the_oldest_ones_place, slow_ones_are_given_up,
         who_never_reads_costs_bounded_memory, large_bodies_share_the_memory_there_is, scripts_hold_nobody_up,
         a_log_that_nobody_reads_stops_nothing]
status = run([test for test in tests if not wanted or test.__name__ in wanted])
print("| beside | p50 | p99 | peak memory |\n|---|---|---|---|")
print("\n".join(table))
sys.exit(status)
