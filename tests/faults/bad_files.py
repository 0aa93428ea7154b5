#!/usr/bin/env python3
"""State files that are none, are damaged, may not be used, or lose their side files: bad_files.py AZID [--small]. Where
nothing can be done azid says so in one sentence, exits with 1 and leaves the file as it is; where something can be
done, nothing is lost."""
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

from support import Folder, azid, copy_state, print_of, rows_of

nobody = 65534
sentence = re.compile(r"(WARNING: [^\n]*\n)*ERROR: [^\n]+\.\n")
create = ("group", "create", "-n", "late", "-l", "westeurope")


def fill(folder):
    folder.run("group", "list")
    folder.run("state", "path")  # everything is in the one file now
    folder.run("group", "create", "-n", "rg", "-l", "westeurope")  # ... and this too, as always after that
    assert os.path.getsize(folder.state + "-wal") == 0
    return folder.state


def groups(folder):
    return folder.run("group", "list", "--query", "[].name", "-o", "tsv")


def refused(folder, words, why, user=None, state=None):
    """The command fails with that reason, in a sentence, and changes no byte of the file."""
    def bytes_of(path):
        with open(path, "rb") as file:
            return file.read()
    path = state or folder.state
    regular = os.path.isfile(path)
    before = bytes_of(path) if regular else None
    done = subprocess.run([azid, *words, "--state", path], env=folder.environment(), capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=60, user=user, group=user, extra_groups=[] if user else None)
    assert done.returncode == 1 and sentence.fullmatch(done.stderr) and re.search(why, done.stderr), \
        f"exit {done.returncode}: {done.stderr!r}, not {why!r}"
    assert not regular or bytes_of(path) == before, "the file has changed"


def cut(folder, size):
    os.truncate(fill(folder), size)


def overwrite(path, at, data):
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(data)


def a_folder(folder):
    refused(folder, create, "is a folder", state=folder.path)


def a_device(folder):
    refused(folder, create, "not a regular file", state="/dev/null")


def a_pipe(folder):
    os.mkfifo(folder.state)
    refused(folder, create, "not a regular file")


def below_a_file(folder):
    open(folder.path + "/file", "w").close()
    refused(folder, create, "Not a directory", state=folder.path + "/file/state.db")


