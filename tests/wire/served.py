"""A state served for a test: `azid serve` as a process of its own, asked over real sockets and TLS."""
import http.client
import json
import os
import socket
import ssl
import subprocess
import tempfile
import urllib.parse
from dataclasses import dataclass


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def challenge(self):
        return self.headers.get("www-authenticate", "")


class State:
    """A state file of its own in a folder that goes with it."""

    def __init__(self, azid):
        self.azid_path = os.path.abspath(azid)
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "state.db")
        self.environment = {**os.environ, "AZID_STATE": self.path}

    def azid(self, *words, **variables):
        """Runs a command; gives its JSON, or None when it says nothing. Raises when it fails."""
        run = subprocess.run([self.azid_path, *words, "--only-show-errors"], env={**self.environment, **variables},
                             capture_output=True, text=True, check=False)
        if run.returncode:
            raise RuntimeError(f"azid {' '.join(words)}: {run.stderr}")
        return json.loads(run.stdout) if run.stdout.strip() else None

    def file(self, name):
        return os.path.join(self.folder.name, name)


class Server:
    """Serves the state until closed."""

    def __init__(self, state, *options, **variables):
        self.process = subprocess.Popen([state.azid_path, "serve", "--listen", "127.0.0.1:0", *options],
                                        env={**state.environment, **variables}, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.trust = ssl.create_default_context(cafile=self.ready["certificateAuthority"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, url, method="GET", headers=(), body=None):
        """Sends a request to the host that the URL names, by TLS. Headers are pairs: they may repeat."""
        host = urllib.parse.urlsplit(url).hostname
        address, port = self.ready["listen"].rsplit(":", 1)
        plain = socket.create_connection((address, int(port)), timeout=20)
        with self.trust.wrap_socket(plain, server_hostname=host) as connection:
            return exchange(connection, host, url.split(host, 1)[1], method, headers, body)

    def imds(self, target, headers=(("Metadata", "true"),), method="GET", body=None):
        """Asks the first VM's metadata endpoint; the target is sent as it stands."""
        endpoint = urllib.parse.urlsplit(next(iter(self.ready["imds"].values())))
        with socket.create_connection((endpoint.hostname, endpoint.port), timeout=20) as connection:
            return exchange(connection, "169.254.169.254", target, method, headers, body)


def exchange(connection, host, target, method, headers, body):
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers]
    data = b"" if body is None else body.encode()
    if body is not None:
        lines.append(f"Content-Length: {len(data)}")
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + data)
    response = http.client.HTTPResponse(connection, method=method)
    response.begin()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def form(**fields):
    return urllib.parse.urlencode(fields)


failures = []


def check(what, condition, seen=""):
    """Notes and shows what does not hold; a test goes on."""
    if not condition:
        failures.append(what)
        print(f"FAILED  {what}: {seen}")


def run(tests):
    """Runs the tests, each told by its name, and gives the exit status."""
    for test in tests:
        before = len(failures)
        test()
        if len(failures) == before:
            print("ok     ", test.__name__.replace("_", " "), flush=True)
    return 1 if failures else 0
