#!/usr/bin/env python3
"""Messages that are no messages, or two at once, or too large, or that name somebody else: shapes.py AZID. Each gets its
4xx (or the end of the connection) and nothing of it is taken for a second request, reflected or forwarded."""
import gzip
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wire"))
from served import Server, State, check, run  # noqa: E402

state = State(sys.argv[1])
azid = state.azid
ARM = "management.azure.com"
SECOND = b"GET /smuggled?api-version=2021-04-01 HTTP/1.1\r\nHost: management.azure.com\r\n\r\n"
LINE = b"GET /tenants?api-version=2020-01-01 HTTP/1.1\r\n"
HOST = b"Host: management.azure.com\r\n"
POST = b"POST /tenants?api-version=2020-01-01 HTTP/1.1\r\n" + HOST


def connect():
    address, port = server.ready["listen"].rsplit(":", 1)
    return socket.create_connection((address, int(port)), timeout=300 if os.environ.get("AZID_SLOW") else 30)


def trusting(name=ARM, plain=None):
    return server.trust.wrap_socket(plain or connect(), server_hostname=name)


def received(connection):
    data = b""
    try:
        while piece := connection.recv(65536):
            data += piece
    except (ConnectionResetError, ssl.SSLError):
        pass
    return data


def answered(raw, tls=False):
    """What comes back until the other end closes; it is told that nothing more follows."""
    with (trusting() if tls else connect()) as connection:
        if tls:  # of which two threads may not make use at once
            send(connection, raw)
        else:
            threading.Thread(target=send, args=(connection, raw), daemon=True).start()
        return received(connection)


def send(connection, raw):
    try:
        connection.sendall(raw)
        if not isinstance(connection, ssl.SSLSocket):
            connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def statuses(data):
    return [int(one) for one in re.findall(rb"(?:^|(?<=\n)|(?<=[}\n]))HTTP/1\.[01] (\d{3})", data)]


def refused(name, raw, *wanted, tls=False):
    """One refusal, and nothing behind it."""
    data = answered(raw, tls)
    check(f"{name}: one refusal of {wanted}", len(statuses(data)) == 1 and statuses(data)[0] in wanted or
          (not data and 0 in wanted), data[:300])
    check(f"{name}: not taken for a second one", b"smuggled" not in data, data[:600])


# Where a message ends.

def chunked(body, *fields):
    return POST + b"".join(field + b"\r\n" for field in (fields or (b"Transfer-Encoding: chunked",))) + b"\r\n" + body


