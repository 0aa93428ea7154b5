"""Promises about load: a big state, long lists, the server's tokens, long scripts. Rows for rows.py."""
import collections
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import time

from measure import Failed, Figure, Skipped, here, noise

Row = collections.namedtuple("Row", "name what yardstick unit limit measure sense limit_of slow")

machine = ("-g", "big-0000", "-n", "vm000000")
columns = "name, scope, role_definition, principal_id, principal_type, description, condition, condition_version, " \
          "delegated_identity, created, updated, created_by, updated_by"


def state_of(bench, name, vms, assignments):
    """A state made by big_state.sh; the big one can be kept between runs where AZID_BENCH_STATES names a folder."""
    folder = os.environ.get("AZID_BENCH_STATES", bench.work)
    file = f"{folder}/{name}.db"
    if not os.path.exists(file):
        if not shutil.which("sqlite3"):
            raise Skipped("there is no sqlite3")
        done = subprocess.run([here + "/big_state.sh", bench.azid, file + ".new", str(vms), str(assignments)],
                              env=bench.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failed(done.stderr.strip())
        for suffix in ("-wal", "-shm", ""):
            if os.path.exists(file + ".new" + suffix):
                os.rename(file + ".new" + suffix, file + suffix)
    return file


def big(bench):
    return state_of(bench, "big", 100000, 1000000)


def small(bench):
    return state_of(bench, "small", 10, 1)


def in_both(words, rounds=100):
    """The time of a command on the big state as a ratio to its time on a small one."""
    def measure(bench):
        files = big(bench), small(bench)
        commands = []
        for file in files:
            shown = json.loads(bench.run("vm", "show", *machine, AZID_STATE=file))
            known = {"ID": shown["id"], "PRINCIPAL": shown["identity"]["principalId"]}
            commands.append([bench.azid, *[known.get(word, word) for word in words], "--state", file])
        return bench.compared(*commands, rounds)
    return measure


def stream(bench):
    file = big(bench)
    ours = [bench.azid, "role", "assignment", "list", "--all", "--state", file]
    theirs = ["sqlite3", "-json", file, f"SELECT {columns} FROM role_assignments"]
    mine, other = bench.interleaved([ours, theirs], 3 if bench.quick else 7, 1)
    ratios = [b.wall / a.wall for a, b in zip(mine, other)]
    return Figure(statistics.median(ratios), noise(ratios), statistics.median(run.wall for run in mine),
                  statistics.median(run.wall for run in other),
                  f"1,000,000 rows; peak {max(run.memory for run in mine):.1f} MB")


def stream_memory(bench):
    mine, = bench.interleaved([[bench.azid, "role", "assignment", "list", "--all", "--state", big(bench)]], 1, 0)
    return Figure(mine[0].memory, 0.3)


def big_memory(bench):
    """The largest of the usual commands on the big state."""
    file = big(bench)
    commands = [["vm", "show", *machine], ["vm", "list", "-g", "big-0000"], ["group", "list"],
                ["identity", "show", "-g", "big-0001", "-n", "ua00011"], ["state", "show"],
                ["token", "get", *machine, "--resource", "https://vault.azure.net"],
                ["role", "assignment", "list", "-g", "big-0000"]]
    runs = bench.interleaved([[bench.azid, *words, "--state", file] for words in commands], 2, 1)
    peaks = [max(run.memory for run in of_one) for of_one in runs]
    largest = max(range(len(commands)), key=peaks.__getitem__)
    return Figure(peaks[largest], 0.3, note=f"azid {' '.join(commands[largest][:3])}")


def size(bench):
    return Figure(os.path.getsize(big(bench)) / 1e6, 1)


@contextlib.contextmanager
def served(bench, file, group, vm):
    """A server with that machine's metadata endpoint; gives its process id and the ports of both doors."""
    server = subprocess.Popen([bench.azid, "serve", "-g", group, "--imds", f"{vm}=127.0.0.1:0", "--listen", "127.0.0.1:0",
                               "--no-throttle", "--state", file], env=bench.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        ready = json.loads(server.stdout.readline() or "{}")
        if not ready:
            raise Failed("the server did not start")
        places = ready["listen"], *ready["imds"].values()
        ports = [int(re.search(r":(\d+)/?$", place)[1]) for place in places]
        yield server.pid, *ports
    finally:
        server.terminate()
        server.wait()


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answers(bench, process, port, request, seconds, connections=4):
    """Answers for each second of the server's processor time, and for each second that passed."""
    before = processor_seconds(process)
    done = subprocess.run([bench.tool("keepalive"), "127.0.0.1", str(port), str(connections), str(seconds)],
                          input=request, capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.stderr.strip())
    if len(done.stdout.split()) != 4:
        raise Failed(f"nothing was answered in {seconds} s")
    status, good, bad, passed = done.stdout.split()
    if int(bad):
        raise Failed(f"{bad} answers were not {status}")
    used = processor_seconds(process) - before
    return int(good) / max(used, 0.01), int(good) / float(passed), status


def token_request(more=""):
    return ("GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net" + more +
            " HTTP/1.1\r\nHost: 169.254.169.254\r\nMetadata: true\r\n\r\n")


# A host that azid does not serve: refused with one and the same body, without a look at the state.
fixed_request = "GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n"


def cached(bench):
    ratios = []
    rates = []
    with served(bench, bench.world(), "rg", "web") as (process, door, imds):
        for _ in range(3 if bench.quick else 9):
            fixed = answers(bench, process, door, fixed_request, 0.5)[0]
            token, _, status = answers(bench, process, imds, token_request(), 0.5)
            if status != "200":
                raise Failed(f"the token was answered {status}")
            ratios.append(token / fixed)
            rates.append(token)
    return Figure(statistics.median(ratios), noise(ratios), note=f"{statistics.median(rates):.0f} tokens a second and core")


def rsa_seconds():
    """What two signatures and a verification cost, by OpenSSL's own measure."""
    done = subprocess.run(["openssl", "speed", "-mr", "-seconds", "1", "rsa2048"], capture_output=True, text=True)
    found = re.search(r"^\+F2:\d+:2048:([\d.]+):([\d.]+)", done.stdout, re.M)  # of each so many a second
    if not found:
        raise Skipped("openssl speed says nothing of rsa2048")
    return 2 / float(found[1]) + 1 / float(found[2])


def fresh(bench):
    if not shutil.which("openssl"):
        raise Skipped("there is no openssl")
    ratios = []
    walls = []
    with served(bench, bench.world(), "rg", "web") as (process, _, imds):
        answers(bench, process, imds, token_request("&bypass_cache=true"), 0.5, 16)  # reads keys, compiles statements
        for _ in range(3 if bench.quick else 7):
            limit = 1 / rsa_seconds()
            token, wall, status = answers(bench, process, imds, token_request("&bypass_cache=true"), 1, 16)
            if status != "200":
                raise Failed(f"the token was answered {status}")
            ratios.append(token / limit)
            walls.append(wall)
    return Figure(statistics.median(ratios), noise(ratios),
                  note=f"16 connections; {statistics.median(walls):.0f} tokens a second passed")


def server_memory(bench):
    file = big(bench)
    bench.run("token", "get", *machine, "--resource", "https://vault.azure.net", AZID_STATE=file)  # makes the keys
    with served(bench, file, "big-0000", "vm000000") as (process, door, imds):
        answers(bench, process, imds, token_request(), 1, 64)
        answers(bench, process, imds, token_request("&bypass_cache=true"), 1, 64)
        answers(bench, process, door, "GET /subscriptions?api-version=2022-12-01 HTTP/1.1\r\nHost: management.azure.com\r\n\r\n",
                1, 64)
        with open(f"/proc/{process}/status") as status:
            peak = int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) * 1024 / 1e6
    return Figure(peak, 0.5, note="64 connections, the big state")


def provisioning(bench):
    """A thousand commands, one process each, from a shell script."""
    script = ["set -e", f"azid() {{ {bench.azid} \"$@\" -o none --only-show-errors; }}"]
    for g in range(20):
        group = f"-g rg{g}"
        script.append(f"azid group create -n rg{g} -l westeurope")
        script.append(f"scope=/subscriptions/$1/resourceGroups/rg{g}")
        for i in range(8):
            script.append(f"azid identity create {group} -n id{i}")
            script.append(f"id=$({bench.azid} identity show {group} -n id{i} --query principalId -o tsv)")
            script.append("azid role assignment create --assignee-object-id $id --assignee-principal-type ServicePrincipal "
                          "--role Reader --scope $scope")
        for v in range(3):
            script.append(f"azid vm create {group} -n vm{v} --image Ubuntu2204 --admin-username someone "
                          f"--admin-password Passw0rd!Passw0rd! --nsg '' --public-ip-address '' --assign-identity")
            script.append(f"azid vm identity assign {group} -n vm{v} --identities id{v}")
        for v in range(3):
            for _ in range(3):
                script.append(f"azid vm show {group} -n vm{v}")
            script.append(f"azid vm list {group}")
        for _ in range(3):
            script.append(f"azid group show -n rg{g}")
            script.append(f"azid role assignment list {group}")
        script.append("")
    count = sum(line.startswith(("azid ", "id=")) for line in script)
    while count < 1000:
        script.append(f"azid identity list -g rg{count % 20}")
        count += 1
    shell = shutil.which("dash") or "/bin/sh"
    path = f"{bench.work}/provisioning.sh"
    with open(path, "w") as file:
        file.write("\n".join(script) + "\n")
    times = []
    for number in range(2 if bench.quick else 3):
        environment = {**bench.environment, "AZID_STATE": f"{bench.work}/provisioning{number}.db"}
        subscription = subprocess.run([bench.azid, "account", "show", "--query", "id", "-o", "tsv"], env=environment,
                                      capture_output=True, text=True, check=True).stdout.strip()
        begin = time.monotonic()
        done = subprocess.run([shell, path, subscription], env=environment, capture_output=True, text=True)
        times.append(time.monotonic() - begin)
        if done.returncode:
            raise Failed(done.stderr.strip()[-300:])
    return Figure(statistics.median(times), noise(times), note=f"{count} commands")


def row(name, what, yardstick, unit, limit, measure, sense="at most"):
    return Row(name, what, yardstick, unit, limit, measure, sense, "value", True)


twin = "the same on a state with ten machines"
rows = [
    row("big-show", "100,000 machines, 1,000,000 role assignments: `vm show`", twin, "×", 1.5, in_both(["vm", "show", *machine])),
    row("big-check", "the same state: `access check`", twin, "×", 1.5,
        in_both(["access", "check", "--assignee", "PRINCIPAL", "--action", "Microsoft.Compute/virtualMachines/read", "--scope",
                 "ID"])),
    row("big-token", "the same state: `token get`", twin, "×", 1.5,
        in_both(["token", "get", *machine, "--resource", "https://vault.azure.net"])),
    row("big-identity", "the same state: `identity show`", twin, "×", 1.5,
        in_both(["identity", "show", "-g", "zzgroup", "-n", "zzidentity"])),
    row("big-memory", "the same state: peak memory of a command", "none", "MB", 20, big_memory),
    row("big-size", "the same state: the file", "none", "MB", 1000, size),
    row("stream", "`role assignment list --all`, 1,000,000 rows", "`sqlite3 -json` of the same rows", "×", 0.5, stream, "at least"),
    row("stream-memory", "the same list: peak memory", "none", "MB", 20, stream_memory),
    row("cached", "held tokens over connections that stay open, for each second of the server's processor time",
        "a fixed answer of the same server", "×", 0.5, cached, "at least"),
    row("fresh", "fresh tokens, for each second of the server's processor time",
        "two signatures and a verification by `openssl speed rsa2048`", "×", 0.8, fresh, "at least"),
    row("big-server", "the same state: peak memory of the server under load", "none", "MB", 40, server_memory),
    row("script", "a provisioning script of 1,000 commands", "none", "s", 3, provisioning),
]
