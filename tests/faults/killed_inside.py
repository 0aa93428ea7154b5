#!/usr/bin/env python3
"""kill -9 inside of commits, checkpoints, snapshots, restores and migrations: killed_inside.py AZID SHIM [--small]. Each
command is run again and again on a copy of the same state, and is killed before its first call that writes, syncs,
cuts, renames or removes a file, before its second ..., and with half of each write done, until one run gets through
(beyond a hundred calls at every second, third ...).
Each time the file has to be whole, and hold exactly what it held before, or exactly what it holds after a run that
nobody disturbs; states and clocks are set (AZID_SEED, AZID_NOW), so that this can be told exactly. After it
the next command works as ever."""
import os
import re
import sqlite3
import subprocess
import sys

from support import Folder, azid, copy_state, first, pages_in_log, print_of, rows_of, shim, small

if shim is None:
    print("skipped: there is no shim")
    sys.exit(77)
steady = {"AZID_SEED": "kill", "AZID_NOW": "2026-03-01T12:00:00Z"}
unseeded = {"AZID_NOW": steady["AZID_NOW"]}
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "store")
stride = 5 if small else 1


def fill(folder):
    folder.run("group", "create", "-n", "rg", "-l", "westeurope", **steady)
    for name in ("app", "job"):
        folder.run("identity", "create", "-g", "rg", "-n", name, **steady)
    folder.run("vm", "create", "-g", "rg", "-n", "web", "--image", "Ubuntu2204", "--admin-username", "me",
               "--admin-password", "Secret-12345678", "--assign-identity", "[system]", **steady)


def grow_log(folder):
    """So long a log that the next commit moves it into the file."""
    group, number = group_id(folder), 0
    while pages_in_log(folder.state) <= 110:
        number += 1
        folder.run("tag", "update", "--resource-id", group, "--operation", "replace", "--tags", f"n={number}", **steady)


def group_id(folder):
    return f"/subscriptions/{first(folder.state, 'SELECT id FROM subscriptions')[0]}/resourceGroups/rg"


def schema(version):
    """The text that released azids of this version made their tables by."""
    name = "tables.cpp" if version == 1 else f"tables_{version}.cpp"
    with open(os.path.join(source, name), encoding="utf-8") as file:
        return "".join(re.findall(r'R"sql\((.*?)\)sql"', file.read(), re.S))


def age(folder, version):
    """Makes the state file one of an older version, with what that version can hold of it."""
    rows = rows_of(folder.state)
    folder.run("state", "path", **steady)  # leaves everything in the one file
    now = sqlite3.connect(folder.state)
    columns = {name: [row[1] for row in now.execute(f'PRAGMA table_info("{name}")')] for name in [*rows, "state_file"]}
    rows["state_file"] = now.execute("SELECT * FROM state_file").fetchall()
    now.close()
    old = folder.state + ".old"
    connection = sqlite3.connect(old)
    connection.executescript("PRAGMA journal_mode = WAL; BEGIN; " + "".join(schema(one + 1) for one in range(version)) +
                             f"PRAGMA application_id = {0x617a6964}; PRAGMA user_version = {version}; COMMIT;")
    for table, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        known = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        both = [name for name in columns.get(table, []) if name in known]
        places = [columns[table].index(name) for name in both]
        if both:
            connection.execute(f'DELETE FROM "{table}"')
            connection.executemany(f'INSERT INTO "{table}" ({", ".join(both)}) VALUES ({", ".join("?" * len(both))})',
                                   [[row[place] for place in places] for row in rows.get(table, [])])
    connection.commit()
    connection.close()
    for end in ("-wal", "-shm"):
        if os.path.exists(folder.state + end):
            os.unlink(folder.state + end)
    os.replace(old, folder.state)


