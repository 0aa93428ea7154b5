#!/usr/bin/env python3
"""kill -9 at random moments: killed_at_random.py AZID [--small]. Eight commands at a time work on one state file, and
each is killed at a moment of its own, drawn evenly from a little more than the time that it takes. When all are gone
the file has to be whole, and each command must have happened wholly or not at all; those that came to their end must
have happened. What a whole command leaves is learned first, from one that is left alone: how many rows of which table
name the thing it made. A snapshot is there as a whole database or not at all."""
import os
import random
import sqlite3
import subprocess
import time

from support import Folder, azid, rows_of, small

kills_wanted = 40 if small else 1000
at_once = 8
dice = random.Random(6)
identity = ["identity", "create", "-g", "rg", "-n", "{name}"]
kinds = {  # what is prepared, and what is killed
    "identity create": ([], identity),
    "vm create": ([], ["vm", "create", "-g", "rg", "-n", "{name}", "--image", "Ubuntu2204", "--admin-username", "me",
                       "--admin-password", "Secret-12345678", "--assign-identity", "[system]"]),
    "identity delete": ([identity], ["identity", "delete", "-g", "rg", "-n", "{name}"]),
    "group delete": ([["group", "create", "-n", "{name}", "-l", "westeurope"],
                      ["identity", "create", "-g", "{name}", "-n", "{name}i"],
                      ["identity", "create", "-g", "{name}", "-n", "{name}j"]],
                     ["group", "delete", "-n", "{name}", "--yes"]),
    "state snapshot": ([], ["state", "snapshot", "{name}"]),
    "keyvault create": ([], ["keyvault", "create", "-g", "rg", "-n", "{name}-vault"]),
}


def written(words, name):
    return [word.replace("{name}", name) for word in words]


def traces(folder, names):
    """For each name the number of rows of each table that tell of it, and whether there is a snapshot of it."""
    found = {name: {} for name in names}
    for table, rows in rows_of(folder.state).items():
        for row in rows if table != "undo_log" else []:
            text = repr([value for value in row if not isinstance(value, bytes)])
            for name in names:
                if name in text:
                    found[name][table] = found[name].get(table, 0) + 1
    for name in names:
        snapshot = f"{folder.state}.snapshots/{name}.db"
        if os.path.exists(snapshot):
            connection = sqlite3.connect(f"file:{snapshot}?immutable=1", uri=True)
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], f"{name}: half a snapshot"
            connection.close()
            found[name]["snapshot"] = 1
    return found


def learn(folder):
    """What each kind of command leaves, before and after, and how long it takes."""
    known = {}
    for number, (kind, (before, words)) in enumerate(kinds.items()):
        name = f"kq{number}x"
        for step in before:
            folder.run(*written(step, name))
        earlier = traces(folder, [name])[name]
        begun = time.monotonic()
        folder.run(*written(words, name))
        seconds = time.monotonic() - begun
        known[kind] = (earlier, traces(folder, [name])[name], seconds)
    return known


def batch(folder, number, known):
    """Eight commands, each ended at a moment of its own; gives how many were killed, and what came of those."""
    jobs = []
    for place in range(at_once):
        kind = dice.choice(list(kinds))
        jobs.append((kind, f"kz{number}q{place}x"))
        for step in kinds[kind][0]:
            folder.run(*written(step, jobs[-1][1]))
    begun = time.monotonic()
    running = [(kind, name, begun + dice.random() * (0.005 + at_once * known[kind][2]),
                subprocess.Popen([azid, *written(kinds[kind][1], name)], env=folder.environment(),
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE))
               for kind, name in jobs]
    for _, _, moment, process in sorted(running, key=lambda one: one[2]):
        try:
            process.wait(max(0, moment - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    said = {name: (process.communicate()[1], process.returncode) for _, name, _, process in running}
    found = traces(folder, [name for _, name in jobs])
    results = []
    for kind, name in jobs:
        earlier, later, _ = known[kind]
        words, code = said[name]
        assert code in (0, -9), f"{kind} {name}: exit {code}: {words.decode()}"
        assert found[name] in ([later] if code == 0 else [earlier, later]), \
            f"{kind} {name}: exit {code}: {found[name]}, neither {earlier} nor {later}"
        results += [found[name] == later] if code == -9 else []
    return results


with Folder() as folder:
    folder.run("group", "create", "-n", "rg", "-l", "westeurope")
    # Which all the machines take: one of a machine's own making has room for 251.
    folder.run("network", "vnet", "create", "-g", "rg", "-n", "wide", "--address-prefixes", "10.0.0.0/16",
               "--subnet-name", "default", "--subnet-prefixes", "10.0.0.0/16")
    known = learn(folder)
    assert known["state snapshot"][1] == {"snapshot": 1}, known["state snapshot"]
    happened = []
    number = 0
    while len(happened) < kills_wanted:
        number += 1
        happened += batch(folder, number, known)
    folder.run("group", "list")
    print(f"{len(happened)} kills at random moments, eight commands at a time: the file was whole after each batch; "
          f"{sum(happened)} commands had happened wholly, {len(happened) - sum(happened)} not at all; "
          f"{number * at_once - len(happened)} came to their end, and none of those was lost")
