"""What the tests of faults share: a folder of its own for each, runs of azid, and looks into a state file that azid
itself has no part in."""
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

small = "--small" in sys.argv
words = [word for word in sys.argv[1:] if word != "--small"]
azid = os.path.realpath(words[0])
shim = os.path.realpath(words[1]) if len(words) > 1 else None
# Changed by every commit, and never twice the same: the mark by which azid knows its file's log.
bookkeeping = {"state_file"}
memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()
look = f"{memory}/azid-faults-look-{os.getpid()}"  # where files are looked at


class Folder:
    """A folder that is gone afterwards, and a state in it. It lies in memory where that is to be had: what a killed
    process has written stays in the system's cache anyhow, and a disk would only make thousands of runs slow."""

    def __init__(self, on_disk=False):
        self.path = tempfile.mkdtemp(prefix="azid-faults-", dir=None if on_disk else memory)

    def __enter__(self):
        self.state = os.path.join(self.path, "state.db")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AZID_")}
        return dict(kept, HOME=self.path, AZID_STATE=self.state, **more)

    def run(self, *arguments, **more):
        """Runs a command that has to succeed, and gives what it printed."""
        done = self.try_run(*arguments, **more)
        assert done.returncode == 0, f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr}{done.stdout}"
        return done.stdout.strip()

    def try_run(self, *arguments, **more):
        return subprocess.run([azid, *arguments], env=self.environment(**more), text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120)


def copy_state(source, target, index=False):
    """The file with its log, as they lie there, and the log's index where that is wanted; nobody may be writing."""
    for end in ("", "-wal", "-shm"):
        if os.path.exists(source + end) and (index or end != "-shm"):
            shutil.copyfile(source + end, target + end)
        elif os.path.exists(target + end):
            os.unlink(target + end)


def pages_in_log(path):
    """How many pages wait in the log: those with the salts of its header (SQLite's file format), not what is left of a
    log before."""
    with open(path + "-wal", "rb") as log:
        header, pages = log.read(32), 0
        while header and log.read(24)[8:16] == header[16:24]:
            log.seek(int.from_bytes(header[8:12], "big"), os.SEEK_CUR)
            pages += 1
    return pages


def rows_of(path):
    """Every row of every table but the bookkeeping, after SQLite has found the file whole. A copy is looked at: SQLite
    would mend the file itself, and azid has to do that."""
    copy_state(path, look, index=True)
    connection = sqlite3.connect(look)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the file is damaged"
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        assert broken == [], f"foreign keys are broken: {broken[:3]}"
        tables = [name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
                  if name not in bookkeeping]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in tables}
    finally:
        connection.close()
        for end in ("", "-wal", "-shm"):
            if os.path.exists(look + end):
                os.unlink(look + end)


def first(path, sql):
    """The first row that the statement finds in a state file."""
    copy_state(path, look, index=True)
    connection = sqlite3.connect(look)
    try:
        return connection.execute(sql).fetchone()
    finally:
        connection.close()
        for end in ("", "-wal", "-shm"):
            if os.path.exists(look + end):
                os.unlink(look + end)


def print_of(path):
    """A short name for all that a state file holds: two files with the same one hold the same."""
    return hashlib.sha256(repr(sorted(rows_of(path).items())).encode()).hexdigest()[:16]


drawn = re.compile("|".join((
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])",
    r"(?<=identity\.azure\.net/)[\w+/]+=*",            # the second name of a managed identity's principal
    r"198\.1[89]\.\d+\.\d+",                          # public addresses
    r"(?<![0-9a-z])[0-9a-z]{26}(?=\.[a-z]x\.internal)",  # the domain of a network interface
)), re.I)
dates = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")
# Follow from what was drawn by lot, or from the time.
derived = re.compile(r'(?<="templateHash": ")\d+|(?<="duration": ")[^"]+|(?<="operationId": ")[0-9A-F]{16}')


def normalised(lines):
    """Lines whose dates are taken out, and whose ids drawn by lot are replaced by names that depend on where in which
    lines each stands, and beside what: two states of the same making have the same lines then, in whatever order
    things were made. Each round lets a name tell of one more neighbour."""
    lines = [derived.sub("DERIVED", dates.sub("DATE", line)) for line in lines]
    cut = [drawn.split(line) for line in lines]
    ids = [[one.lower() for one in drawn.findall(line)] for line in lines]
    names = {one: "" for row in ids for one in row}

    def named(pieces, row):
        return "".join(piece + names.get(one, "") for piece, one in zip(pieces, row + [""]))

    for _ in range(4):
        found = {one: [] for one in names}
        for pieces, row in zip(cut, ids):
            whole = hashlib.sha256(named(pieces, row).encode()).hexdigest()
            for place, one in enumerate(row):
                found[one].append(f"{whole} {place}")
        names = {one: hashlib.sha256(" ".join(sorted(places)).encode()).hexdigest()[:12]
                 for one, places in found.items()}
    return sorted(named(pieces, row) for pieces, row in zip(cut, ids))
