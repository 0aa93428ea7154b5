#!/usr/bin/env python3
"""A shell in a VM on a real terminal: terminal.py AZID. Interrupts, job control, signals and exit statuses."""
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

azid = os.path.realpath(sys.argv[1])
bash = shutil.which("bash")
if bash is None:
    print("skipped: there is no bash here")
    sys.exit(77)
folder = tempfile.mkdtemp()
environment = dict(os.environ, HOME=folder, AZID_STATE=folder + "/state.db", PS1="ready> ", TERM="dumb",
                   PATH=os.path.dirname(azid) + ":" + os.environ["PATH"])
environment.pop("AZID_VM", None)
environment["SHELL"] = folder + "/shell"
with open(environment["SHELL"], "w") as file:
    file.write(f"#!/bin/sh\nexec {bash} --norc --noprofile -i\n")
os.chmod(environment["SHELL"], 0o755)


class Terminal:
    """A program on a terminal of its own; what it prints is waited for."""

    def __init__(self, *command):
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        self.text = ""

    def until(self, pattern, seconds=20):
        limit = time.monotonic() + seconds
        while not re.search(pattern, self.text):
            left = limit - time.monotonic()
            if left <= 0 or not select.select([self.end], [], [], left)[0]:
                raise AssertionError(f"no {pattern!r} in {self.text!r}")
            try:
                self.text += os.read(self.end, 4096).decode()
            except OSError:
                raise AssertionError(f"the end before {pattern!r}: {self.text!r}")
        found = re.search(pattern, self.text)
        self.text = self.text[found.end():]
        return found.group(0)

    def type(self, text):
        os.write(self.end, text.encode())

    def status(self):
        try:
            self.until("(?!)")  # never: reads to the end
        except AssertionError as end:
            assert "the end before" in str(end), end
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def shell(*more):
    return Terminal(azid, "vm", "shell", "-n", "web", "-g", "rg", "--via", door, *more)


def interactive():
    terminal = shell()
    terminal.until("'exit' leaves it")
    terminal.until("ready> ")
    terminal.type("echo in ${AZID_VM##*/}\r")
    terminal.until("\nin web\r\n")
    sleeper = "sh -c 'echo asleep $((6 * 7)); exec sleep 100'\r"  # says so itself: the line typed is echoed
    terminal.type(sleeper)
    terminal.until("asleep 42\r\n")
    terminal.type("\x03")  # Ctrl-C ends the sleep, not the shell, not azid
    terminal.until("ready> ")
    terminal.type("echo $?\r")
    terminal.until("130\r\n")
    terminal.type(sleeper)
    terminal.until("asleep 42\r\n")
    terminal.type("\x1a")  # Ctrl-Z stops the sleep alone
    terminal.until("Stopped")
    # A shell that has stopped jobs does not take the first "exit" for an answer.
    terminal.type("kill -9 %1; while [ -n \"$(jobs -p)\" ]; do sleep 0.01; done; echo none $((40 + 2))\r")
    terminal.until("none 42\r\n")
    terminal.type("exit 4\r")
    assert terminal.status() == 4


def one_command():
    terminal = shell("--", "sh", "-c", "echo begun; exec sleep 100")
    terminal.until("begun")
    terminal.type("\x03")
    assert terminal.status() == 130
    terminal = shell("--", "sh", "-c", "echo begun; exec sleep 100")
    terminal.until("begun")
    terminal.type("\x1c")  # Ctrl-backslash
    assert terminal.status() == 131
    terminal = shell("--", "sh", "-c", "trap 'exit 9' TERM; echo begun; while :; do sleep 0.1; done")
    terminal.until("begun")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.status() == 9


def stopped_and_continued():
    """Ctrl-Z in the caller's shell stops azid and its command together; fg continues both."""
    terminal = Terminal(bash, "--norc", "-i")
    terminal.until("ready> ")
    terminal.type(f"azid vm shell -n web -g rg --via {door} -- sh -c 'echo begun $$; read line; echo got $line; exit 6'\r")
    reader = terminal.until("\nbegun [0-9]+\r").split()[1]
    terminal.type("\x1a")
    terminal.until("Stopped")
    terminal.until("ready> ")
    while open(f"/proc/{reader}/stat").read().rpartition(")")[2].split()[0] != "T":  # it would read what is typed next
        time.sleep(0.001)
    terminal.type("fg\r")
    terminal.until("read line")
    terminal.type("words\r")
    terminal.until("got words")
    terminal.type("echo status $?\r")
    terminal.until("status 6\r\n")
    terminal.type("exit 0\r")
    assert terminal.status() == 0


try:
    def run(*words):
        subprocess.run([azid, *words], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run("group", "create", "-n", "rg", "-l", "westeurope")
    run("vm", "create", "-g", "rg", "-n", "web", "--image", "Ubuntu2204", "--generate-ssh-keys")
    for door in ("namespace", "proxy"):
        tried = subprocess.run([azid, "exec", "--via", door, "--", "true"], env=environment, capture_output=True)
        if tried.returncode != 0:
            print(f"{door}: skipped: {tried.stderr.decode().strip()}")
            continue
        for test in (interactive, one_command, stopped_and_continued):
            test()
            print(f"{door}: {test.__name__}: ok", flush=True)
finally:
    shutil.rmtree(folder)