TWO_ENDS = {
    "two lengths": POST + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd" + SECOND,
    "one length twice": POST + b"Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd" + SECOND,
    "a list of lengths": POST + b"Content-Length: 4, 5\r\n\r\nabcd" + SECOND,
    "length and chunked": chunked(b"0\r\n\r\n" + SECOND, b"Content-Length: 4", b"Transfer-Encoding: chunked"),
    "chunked and length": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: chunked", b"Content-Length: 4"),
    "chunked twice": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
    "chunked, chunked": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: chunked, chunked"),
    "chunked that is not last": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: chunked, gzip"),
    "gzip, chunked": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: gzip, chunked"),
    "identity, chunked": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: identity, chunked"),
    "xchunked": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: xchunked"),
    "identity": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: identity"),
    "no coding": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding:"),
    "chunked behind a tab and a form feed": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding: \x0cchunked"),
    "a space before the colon": chunked(b"0\r\n\r\n" + SECOND, b"Transfer-Encoding : chunked"),
    "length with a space before the colon": POST + b"Content-Length : 4\r\n\r\nabcd" + SECOND,
    "a tab before the colon": POST + b"Content-Length\t: 4\r\n\r\nabcd" + SECOND,
    "chunked in HTTP/1.0": chunked(b"0\r\n\r\n" + SECOND).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
    "a folded field": POST + b"X-Folded: a\r\n Content-Length: 4\r\n\r\n" + SECOND,
    "a folded length": POST + b"Content-Length:\r\n 4\r\n\r\nabcd" + SECOND,
    "a folded coding": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "a fold before the first field": LINE + b" Host: x\r\n" + HOST + b"\r\n" + SECOND,
    "a length below zero": POST + b"Content-Length: -1\r\n\r\n" + SECOND,
    "a length with a sign": POST + b"Content-Length: +4\r\n\r\nabcd" + SECOND,
    "a length in hexadecimal": POST + b"Content-Length: 0x4\r\n\r\nabcd" + SECOND,
    "an empty length": POST + b"Content-Length:\r\n\r\n" + SECOND,
    "a length with a fraction": POST + b"Content-Length: 4.0\r\n\r\nabcd" + SECOND,
    "a length beyond 64 bits": POST + b"Content-Length: 18446744073709551620\r\n\r\nabcd" + SECOND,
    "a field without a colon": LINE + HOST + b"X-Nothing\r\n\r\n" + SECOND,
    "a field without a name": LINE + HOST + b": x\r\n\r\n" + SECOND,
    "a space in a name": LINE + HOST + b"X Y: z\r\n\r\n" + SECOND,
    "NUL in a name": LINE + HOST + b"X\0Y: z\r\n\r\n" + SECOND,
    "NUL in a value": LINE + HOST + b"X: y\0z\r\n\r\n" + SECOND,
    "a bare CR in a value": LINE + HOST + b"X: y\rContent-Length: 4\r\n\r\n" + SECOND,
    "a bare LF between fields": LINE + HOST + b"X: y\nContent-Length: 4\r\n\r\nabcd" + SECOND,
    "bare LFs alone": b"GET / HTTP/1.1\nHost: management.azure.com\n\n" + SECOND,
    "a bare LF behind the line": b"GET / HTTP/1.1\nHost: management.azure.com\r\n\r\n" + SECOND,
    "a control character in a value": LINE + HOST + b"X: a\x01b\r\n\r\n" + SECOND,
    "two hosts": LINE + HOST + b"Host: graph.microsoft.com\r\n\r\n",
    "one host twice": LINE + HOST + HOST + b"\r\n",
    "no host": LINE + b"\r\n",
}
BAD_CHUNKS = {
    "no size": b"\r\nabcd\r\n0\r\n\r\n", "a word for a size": b"zz\r\nabcd\r\n0\r\n\r\n", "a size with a sign": b"+4\r\nabcd\r\n0\r\n\r\n",
    "a size below zero": b"-1\r\nabcd\r\n0\r\n\r\n", "a size with 0x": b"0x4\r\nabcd\r\n0\r\n\r\n",
    "a size beyond 64 bits": b"10000000000000004\r\nabcd\r\n0\r\n\r\n", "the largest size": b"ffffffffffffffff\r\nabcd\r\n0\r\n\r\n",
    "a chunk that is longer": b"2\r\nabcd\r\n0\r\n\r\n", "a chunk that is shorter": b"8\r\nabcd\r\n0\r\n\r\n" + b"x" * 20,
    "a bare LF behind the size": b"4\nabcd\r\n0\r\n\r\n", "a bare LF behind the chunk": b"4\r\nabcd\n0\r\n\r\n",
    "a bare CR behind the size": b"4\rabcd\r\n0\r\n\r\n", "a bare LF in an extension": b"4;a\nb\r\nabcd\r\n0\r\n\r\n",
    "a bare LF at the end": b"4\r\nabcd\r\n0\r\n\n", "a space before the size": b" 4\r\nabcd\r\n0\r\n\r\n",
    "NUL in an extension": b"4;a\0b\r\nabcd\r\n0\r\n\r\n", "a trailer without a colon": b"4\r\nabcd\r\n0\r\nX\r\n\r\n",
}


def a_message_has_one_end():
    for name, raw in TWO_ENDS.items():
        refused(name, raw, 400, 411, 501)
    for name, body in BAD_CHUNKS.items():
        refused(f"chunks: {name}", chunked(body + SECOND), 400, 413)
    refused("over TLS: two lengths", TWO_ENDS["two lengths"], 400, tls=True)
    data = answered(chunked(b"4;x=\"y\"\r\n{}  \r\n0\r\nContent-Length: 9\r\nHost: graph.microsoft.com\r\n\r\n"))
    check("a trailer is no header", len(statuses(data)) == 1 and statuses(data)[0] in (400, 401, 404, 405), data[:200])


