#!/usr/bin/env python3
"""A disk that is full or failing: failing_calls.py AZID SHIM [--small]. The commands of killed_inside.py run again and
again; in each run one more call of the system fails: a write, a sync, a cut, a rename or a removal, because there is no
space (once, or from then on) or by an I/O error; or a lock, because the file system has none; or an allocation, because
there is no memory. Each run has to end by itself. If it says that it succeeded, what it did is there; if it says that
it failed (exit 1, in one sentence of azid's own), nothing of it is. One case is open by nature: when the disk does not
confirm what was written, it may be there or not, and the message has to say that."""
import errno
import os
import re
import subprocess
import sys

from killed_inside import cases, rehearsed, steady
from support import Folder, azid, copy_state, print_of, shim, small

if shim is None:
    print("skipped: there is no shim")
    sys.exit(77)
files = "write,sync,truncate,rename,unlink"
faults = [  # what is told, which calls, how they fail, whether all after the first do too
    ("no space, once", files, errno.ENOSPC, False),
    ("no space from then on", files, errno.ENOSPC, True),
    ("I/O error, once", files, errno.EIO, False),
    ("I/O errors from then on", files, errno.EIO, True),
    ("no locks", "lock", errno.ENOLCK, True),  # no file system has locks at first only
    ("no memory, once", "memory", errno.ENOMEM, False),
]
sentence = re.compile(r"ERROR: [^\n]+\.\n")
open_question = "may have been saved"


def run(folder, arguments, fault, number, given):
    """One run; None when the fault did not come up in it."""
    _, on, error, stays = fault
    told = folder.path + "/told"
    if os.path.exists(told):
        os.unlink(told)
    variables = folder.environment(LD_PRELOAD=shim, AZID_FAULT_ON=on, AZID_FAULT_AT=str(number),
                                   AZID_FAULT_DO=str(error), AZID_FAULT_TOLD=told, **given)
    if stays:
        variables["AZID_FAULT_STAYS"] = "1"
    done = subprocess.run([azid, *arguments], env=variables, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=120)
    return done if os.path.exists(told) else None


def judge(fault, done, found, before, after):
    """What is wrong, if anything. Without memory there may be none for a sentence either: the program may be ended by
    its run-time system then, and a command of two transactions after the first; only half of one must not be."""
    if fault[1] == "memory" and done.returncode != 0:
        return "" if found in (before, after) else "has done half of it"
    said = "".join(line + "\n" for line in done.stderr.splitlines() if not line.startswith("WARNING:"))
    if done.returncode == 0:
        return "" if found == after else "says that it succeeded, and did not"
    if done.returncode != 1 or not sentence.fullmatch(said):
        return f"exit {done.returncode}, says {said!r}"
    if found != before and not (found == after and open_question in said):
        return f"says {said!r}, and {'did it all the same' if found == after else 'has done half of it'}"
    return ""


def numbers(fault):
    number = 0
    while True:
        if fault[1] == "lock" and number == 1:
            return
        every = max(1, number // 12) if fault[1] == "memory" else 1 + number // 60
        number += every * (5 if small and number else 1)
        yield number


def everywhere(name, prepare, arguments, given=steady):
    with Folder() as folder:
        arguments, kept, before, after = rehearsed(folder, prepare, arguments, given)
        complaints, runs = [], 0
        for fault in faults:
            for number in numbers(fault):
                copy_state(kept, folder.state)
                done = run(folder, arguments, fault, number, given)
                if done is None:
                    break
                runs += 1
                if os.path.exists(folder.state + "-shm"):
                    os.unlink(folder.state + "-shm")  # so that the log is read anew
                wrong = judge(fault, done, print_of(folder.state), before, after)
                if wrong:
                    complaints.append(f"{name}: {fault[0]}, at call {number}: {wrong}")
        snapshots = folder.state + ".snapshots"
        left = [one for one in os.listdir(snapshots) if ".new" in one] if os.path.isdir(snapshots) else []
        complaints += [f"{name}: leaves {one}" for one in left]
        print(f"{name}: {runs} runs with a failing call", flush=True)
        return runs, complaints


total = [everywhere(*case) for case in cases]
complaints = [one for _, some in total for one in some]
for one in complaints[:40]:
    print(one)
if complaints:
    raise SystemExit(f"{len(complaints)} complaints")
print(f"{sum(runs for runs, _ in total)} runs with a failing call: each succeeded, or said what was wrong and had changed nothing")