def killed(folder, arguments, what, number, given):
    """One run that is killed at that call; None when it came to its end before."""
    variables = folder.environment(LD_PRELOAD=shim, AZID_FAULT_ON="write,sync,truncate,rename,unlink",
                                   AZID_FAULT_AT=str(number), AZID_FAULT_DO=what, **given)
    done = subprocess.run([azid, *arguments], env=variables, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode == -9:
        return True
    assert done.returncode == 0, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return None


def check_snapshots(folder):
    """Each is whole; a new one is made next time."""
    snapshots = folder.state + ".snapshots"
    for name in os.listdir(snapshots) if os.path.isdir(snapshots) else []:
        if name.endswith(".db"):
            rows_of(f"{snapshots}/{name}")
    if os.path.exists(snapshots + "/new.db"):
        os.unlink(snapshots + "/new.db")


def rehearsed(folder, prepare, arguments, given):
    """Makes the state and runs the command once undisturbed: its arguments with their places filled in, the copy of the
    state from before, and the prints of the states before and after."""
    prepare(folder)
    places = {"RG": group_id(folder), "ALL": folder.path + "/all.json"}
    arguments = [places.get(word, word) for word in arguments]
    kept = folder.state + ".kept"
    copy_state(folder.state, kept)
    before = print_of(folder.state)
    folder.run(*arguments, **given)
    return arguments, kept, before, print_of(folder.state)


def everywhere(name, prepare, arguments, given=steady):
    """Kills the command at each of its calls."""
    with Folder() as folder:
        arguments, kept, before, after = rehearsed(folder, prepare, arguments, given)
        allowed = {before: "before"}
        allowed[after] = "after"
        assert len(allowed) == 2 or arguments[1] == "snapshot", f"{name}: the command changes nothing"
        seen = {}
        kills = 0
        for what in ("kill", "torn"):
            number = 0
            while True:
                number += 1 if number == 0 else stride * (1 + number // 100)  # a migration has a thousand calls
                copy_state(kept, folder.state)
                if killed(folder, arguments, what, number, given) is None:
                    break
                kills += 1
                # Every other time as after a new start of the machine, where SQLite reads the log anew.
                if number % 2 == 0 and os.path.exists(folder.state + "-shm"):
                    os.unlink(folder.state + "-shm")
                found = print_of(folder.state)
                assert found in allowed, f"{name}: {what} at call {number}: neither before nor after"
                seen[allowed[found]] = seen.get(allowed[found], 0) + 1
                folder.run("group", "show", "-n", "rg", **given)
                check_snapshots(folder)
        print(f"{name}: {kills} kills: {', '.join(f'{count} {which}' for which, count in sorted(seen.items()))}", flush=True)
        return kills


def has_group(path):
    """Whether there is a state with a group in it, and not just a file that nothing has been put into yet."""
    return os.path.exists(path) and os.path.getsize(path) > 0 and bool(rows_of(path).get("resource_groups"))


def new_state():
    """Kills the first command of all, which makes the state and then, in a transaction of its own, the group. What it leaves must not trouble the next one."""
    first_command = ["group", "create", "-n", "rg", "-l", "westeurope"]
    with Folder() as folder:
        folder.run(*first_command, **steady)
        after = print_of(folder.state)
        seen = {"before": 0, "after": 0}
        for what in ("kill", "torn"):
            number = 1
            while True:
                for name in os.listdir(folder.path):
                    if name.startswith("state.db"):
                        os.unlink(f"{folder.path}/{name}")
                if killed(folder, first_command, what, number, steady) is None:
                    break
                if number % 2 == 0 and os.path.exists(folder.state + "-shm"):
                    os.unlink(folder.state + "-shm")
                if has_group(folder.state):
                    seen["after"] += 1
                else:
                    folder.run(*first_command, **steady)
                    seen["before"] += 1
                assert print_of(folder.state) == after, f"a new state: {what} at call {number}: another state"
                number += stride * (1 + number // 100)
        print(f"a new state: {sum(seen.values())} kills: {seen['after']} after, {seen['before']} before", flush=True)
        return sum(seen.values())


def with_snapshot(folder):
    fill(folder)
    folder.run("state", "snapshot", "one", **steady)
    folder.run("group", "create", "-n", "more", "-l", "westeurope", **steady)


def exported(folder):
    fill(folder)
    folder.run("state", "export", folder.path + "/all.json", **steady)
    folder.run("group", "create", "-n", "more", "-l", "westeurope", **steady)


def filled_long(folder):
    fill(folder)
    grow_log(folder)


def old(version):
    def prepare(folder):
        fill(folder)
        age(folder, version)
    return prepare


tag = ["tag", "update", "--resource-id", "RG", "--operation", "merge", "--tags", "a=b"]
create = ["identity", "create", "-g", "rg", "-n", "third"]
cases = [
    ("commit", fill, create),
    ("commit of a deletion", fill, ["identity", "delete", "-g", "rg", "-n", "job"]),
    ("commit with a checkpoint", filled_long, tag),
    ("migration from version 1", old(1), ["group", "show", "-n", "rg"], unseeded),
    ("migration from version 2", old(2), ["group", "show", "-n", "rg"], unseeded),
    ("undo", fill, ["undo"]),
    ("state snapshot", fill, ["state", "snapshot", "new"]),
    ("state restore", with_snapshot, ["state", "restore", "one"]),
    ("state import", exported, ["state", "import", "ALL"]),
]
if __name__ == "__main__":
    total = new_state() + sum(everywhere(*case) for case in cases)
    print(f"{total} kills inside of commands: each file was whole, each command had happened wholly or not at all")
