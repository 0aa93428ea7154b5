"""What is measured: a row for each promise. A row measures itself and answers with a Figure."""
import collections
import os
import re
import sqlite3
import statistics
import subprocess

import rows_az
import rows_scale
import rows_server
from measure import Failed, Figure, noise

# limit is in unit; sense says on which side of it the promise is kept. Where limit_of is "ours" it holds for the
# milliseconds of our side, not for the ratio. slow rows run only when asked for.
Row = collections.namedtuple("Row", "name what yardstick unit limit measure sense limit_of slow",
                             defaults=("at most", "value", False))


def read(bench):
    state = bench.world()
    identity = bench.run("identity", "show", "-g", "rg", "-n", "app", "--query", "id", "-o", "tsv")
    return bench.compared([bench.azid, "identity", "show", "-g", "rg", "-n", "app"],
                          [bench.tool("read_row", "-lsqlite3"), state, identity], 400)


def write(bench):
    state = bench.world("write-state")
    file = f"{bench.work}/write.db"
    if not os.path.exists(file):
        made = sqlite3.connect(file)
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE rows (name TEXT NOT NULL, number INTEGER, text TEXT, PRIMARY KEY (name, number))")
        made.commit()
        made.close()
    bench.numbers += 1
    return bench.compared([bench.azid, "identity", "create", "-g", "rg", "-n", f"app-{bench.numbers}-{{}}", "--state", state],
                          [bench.tool("write_row", "-lsqlite3"), file, f"app-{bench.numbers}-{{}}"], 300)


def start(bench):
    return bench.compared([bench.azid, "--version"], ["/bin/true"], 400)


def first(bench):
    return bench.compared([bench.azid, "group", "list", "--state", bench.fresh(".db")],
                          [bench.tool("write_row", "-lsqlite3"), bench.fresh(".db"), "role", "707"], 60)


def completion(bench):
    """The slowest of a few lines that somebody completes."""
    bench.world()
    lines = [[""], ["vm", ""], ["vm", "create", "--"], ["vm", "create", "-g", ""], ["identity", "show", "-g", "rg", "-n", ""],
             ["role", "assignment", "create", "--role", ""]]
    commands = [[bench.azid, "completion", "suggest", "--", *line] for line in lines]
    *ours, theirs = bench.interleaved([*commands, ["/bin/true"]], bench.rounds(100))
    slowest = max(range(len(lines)), key=lambda i: statistics.median(run.wall for run in ours[i]))
    ratios = [a.wall / b.wall for a, b in zip(ours[slowest], theirs)]
    return Figure(statistics.median(ratios), noise(ratios), statistics.median(run.wall for run in ours[slowest]),
                  statistics.median(run.wall for run in theirs), f"azid {' '.join(lines[slowest])}[Tab]")


def memory(bench):
    """The largest of many commands: lists of roles, a new state, cryptography, a deployment."""
    bench.world()
    commands = [["role", "definition", "list"], ["group", "list", "--state", bench.fresh(".db")],
                ["vm", "show", "-g", "rg", "-n", "web", "-d"],
                ["vm", "create", "-g", "rg", "-n", "vm-m{}", "--image", "Ubuntu2204", "--assign-identity",
                 "--admin-password", "Passw0rd!Passw0rd!", "--admin-username", "someone"],
                ["token", "get", "-g", "rg", "-n", "web", "--resource", "https://vault.azure.net"],
                ["trace", "show", "--last", "7", "-o", "html"], ["map", "-o", "svg"], ["state", "export"]]
    runs = bench.interleaved([[bench.azid, *words] for words in commands], 3, 1)
    peaks = [max(run.memory for run in of_one) for of_one in runs]
    largest = max(range(len(commands)), key=peaks.__getitem__)
    least = min(peaks)
    return Figure(peaks[largest], 0.3, note=f"azid {' '.join(commands[largest][:3])}; the smallest of the commands {least:.1f} MB")


def size(bench):
    stripped = f"{bench.work}/stripped"
    subprocess.run(["strip", "-o", stripped, bench.azid], check=True)
    return Figure(os.path.getsize(stripped) / 1e6, 0.05)


def libraries(bench):
    """Which shared libraries the dynamic loader opens for commands that need neither TLS nor cryptography."""
    bench.world()
    commands = [["--version"], ["identity", "show", "-g", "rg", "-n", "app"], ["identity", "create", "-g", "rg", "-n", "lib"],
                ["vm", "show", "-g", "rg", "-n", "web"], ["role", "definition", "list", "--name", "Reader"]]
    loaded = set()
    for words in commands:
        done = subprocess.run([bench.azid, *words, "-o", "none"] if words[0] != "--version" else [bench.azid, *words],
                              env={**bench.environment, "LD_DEBUG": "files"}, capture_output=True, text=True)
        if done.returncode:
            raise Failed(done.stderr)
        loaded |= set(re.findall(r"calling init: (\S+)", done.stderr))
    names = sorted(os.path.basename(path) for path in loaded)
    unwanted = [name for name in names if re.match(r"lib(ssl|crypto|curl|gnutls|nettle|nghttp)", name)]
    return Figure(len(unwanted), 0, note="loaded: " + ", ".join(names))


rows = [
    Row("read", "a read: `identity show`", "a C program that opens the same file and reads the same row", "×", 2, read),
    Row("write", "a durable write: `identity create`",
        "a C program that commits one row: `synchronous=FULL`, a log that stays, no checkpoint on close", "×", 2, write),
    Row("start", "the start: `azid --version`", "`/bin/true`", "×", None, start),
    Row("first", "the first command on a new state: `group list`",
        "a C program that makes a file with 707 rows of 1 KiB, durably", "×", 30, first, limit_of="ours"),
    Row("completion", "completion of a line by the shell", "`/bin/true`", "×", 20, completion, limit_of="ours"),
    Row("memory", "peak memory of a command", "none", "MB", 20, memory),
    Row("server-memory", "peak memory of the server under load", "none", "MB", 40, rows_server.memory),
    Row("size", "the program, stripped", "none", "MB", 10, size),
    Row("libraries", "TLS and cryptography libraries loaded by commands that need none", "none", "", 0, libraries),
    Row("az", "a day's commands in the real az against azid's server, summed", "the same commands in azid", "×", 100,
        rows_az.az, "at least", slow=True),
]

rows += rows_scale.rows
