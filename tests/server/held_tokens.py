#!/usr/bin/env python3
"""Tokens that are asked for often: held_tokens.py AZID. However fast they are answered, the first request after another
process has changed something is answered by what it changed; each fresh token is another; the trace tells of the newest."""
import base64
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

azid = os.path.realpath(sys.argv[1])
folder = tempfile.mkdtemp()
environment = dict(os.environ, HOME=folder, AZID_STATE=folder + "/state.db")
path = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net"
machine = ["-g", "rg", "-n", "web"]


def run(*words):
    done = subprocess.run([azid, *words], env=environment, check=True, capture_output=True)
    return json.loads(done.stdout or "null")


class Code:
    """What runs in the machine, on a connection that stays open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, more="", headers=None):
        self.connection.request("GET", path + more, headers={"Metadata": "true", **(headers or {})})
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def ask_often(self, count=60):
        answers = [self.ask() for _ in range(count)]
        assert all(answer == answers[0] or int(answer[1]["expires_in"]) <= int(answers[0][1]["expires_in"])
                   for answer in answers), answers
        return answers[-1]


def claims(answer):
    part = answer["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def is_token(answer):
    return answer[0] == 200 and answer[1]["token_type"] == "Bearer"


def changes_are_seen(code):
    first = code.ask_often()
    assert is_token(first), first
    before = int(first[1]["expires_in"])
    run("clock", "advance", "1000s")
    assert before - 1010 <= int(code.ask()[1]["expires_in"]) <= before - 1000
    run("clock", "reset")
    assert code.ask_often()[1]["access_token"] == first[1]["access_token"]
    run("vm", "deallocate", *machine)
    status, body = code.ask()
    assert status == 503, (status, body)
    run("vm", "start", *machine)
    assert is_token(code.ask_often())
    run("vm", "identity", "remove", *machine)
    status, body = code.ask()
    assert (status, body["error"]) == (400, "invalid_request"), (status, body)
    run("vm", "identity", "assign", *machine)
    again = code.ask_often()
    assert claims(again[1])["oid"] != claims(first[1])["oid"]
    other = sqlite3.connect(environment["AZID_STATE"])  # whoever changes the file, by whatever means
    other.execute("UPDATE virtual_machines SET power_state = 'stopped'")
    other.commit()
    assert code.ask()[0] == 503
    other.execute("UPDATE virtual_machines SET power_state = 'running'")
    other.commit()
    other.close()
    assert is_token(code.ask_often())


def frozen_clock_counts_nothing(code):
    run("clock", "freeze")
    assert code.ask_often()[1]["expires_in"] == code.ask()[1]["expires_in"]
    run("clock", "reset")


def fresh_tokens_are_kept(code, port):
    held = code.ask_often()[1]["access_token"]
    told = [[] for _ in range(6)]

    def ask(into):
        mine = Code(port)
        for _ in range(10):
            into.append(mine.ask("&bypass_cache=true"))

    threads = [threading.Thread(target=ask, args=(into,)) for into in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [answer for of_one in told for answer in of_one]
    assert all(map(is_token, answers)), answers
    tokens = {answer[1]["access_token"] for answer in answers}
    assert len(tokens) == 60 and held not in tokens
    assert code.ask()[1]["access_token"] in tokens
    status, body = code.ask("&bypass_cache=true&client_id=11111111-1111-1111-1111-111111111111")
    assert (status, body["error_description"]) == (400, "Identity not found"), (status, body)


def the_trace_tells_of_the_newest(code):
    correlation = "12345678-1234-1234-1234-123456789abc"
    for _ in range(40):
        code.ask(headers={"client-request-id": correlation})
    end = time.monotonic() + 20
    told = []
    while sum(one["correlationId"] == correlation for one in told) < 40:
        assert time.monotonic() < end, f"{len(told)} told"
        told = run("trace", "list", "--last", "1000")
    others = [one["correlationId"] for one in told if one["correlationId"] != correlation]
    assert len(set(others)) == len(others) > 200


def taking_back_goes_through(code):
    """All those tokens do not stand in the way of the command before them, nor fill the file."""
    other = sqlite3.connect(environment["AZID_STATE"])
    assert other.execute("SELECT count(*) FROM undo_log WHERE is_note").fetchone()[0] < 12
    other.close()
    run("group", "create", "-n", "gone", "-l", "westeurope")
    code.ask("&bypass_cache=true")
    code.ask("&bypass_cache=true")
    run("undo")
    assert not any(group["name"] == "gone" for group in run("group", "list"))
    assert is_token(code.ask_often())


def main():
    run("group", "create", "-n", "rg", "-l", "westeurope")
    run("vm", "create", *machine, "--image", "Ubuntu2204", "--assign-identity", "--generate-ssh-keys")
    server = subprocess.Popen([azid, "serve", "-g", "rg", "--listen", "127.0.0.1:0", "--no-throttle", "--imds",
                               "web=127.0.0.1:0"], env=environment, stdout=subprocess.PIPE)
    try:
        ready = json.loads(server.stdout.readline())
        port = int(next(iter(ready["imds"].values())).rpartition(":")[2])
        code = Code(port)
        changes_are_seen(code)
        frozen_clock_counts_nothing(code)
        fresh_tokens_are_kept(code, port)
        the_trace_tells_of_the_newest(code)
        taking_back_goes_through(code)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)
    print("whatever changed was seen at once")


main()