def truncated(folder):
    cut(folder, os.path.getsize(fill(folder)) // 2)
    refused(folder, create, "damaged")


def truncated_to_its_header(folder):
    cut(folder, 100)
    refused(folder, create, "damaged|not a state file")


def text(folder):
    with open(folder.state, "w", encoding="utf-8") as file:
        file.write("This is no database.\n" * 500)
    refused(folder, create, "not a state file of azid, nor any SQLite database")


def another_programs(folder):
    connection = sqlite3.connect(folder.state)
    connection.execute("CREATE TABLE notes (text)")
    connection.commit()
    connection.close()
    refused(folder, create, "database of another program")


def newer(folder):
    overwrite(fill(folder), 60, (99).to_bytes(4, "big"))
    refused(folder, create, "newer azid")


def spoilt_pages(folder):
    size = os.path.getsize(fill(folder))
    overwrite(folder.state, 4096, os.urandom(min(size, 1 << 20) - 4096))
    refused(folder, create, "damaged")


def no_permission(folder):
    os.chmod(fill(folder), 0o600)
    os.chmod(folder.path, 0o755)
    refused(folder, create, "no permission", user=nobody)


def read_only_file(folder):
    os.chmod(fill(folder), 0o644)
    os.chmod(folder.path, 0o755)
    refused(folder, create, "read-only", user=nobody)
    seen = subprocess.run([azid, "group", "list", "--query", "[].name", "-o", "tsv"], env=folder.environment(),
                          capture_output=True, text=True, user=nobody, group=nobody, extra_groups=[])
    assert seen.stdout == "rg\n", f"cannot be read: {seen.stderr}"


def read_only_folder(folder):
    os.chmod(folder.path, 0o755)
    refused(folder, create, "no permission", user=nobody)
    assert not os.path.exists(folder.state)


def read_only_mount(folder):
    """What is there is read, with and without a log beside the file; whatever would write says why it does not."""
    def mount(*how):
        return subprocess.run(["mount", *how, folder.path], capture_output=True).returncode == 0

    if not mount("-t", "tmpfs", "-o", "mode=700", "none"):
        return print("read only mount: skipped: nothing can be mounted here")
    try:
        fill(folder)
        folder.run(*create)
        for _ in range(2):
            assert mount("-o", "remount,ro")
            assert groups(folder) == "late\nrg"
            for words in (create, ["undo"], ["state", "snapshot", "one"], ["serve", "--listen", "127.0.0.1:0"]):
                done = folder.try_run(*words)
                assert done.returncode == 1 and "read-only" in done.stderr.lower(), f"{words}: {done.stderr}"
            assert mount("-o", "remount,rw")
            folder.run("state", "path")  # empties the log
    finally:
        subprocess.run(["umount", "-l", folder.path], check=True)


def without_log(folder):
    fill(folder)
    folder.run(*create)
    for end in ("-wal", "-shm"):
        os.unlink(folder.state + end)
    assert groups(folder) == "rg"
    folder.run(*create)


def without_index(folder):
    fill(folder)
    folder.run(*create)
    os.unlink(folder.state + "-shm")
    assert groups(folder) == "late\nrg"


def with_anothers_log(folder):
    with Folder() as other:
        fill(other)
        other.run("group", "create", "-n", "foreign", "-l", "westeurope")
        fill(folder)
        shutil.copyfile(other.state + "-wal", folder.state + "-wal")
    assert groups(folder) == "rg"
    assert os.path.exists(folder.state + "-wal.old"), "the other's log is lost"
    rows_of(folder.state)


def with_a_spoilt_log(folder):
    fill(folder)
    before = print_of(folder.state)
    folder.run(*create)
    size = os.path.getsize(folder.state + "-wal")
    overwrite(folder.state + "-wal", 32 + 24 + 1000, os.urandom(size // 2))
    os.unlink(folder.state + "-shm")
    folder.run("group", "list")
    assert print_of(folder.state) == before, "half a commit"


def deleted_under_a_command(folder, instead=None):
    """The command waits for a lock, and meanwhile its file goes, or another comes in its place."""
    fill(folder)
    keeper = sqlite3.connect(folder.state, isolation_level=None)
    keeper.execute("BEGIN IMMEDIATE")
    command = subprocess.Popen([azid, *create], env=folder.environment(), stderr=subprocess.PIPE, text=True,
                               stdout=subprocess.DEVNULL)
    while len([one for one in os.listdir(f"/proc/{command.pid}/fd") if folder.state == link(command.pid, one)]) == 0:
        time.sleep(0.001)
    time.sleep(0.1)  # until it waits
    for end in ("", "-wal", "-shm"):
        os.unlink(folder.state + end)
    if instead:
        copy_state(instead, folder.state)
    keeper.execute("ROLLBACK")
    said = command.communicate()[1]
    keeper.close()
    assert command.returncode == 1 and "moved or deleted" in said, f"exit {command.returncode}: {said}"


def link(process, file):
    try:
        return os.readlink(f"/proc/{process}/fd/{file}")
    except OSError:
        return ""


def replaced_under_a_command(folder):
    with Folder() as other:
        fill(other)
        deleted_under_a_command(folder, other.state)
        assert print_of(folder.state) == print_of(other.state), "the file in its place was changed"


def empty_name(folder):
    done = subprocess.run([azid, "group", "list"], env=folder.environment() | {"AZID_STATE": ""}, capture_output=True)
    assert done.returncode == 0 and os.path.exists(folder.path + "/.local/state/azid/state.db")


def missing_folders(folder):
    deep = folder.path + "/a/b/c/state.db"
    folder.run("group", "list", "--state", deep)
    assert os.stat(deep).st_mode & 0o777 == 0o600 and os.stat(folder.path + "/a").st_mode & 0o777 == 0o700


needs_root = {no_permission, read_only_file, read_only_folder, read_only_mount}
cases = [a_folder, a_device, a_pipe, below_a_file, truncated, truncated_to_its_header, text, another_programs, newer,
         spoilt_pages, no_permission, read_only_file, read_only_folder, read_only_mount, without_log, without_index,
         with_anothers_log, with_a_spoilt_log, deleted_under_a_command, replaced_under_a_command, empty_name, missing_folders]
failed = 0
for case in cases:
    name = case.__name__.replace("_", " ")
    if case in needs_root and os.geteuid() != 0:
        print(f"{name}: skipped: only root can become somebody else")
        continue
    with Folder() as folder:
        try:
            case(folder)
        except AssertionError as problem:
            failed += 1
            print(f"{name}: {problem}")
if failed:
    sys.exit(f"{failed} of {len(cases)} failed")
print(f"{len(cases)} kinds of bad files: each named in a sentence and left as it is, or mended without loss")
