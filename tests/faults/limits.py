#!/usr/bin/env python3
"""A process that lacks something: limits.py AZID [SHIM] [--small]. Little memory, few files, a limit on their size, no
standard output, a full one, none to read from; and a clock that jumps. A command ends by itself, with exit 0 and its
work done or exit 1 and a sentence; where the work is done and only its result cannot be written, it says so."""
import json
import os
import re
import resource
import subprocess
import sys

from support import Folder, azid, print_of, shim, small

sentence = re.compile(r"(WARNING: [^\n]*\n)*ERROR: [^\n]+\.\n")
create = ("identity", "create", "-g", "rg", "-n", "app")


def run(folder, words, limits=(), shell=None, **more):
    def lower():
        for kind, number in limits:
            resource.setrlimit(kind, (number, resource.getrlimit(kind)[1]))
    command = ["sh", "-c", f'exec "$@" {shell}', "sh", azid, *words] if shell else [azid, *words]
    return subprocess.run(command, env=folder.environment(**more), capture_output=True, text=True, timeout=120,
                          stdin=None if shell else subprocess.DEVNULL, preexec_fn=lower)


def sound(folder, done, before, what):
    """Nothing half done, and nothing said to be done that is not."""
    there = print_of(folder.state) != before
    if done.returncode == 0:
        assert there, f"{what}: exit 0, and nothing is done"
        folder.run("identity", "delete", "-g", "rg", "-n", "app")
        return
    assert done.returncode == 1 and sentence.fullmatch(done.stderr), f"{what}: exit {done.returncode}: {done.stderr!r}"
    assert not there, f"{what}: {done.stderr!r}, and it is done"


def within_limits(folder):
    """Each limit from next to nothing up to where the command succeeds."""
    runs = 0
    plan = [(resource.RLIMIT_FSIZE, "a file's size", [0, 1, 4096, 40960, 200000, 300000, 400000]),
            (resource.RLIMIT_NOFILE, "open files", range(3, 12)),
            (resource.RLIMIT_AS, "memory", range(1 << 20, 60 << 20, (4 << 20) if small else (1 << 19)))]
    for kind, name, numbers in plan:
        for number in numbers:
            if run(folder, ["version"], [(kind, number)]).returncode != 0:
                continue  # the system cannot even load the program
            before = print_of(folder.state)
            sound(folder, run(folder, create, [(kind, number)]), before, f"{name} limited to {number}")
            runs += 1
    return runs


def without_output(folder):
    for where, why in ((">/dev/full", "No space left on device"), (">&-", None)):
        done = run(folder, create, shell=where)
        if why:
            assert done.returncode == 1 and f"Cannot write the output: {why}." in done.stderr, done
        else:
            assert done.returncode in (0, 1), done
        folder.run("identity", "show", "-g", "rg", "-n", "app")  # the work is done: only its result could not be told
        folder.run("identity", "delete", "-g", "rg", "-n", "app")
    with subprocess.Popen([azid, "role", "definition", "list"], env=folder.environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as reading:
        reading.stdout.read(10)
        reading.stdout.close()
        said = reading.stderr.read()
        assert reading.wait() in (0, 1) and b"terminate" not in said, said
    done = run(folder, create, shell=">&- 2>&- <&-")
    assert done.returncode == 0, done
    folder.run("identity", "delete", "-g", "rg", "-n", "app")


def without_input(folder):
    folder.run("group", "create", "-n", "asked", "-l", "westeurope")
    done = run(folder, ["group", "delete", "-n", "asked"], shell="<&-")
    assert done.returncode == 1 and "--yes" in done.stderr, done
    folder.run("group", "show", "-n", "asked")


def back_in_time(folder, earlier, **how):
    """Commands go on, in an order that stays, and tokens are of the time that it is now."""
    vm = ["-g", "rg", "-n", "web"]
    folder.run("vm", "create", *vm, "--image", "Ubuntu2204", "--admin-username", "me", "--admin-password",
               "Secret-12345678", "--assign-identity", "[system]")
    asked = ["token", "get", *vm, "--resource", "https://vault.azure.net"]
    folder.run(*asked)
    token = json.loads(folder.run(*asked, **how))
    claims = json.loads(folder.run("token", "decode", "--token", token["access_token"], **how))
    now = json.loads(folder.run("clock", "show", **how))
    folder.run("identity", "create", "-g", "rg", "-n", "later", **how)
    folder.run("vm", "identity", "assign", *vm, "--identities", "later", **how)
    lines = [one["What"] if "What" in one else one.get("line", one.get("what")) for one in
             json.loads(folder.run("trace", "list", **how))]
    assert "identity assign" in str(lines[-1]) or "identity assign" in str(lines[0]), lines
    print_of(folder.state)
    folder.run("vm", "delete", *vm, "--yes")
    folder.run("identity", "delete", "-g", "rg", "-n", "later")
    return claims, now


with Folder() as folder:
    folder.run("group", "create", "-n", "rg", "-l", "westeurope")
    runs = within_limits(folder)
    without_output(folder)
    without_input(folder)
    print(f"{runs} runs within limits, 5 without input or output: none crashed, none claimed what it had not done")
    back_in_time(folder, 86400, AZID_NOW="2020-01-01")
    if shim:
        back_in_time(folder, 86400, LD_PRELOAD=shim, AZID_FAULT_CLOCK="-86400")
    print("a clock a day or years back: commands and tokens go on")