def a_first_line_is_a_method_a_target_and_a_version():
    for name, line in {
            "no version": b"GET /", "HTTP/0.9": b"GET / HTTP/0.9", "HTTP/2": b"PRI * HTTP/2.0", "HTTP/1.10": b"GET / HTTP/1.10",
            "http/1.1": b"GET / http/1.1", "two spaces": b"GET  / HTTP/1.1", "a tab": b"GET\t/\tHTTP/1.1",
            "a space in the target": b"GET /a b HTTP/1.1", "NUL in the target": b"GET /a\0b HTTP/1.1",
            "no target": b"GET HTTP/1.1", "no method": b"/ HTTP/1.1", "an empty target": b"GET  HTTP/1.1",
            "a method with a slash": b"G/T / HTTP/1.1", "a control character": b"GET /\x01 HTTP/1.1",
            "a relative target": b"GET tenants HTTP/1.1", "an authority for a GET": b"GET management.azure.com:443 HTTP/1.1",
            "another scheme": b"GET ftp://management.azure.com/ HTTP/1.1", "a file": b"GET file:///etc/passwd HTTP/1.1",
            "a dot segment alone": b"GET .. HTTP/1.1"}.items():
        refused(name, line + b"\r\n" + HOST + b"\r\n" + SECOND, 400, 405, 505)
    refused("TLS's hello on a line", b"\x16\x03", 0, 400)
    refused("garbage", os.urandom(3000).replace(b"\x16", b"x"), 0, 400, 431)
    data = answered(b"\r\n\r\n" + LINE + HOST + b"Connection: close\r\n\r\n")
    check("empty lines before a request", statuses(data)[:1] in ([401], [400]), data[:100])
    data = answered(b"BREW" + LINE[3:] + HOST + b"Connection: close\r\n\r\n")
    check("an unknown method", statuses(data)[0] in (400, 401, 405, 501), data[:100])
    data = answered(b"A" * 5000 + LINE[3:] + HOST + b"Connection: close\r\n\r\n")
    check("a long method", statuses(data)[0] in (400, 401, 405, 501), data[:100])
    for method in (b"TRACE", b"OPTIONS", b"CONNECTED"):
        data = answered(method + LINE[3:] + HOST + b"X-Canary: r3flected\r\nConnection: close\r\n\r\n")
        check(f"{method}: refused, nothing reflected", statuses(data)[0] >= 400 and b"r3flected" not in data, data[:200])


def what_is_too_large_is_refused():
    refused("a long line", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414)
    refused("a long line without an end", b"GET /" + b"a" * 1_000_000, 414)
    refused("a long query", b"GET /?a=" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414)
    refused("a large header", LINE + HOST + b"X: " + b"a" * 100_000 + b"\r\n\r\n", 431)
    refused("large headers", LINE + HOST + b"".join(b"X-%d: %s\r\n" % (i, b"a" * 1000) for i in range(100)) + b"\r\n", 431)
    refused("many headers", LINE + HOST + b"".join(b"X-%d: \r\n" % i for i in range(2000)) + b"\r\n", 431)
    refused("headers without an end", LINE + HOST + b"X: y\r\n" * 100_000, 431)
    refused("trailers without an end", chunked(b"0\r\n" + b"X: y\r\n" * 100_000), 400, 431)
    refused("a chunk's extension without an end", chunked(b"4;" + b"a" * 1_000_000), 400, 413, 431)
    for size in (5_000_000, 2**31, 2**32 + 5, 2**63):
        refused(f"a body of {size}", POST + b"Content-Length: %d\r\n\r\n" % size + b"a" * 100, 413)
    refused("a chunked body", chunked(b"".join(b"100000\r\n" + b"a" * 0x100000 + b"\r\n" for _ in range(6))), 413)
    blob = b"PUT /c/b HTTP/1.1\r\nHost: shapes.blob.core.windows.net\r\nContent-Length: %d\r\n\r\n"
    refused("a blob beyond the limit", blob % 100_000_000 + b"a" * 100, 413)


TOKEN = azid("account", "get-access-token")["accessToken"]
SUBSCRIPTION = azid("account", "show")["id"]


def arm(method, path, body=b"", *headers):
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: management.azure.com", b"Connection: close",
             b"Authorization: Bearer " + TOKEN.encode(), *headers]
    if body:
        lines += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
    return answered(b"\r\n".join(lines) + b"\r\n\r\n" + body)


