"""A Dockerfile: its instructions, what is wrong with them, and its last stage carried out in a folder."""
import collections
import fnmatch
import json
import os
import re
import shutil
import subprocess
import time

Instruction = collections.namedtuple("Instruction", "name words line")
known = {"FROM", "RUN", "CMD", "LABEL", "EXPOSE", "ENV", "ADD", "COPY", "ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "ARG",
         "STOPSIGNAL", "HEALTHCHECK", "SHELL"}


def parse(text):
    """The stages, each a list of instructions that begins with FROM."""
    stages = []
    lines = iter(enumerate(text.splitlines(), 1))
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        whole = line
        while whole.endswith("\\"):
            whole = whole[:-1] + next(lines)[1]
        name, _, words = whole.strip().partition(" ")
        if name == "FROM":
            stages.append([])
        if not stages:
            raise ValueError(f"Dockerfile:{number}: {name} before FROM")
        stages[-1].append(Instruction(name, re.sub(r"\s+", " ", words.strip()), number))
    return stages


def scripts(stages):
    return [one.words for stage in stages for one in stage if one.name == "RUN"]


def of(stage, name):
    """The words of the last instruction of that name; None where there is none."""
    return next((one.words for one in reversed(stage) if one.name == name), None)


def problems_of_instruction(one, names):
    words = one.words
    if one.name not in known:
        yield f"there is no instruction {one.name}"
    if not words:
        yield f"{one.name} has nothing to act on"
    if one.name == "FROM" and not re.fullmatch(r"[a-z0-9./-]+:[\w.-]+( AS [a-z][a-z0-9_-]*)?", words):
        yield "the image's version is not told"
    if one.name == "FROM" and ":latest" in words:
        yield "the image is another tomorrow"
    if one.name == "ADD":
        yield "COPY says more clearly what it does"
    if one.name == "COPY" and words.startswith("--from=") and words[7:].split()[0] not in names:
        yield "copies from a stage that is not above"
    if one.name == "WORKDIR" and not words.startswith("/"):
        yield "the folder depends on where the image happens to be"
    if one.name in ("CMD", "ENTRYPOINT") and not is_list(words):
        yield "a shell between Docker and the program keeps signals from it"
    if one.name == "RUN":
        yield from problems_of_script(words)


def problems_of_script(words):
    if "sudo " in words:
        yield "sudo in a build"
    if "|" in words.replace("||", ""):
        yield "what fails before a pipe goes unseen"
    if "apt-get install" in words:
        if "--no-install-recommends" not in words or " -y" not in words:
            yield "apt-get install without -y --no-install-recommends"
        if "apt-get update" not in words or "rm -rf /var/lib/apt/lists/*" not in words:
            yield "the package lists are not fetched and removed in the same layer"
    if re.search(r"\bapt (install|update)", words):
        yield "apt is for people; apt-get is for scripts"


def is_list(words):
    try:
        return all(isinstance(word, str) for word in json.loads(words))
    except ValueError:
        return False


def problems(stages):
    found = []
    names = set()
    for stage in stages:
        for one in stage:
            found += [f"Dockerfile:{one.line}: {problem}" for problem in problems_of_instruction(one, names)]
        names.update(re.findall(r" AS (\S+)$", stage[0].words))
        found += [f"Dockerfile:{one.line}: only the last {one.name} counts" for one in stage
                  if one.name in ("CMD", "HEALTHCHECK", "ENTRYPOINT") and one.words != of(stage, one.name)]
    last = stages[-1]
    if of(last, "USER") in (None, "root", "0"):
        found.append("Dockerfile: the program runs as root")
    check = of(last, "HEALTHCHECK") or ""
    if not is_list(check.partition("CMD ")[2]):
        found.append("Dockerfile: no health check, or one that needs a shell")
    if of(last, "CMD") is None and of(last, "ENTRYPOINT") is None:
        found.append("Dockerfile: nothing to run")
    return found


def context(source):
    """The files that Docker would be sent: those of the tree, less what .dockerignore names."""
    with open(source + "/.dockerignore") as file:
        patterns = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    for folder, folders, files in os.walk(source):
        below = os.path.relpath(folder, source)
        path = lambda name: name if below == "." else f"{below}/{name}"
        kept = lambda name: not any(fnmatch.fnmatchcase(path(name), one) or fnmatch.fnmatchcase("/" + path(name), one.replace("**/", "*/"))
                                    for one in patterns)
        folders[:] = [name for name in folders if kept(name)]
        yield from (path(name) for name in files if kept(name))


def play_build(root, stages, source, environment, folder):
    """Carries out the first stage with the tree in that folder; the last one's COPY must find its file."""
    stage = stages[0]
    for one in stage[1:]:
        if one.name == "COPY" and one.words == ". .":
            for name in context(source):
                target = f"{root.path}{folder}/{name}"
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy2(f"{source}/{name}", target)
        elif one.name == "RUN":
            subprocess.run(root.command(["/bin/sh", "-c", one.words], environment, folder=folder), check=True)
        elif one.name != "WORKDIR":
            raise AssertionError(f"this cannot play {one.name}")
    wanted = [one.words.split()[1] for one in stages[-1] if one.name == "COPY"]
    for name in wanted:
        assert os.path.exists(root.path + name), f"the first stage does not make {name}"


def play(root, stages, deb):
    """Carries out the last stage; then the program runs in a network of its own and its health check must tell."""
    environment = {}
    user = ""
    folder = "/"
    for one in stages[-1][1:]:
        if one.name == "COPY":
            source, target = one.words.split()[-2:]
            if source != "/azid.deb":
                raise AssertionError(f"COPY {one.words}: the first stage makes no such file")
            shutil.copy(deb, root.path + target)
        elif one.name == "RUN":
            subprocess.run(root.command(["/bin/sh", "-c", one.words], environment), check=True, stdout=subprocess.DEVNULL)
        elif one.name == "ENV":
            name, _, value = one.words.partition("=")
            environment[name] = value
        elif one.name == "USER":
            user = one.words
        elif one.name == "WORKDIR":
            folder = one.words
    for path in (root.path + "/tmp/azid.deb", root.path + "/var/lib/apt/lists/lock"):
        assert not os.path.exists(path), f"{path} stays in the image"
    command = root.command(json.loads(of(stages[-1], "CMD")), environment, user, folder)
    check = root.command(json.loads(of(stages[-1], "HEALTHCHECK").partition("CMD ")[2]), environment, user, folder)
    serve(command, check)
    assert os.stat(root.path + "/state/state.db").st_uid == 1000, "the state is not the user's"


def serve(command, check):
    network = subprocess.Popen(["unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec cat"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert network.stdout.readline() == "up\n", "no network of its own"
    there = ["nsenter", f"--net=/proc/{network.pid}/ns/net"]
    healthy = lambda: subprocess.run(there + check, capture_output=True).returncode == 0
    assert not healthy(), "the health check succeeds without a server"
    server = subprocess.Popen(there + command, stdout=subprocess.PIPE, text=True)
    server.stdout.readline()  # it says when it is ready
    deadline = time.monotonic() + 60
    while not healthy():
        assert server.poll() is None and time.monotonic() < deadline, "the server never becomes healthy"
    server.terminate()
    server.wait(timeout=20)
    assert not healthy(), "the health check succeeds after the server's end"
    network.stdin.close()
    network.wait()
