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


class Folder:
    """A folder that is gone afterwards, and a state in it."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="azid-faults-")
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


def copy_state(source, target):
    """The file with its log, as they lie there; nobody may be writing."""
    for end in ("", "-wal"):
        if os.path.exists(source + end):
            shutil.copyfile(source + end, target + end)
        elif os.path.exists(target + end):
            os.unlink(target + end)
    if os.path.exists(target + "-shm"):
        os.unlink(target + "-shm")


def rows_of(path):
    """Every row of every table but the bookkeeping, after SQLite has found the file whole."""
    connection = sqlite3.connect(path, timeout=30)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the file is damaged"
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        assert broken == [], f"foreign keys are broken: {broken[:3]}"
        tables = [name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
                  if name not in bookkeeping]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in tables}
    finally:
        connection.close()


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