def bodies_are_json_of_a_sane_depth():
    path = f"/subscriptions/{SUBSCRIPTION}/resourcegroups/deep?api-version=2021-04-01"
    for name, body in {
            "deep lists": b'{"location":"westeurope","tags":' + b"[" * 500_000 + b"]" * 500_000 + b"}",
            "deep objects": b'{"a":' * 300_000 + b"1" + b"}" * 300_000, "an end that is missing": b'{"location":"westeurope"',
            "a list": b"[]", "a number": b"1e400", "not UTF-8": b'{"location":"\xff\xfe"}', "NUL": b'{"location":"\0"}',
            "UTF-16": '{"location":"westeurope"}'.encode("utf-16"), "a lone surrogate": b'{"location":"\\ud800"}',
            "compressed": gzip.compress(b'{"location":"westeurope"}'), "two values": b'{"location":"westeurope"}{}',
            "a large number": b'{"location":' + b"9" * 100_000 + b"}", "nothing but spaces": b" " * 100_000,
            "many keys": json.dumps({"location": "x", "tags": {str(i): "x" for i in range(20000)}}).encode()}.items():
        data = arm("PUT", path, body)
        check(f"{name}: 400", statuses(data) == [400], data[:300])


# Names of others.

FOREIGN = "evil.example"


def nothing_reflects_a_foreign_host():
    group = f"/subscriptions/{SUBSCRIPTION}/resourcegroups?api-version=2021-04-01&$top=1"
    for name in ("g1", "g2"):
        azid("group", "create", "-n", name, "-l", "westeurope")
    tenant = azid("account", "show")["tenantId"]
    spoofs = [b"X-Forwarded-Host: " + FOREIGN.encode(), b"X-Original-Host: evil.example", b"X-Host: evil.example",
              b"Forwarded: host=evil.example;proto=https", b"X-Forwarded-Server: evil.example", b"X-Original-URL: //evil.example/",
              b"X-Rewrite-URL: /evil.example", b"Referer: https://evil.example/", b"Origin: https://evil.example"]
    asked = {
        "a page of groups": (ARM, group, True), "a new machine": (ARM, group.replace("resourcegroups", "providers"), True),
        "the issuer": ("login.microsoftonline.com", f"/{tenant}/v2.0/.well-known/openid-configuration", False),
        "instance discovery": ("login.microsoftonline.com", "/common/discovery/instance?api-version=1.1&authorization_endpoint="
                               "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", False),
        "a vault's challenge": ("kv-shapes.vault.azure.net", "/secrets?api-version=7.4", False),
        "a blob's challenge": ("shapes.blob.core.windows.net", "/?comp=list", False),
        "Graph's page": ("graph.microsoft.com", "/v1.0/servicePrincipals?$top=1", False),
        "ARM's challenge": (ARM, group, False)}
    for name, (host, target, signed) in asked.items():
        lines = [f"GET {target} HTTP/1.1".encode(), b"Host: " + host.encode() + b":8443", b"Connection: close", *spoofs]
        lines += [b"Authorization: Bearer " + TOKEN.encode()] if signed else []
        data = answered(b"\r\n".join(lines) + b"\r\n\r\n")
        check(f"{name}: an answer", len(statuses(data)) == 1 and statuses(data)[0] in (200, 401, 404, 502), data[:300])
        check(f"{name}: nobody foreign", b"evil" not in data, data[:1500])
    data = answered(f"GET https://{ARM}{group} HTTP/1.1\r\nHost: evil.example:8443\r\nConnection: close\r\nAuthorization: Bearer "
                    f"{TOKEN}\r\n\r\n".encode())
    check("a page's link, with a whole URL", b'"nextLink":"https://management.azure.com/' in data and b"evil" not in data, data)
    for port in ("1@evil.example", "evil", "99999999", ""):
        data = answered(f"GET {group} HTTP/1.1\r\nHost: {ARM}:{port}\r\nConnection: close\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
        check(f"a page's link, with port {port}", statuses(data) == [403] or b"evil" not in data and b"99999999" not in data, data)
    data = arm("DELETE", f"/subscriptions/{SUBSCRIPTION}/resourcegroups/g2?api-version=2021-04-01", b"", *spoofs)
    check("where an operation is followed", statuses(data) in ([200], [202]) and b"evil" not in data, data[:800])


def foreign_hosts_are_refused():
    for host in ("evil.example", "127.0.0.1", "localhost", "169.254.169.254", "[::1]", "management.azure.com.evil.example",
                 "evil.example#management.azure.com", "management.azure.com@evil.example", "xmanagement.azure.com",
                 "evil.example?.vault.azure.net", "evil.example/.vault.azure.net", "evil example", "management.azure.com:99999",
                 "management.azure.com:x", "a\\.vault.azure.net", "", ".", "%6danagement.azure.com", "management.azure.com\\evil",
                 "management.azure.com,evil.example", "evil.example;.vault.azure.net", "<b>.vault.azure.net",
                 "a" * 300 + ".vault.azure.net", ".vault.azure.net", "a..vault.azure.net", "\u00e4.vault.azure.net", "management.azure.com."):
        for target in (f"GET / HTTP/1.1\r\nHost: {host}", f"GET http://{host}/ HTTP/1.1\r\nHost: {host}"):
            data = answered(target.encode() + b"\r\nConnection: close\r\n\r\n")
            check(f"{target!r}: refused", len(statuses(data)) == 1 and 400 <= statuses(data)[0] < 503 and statuses(data)[0] != 500 or statuses(data) == [505], data[:200])
            check(f"{target!r}: not as a header", b"evil" not in data.split(b"\r\n\r\n")[0].lower(), data[:300])


def an_absolute_target_counts_and_not_its_host_header():
    for scheme in ("http", "https", "HTTPS"):
        data = answered(f"GET {scheme}://graph.microsoft.com/v1.0/me HTTP/1.1\r\nHost: {ARM}\r\nConnection: close\r\n\r\n".encode())
        check("the URL's host answers", statuses(data) == [401] and b"InvalidAuthenticationToken" in data, data[:300])
    for target in ("http://evil.example/", "https://127.0.0.1:1/", "http://169.254.169.254/latest", "http://user@evil.example/", "http:///"):
        data = answered(f"GET {target} HTTP/1.1\r\nHost: {ARM}\r\nConnection: close\r\n\r\n".encode())
        check(f"{target}: never dialled", len(statuses(data)) == 1 and 400 <= statuses(data)[0] < 500, data[:300])
    with trusting() as connection:
        connection.sendall(b"GET /v1.0/me HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n")
        check("another host than the handshake's", statuses(received(connection))[0] in (401, 421))


def tunnels_lead_nowhere_else():
    sink = socket.create_server(("127.0.0.1", 0))
    sink.settimeout(0.2)
    port = sink.getsockname()[1]
    targets = ["evil.example:443", "evil.example:25", "10.0.0.1:80", "192.168.0.1:443", "169.254.169.253:80", "[fe80::1]:80",
               "[::ffff:169.254.169.254]:80", "100.100.100.200:80", "metadata.google.internal:80", f"127.0.0.1:{port}",
               f"localhost:{port}", f"[::1]:{port}", f"0.0.0.0:{port}", f"2130706433:{port}", f"0x7f.1:{port}", f"127.1:{port}",
               "management.azure.com.evil.example:443", "management.azure.com@evil.example:443", "", ":443", "/", "*", "https://evil.example/",
               "evil.example", "management.azure.com:0:1", "management.azure.com/x:443", "management.azure.com\\@evil.example:443"]
    for target in targets:
        data = answered(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode() + SECOND)
        check(f"CONNECT {target}: refused", len(statuses(data)) == 1 and 400 <= statuses(data)[0] < 500, data[:200])
        check(f"CONNECT {target}: nothing behind it", b"smuggled" not in data, data)
    try:
        sink.accept()
        check("nobody was dialled", False)
    except TimeoutError:
        pass
    for inner in ("evil.example:443", f"127.0.0.1:{port}"):
        with connect() as connection:
            connection.sendall(b"CONNECT management.azure.com:443 HTTP/1.1\r\nHost: management.azure.com:443\r\n\r\n")
            check("a tunnel to a known host", connection.recv(4096).startswith(b"HTTP/1.1 200"))
            with trusting(plain=connection) as within:
                within.sendall(f"CONNECT {inner} HTTP/1.1\r\nHost: {inner}\r\n\r\n".encode())
                data = within.recv(4096)
                check("no tunnel within a tunnel", statuses(data)[:1] == [400] or statuses(data)[:1] == [405] or not data, data)
    sink.close()


# What is echoed, and paths.

def no_header_line_is_broken():
    breaks = ("%0d%0aX-Broken:%20yes", "%0aX-Broken:%20yes", "%0dX-Broken:%20yes", "\u010d\u010aX-Broken: yes", "%E5%98%8A%E5%98%8DX-Broken:")
    for text in breaks:
        for target in (f"/subscriptions/{SUBSCRIPTION}/resourcegroups/{text}?api-version=2021-04-01",
                       f"/subscriptions/{text}?api-version=2021-04-01", f"/tenants?api-version={text}",
                       f"/subscriptions/{SUBSCRIPTION}/resourcegroups?api-version=2021-04-01&$skiptoken={text}&$filter={text}",
                       f"/{text}"):
            whole(target, arm("GET", target.encode("latin-1", "replace").decode("latin-1")))
        for host, target in (("login.microsoftonline.com", f"/{text}/oauth2/v2.0/authorize?client_id={text}&redirect_uri=https://{text}"),
                             ("login.microsoftonline.com", f"/{text}/.well-known/openid-configuration"),
                             ("kv-shapes.vault.azure.net", f"/secrets/{text}?api-version={text}"),
                             ("shapes.blob.core.windows.net", f"/{text}/{text}?comp={text}")):
            whole(target, answered(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("latin-1", "replace")))
    for name in ("x-ms-client-request-id", "x-ms-correlation-request-id", "client-request-id", "x-ms-version", "x-ms-request-id",
                 "x-ms-date", "api-version", "x-ms-return-client-request-id", "return-client-request-id", "x-ms-routing-request-id"):
        for value in (b"a\tb", b"\xff\xfe", b"a" * 20_000, b"<script>", b'"; x="', b"\xe5\x98\x8a\xe5\x98\x8dX-Broken: yes"):
            for host in (ARM, "shapes.blob.core.windows.net", "kv-shapes.vault.azure.net", "graph.microsoft.com"):
                data = answered(b"GET /?api-version=2021-04-01 HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s: %s\r\n"
                                b"return-client-request-id: true\r\nx-ms-return-client-request-id: true\r\n\r\n"
                                % (host.encode(), name.encode(), value))
                whole(f"{host} {name}", data)
                check(f"{name}: nothing long comes back", len(data) < 8000, len(data))


def whole(name, data):
    """One answer whose header lines are lines of a header."""
    head = data.split(b"\r\n\r\n")[0].split(b"\r\n")
    good = len(statuses(data)) == 1 and all(re.fullmatch(rb"[A-Za-z0-9-]+: ?[\t -~\x80-\xff]*", line) for line in head[1:])
    check(f"{name!r}: whole", good and not any(line.lower().startswith(b"x-broken") for line in head), data[:500])


def paths_lead_to_no_file():
    azid("storage", "account", "create", "-g", "g1", "-n", "shapes", "-l", "westeurope")
    azid("role", "assignment", "create", "--assignee", azid("ad", "signed-in-user", "show")["id"], "--role",
         "Storage Blob Data Owner", "--scope", "/subscriptions/" + SUBSCRIPTION)
    bearer = azid("account", "get-access-token", "--resource", "https://storage.azure.com/")["accessToken"]

    def blob(method, target, *headers, body=b""):
        lines = [method.encode() + b" " + target + b" HTTP/1.1", b"Host: shapes.blob.core.windows.net", b"x-ms-version: 2021-08-06",
                 b"Authorization: Bearer " + bearer.encode(), b"Connection: close", b"Content-Length: %d" % len(body), *headers]
        return answered(b"\r\n".join(lines) + b"\r\n\r\n" + body)

    data = blob("PUT", b"/box?restype=container")
    check("a container", statuses(data) == [201], data)
    before = sorted(os.listdir(state.folder.name))
    names = [b"../../etc/passwd", b"..%2f..%2fetc%2fpasswd", b"%2e%2e/%2e%2e/etc/passwd", b"..\\..\\etc\\passwd", b"..%5c..%5cetc",
             b"%c0%ae%c0%ae/%c0%af", b"a%00.txt", b"....//....//x", b"/etc/passwd", b"%252e%252e%252f", b"..;/x", b"a" * 1025, b"%ff%fe", b"."]
    for name in names:
        for method, headers, body in (("PUT", (b"x-ms-blob-type: BlockBlob",), b"hostile"), ("GET", (), b""), ("DELETE", (), b"")):
            data = blob(method, b"/box/" + name, *headers, body=body)
            check(f"blob {name[:40]}: {method}", len(statuses(data)) == 1 and statuses(data)[0] < 500 and b"root:" not in data, data[:300])
    for name in (b"..", b"%2e%2e", b"%00", b"a%2fb", b"A", b"$logs", b"a" * 64):
        data = blob("PUT", b"/" + name + b"?restype=container")
        check(f"container {name}", 400 <= statuses(data)[0] < 500, data[:200])
    for name in ("..", "%2e%2e", "..%2f..", "a%00b", "a\\b", "a/b", "a" * 500, "%ff"):
        data = arm("PUT", f"/subscriptions/{SUBSCRIPTION}/resourceGroups/g1/providers/Microsoft.KeyVault/vaults/{name}?api-version=2023-07-01",
                   b'{"location":"westeurope","properties":{"sku":{"family":"A","name":"standard"},"tenantId":"'
                   + azid("account", "show")["tenantId"].encode() + b'","accessPolicies":[]}}')
        check(f"vault {name[:40]}", 400 <= statuses(data)[0] < 500, data[:200])
    check("nothing new on the disk", sorted(os.listdir(state.folder.name)) == before, os.listdir(state.folder.name))


# TLS, and one connection's many requests.

def tls_is_spoken_properly():
    for name, data in {"a hello that ends": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "a hello of zeros": b"\x16\x03\x01\x40\x00" + b"\0" * 0x4000,
                       "random behind a hello": b"\x16\x03\x01" + os.urandom(5000), "SSLv2": b"\x80\x2e\x01\x00\x02" + b"\0" * 44,
                       "an alert": b"\x15\x03\x01\x00\x02\x02\x28", "a record too large": b"\x16\x03\x03\xff\xff" + b"a" * 70000}.items():
        raw = answered(data)
        check(f"{name}: no answer but an alert or 400", not raw or raw[:1] == b"\x15" or statuses(raw) in ([400], [414]), raw[:100])
    for names, good in ((("evil.example",), False), (("management.azure.com.evil.example",), False), (("x" * 60 + ".vault.azure.net",), True)):
        for name in names:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            try:
                with context.wrap_socket(connect(), server_hostname=name):
                    check(f"SNI {name}", good)
            except (ssl.SSLError, ConnectionError):
                check(f"SNI {name}", not good)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with context.wrap_socket(connect()) as connection:
        connection.sendall(LINE + HOST + b"Connection: close\r\n\r\n")
        check("without SNI", statuses(received(connection)) in ([401], [400]))
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        warnings.simplefilter("ignore")
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        try:
            old.minimum_version = old.maximum_version = version
            old.set_ciphers("ALL:@SECLEVEL=0")
            with old.wrap_socket(connect(), server_hostname=ARM):
                check(f"{version} is too old", False)
        except (ssl.SSLError, ConnectionError, ValueError):
            pass


def no_handshake_is_made_again():
    if not shutil.which("openssl"):
        print("skipped: no openssl")
        return
    words = ["openssl", "s_client", "-connect", server.ready["listen"], "-servername", ARM, "-tls1_2", "-CAfile", server.ready["certificateAuthority"]]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as client:
        seen = b""
        while b"Verify return code" not in seen and (piece := client.stdout.read1(65536)):
            seen += piece
        client.stdin.write(b"R\n")
        client.stdin.flush()
        seen += client.communicate(timeout=20)[0]
    check("a second handshake is refused", b"RENEGOTIATING" in seen and b"no renegotiation" in seen, seen[-500:])


def many_requests_in_one_connection():
    count = 10_000 if "--full" in sys.argv else 1000
    request = b"GET /" + b"x" * 10 + b" HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    with connect() as connection:
        sender = threading.Thread(target=connection.sendall, args=(request * count + request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"),))
        sender.start()
        data = received(connection)
        sender.join()
    check(f"{count} sent at once are all answered", statuses(data) == [403] * (count + 1), len(statuses(data)))


def the_server_is_as_well_as_before():
    check("it runs", server.process.poll() is None)
    data = arm("GET", f"/subscriptions/{SUBSCRIPTION}?api-version=2021-04-01")
    check("and answers", statuses(data) == [200], data[:200])
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        peak = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))
    print(f"peak memory {peak / 1024:.1f} MB", flush=True)


with Server(state) as server:
    sys.exit(run([a_message_has_one_end, a_first_line_is_a_method_a_target_and_a_version, what_is_too_large_is_refused,
                  bodies_are_json_of_a_sane_depth, nothing_reflects_a_foreign_host, foreign_hosts_are_refused,
                  an_absolute_target_counts_and_not_its_host_header, tunnels_lead_nowhere_else, no_header_line_is_broken,
                  paths_lead_to_no_file, tls_is_spoken_properly, no_handshake_is_made_again, many_requests_in_one_connection,
                  the_server_is_as_well_as_before]))
