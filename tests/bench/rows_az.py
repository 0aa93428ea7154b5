"""The real az against azid's server, beside the same commands given to azid."""
import json
import os
import shutil
import statistics
import subprocess
import tempfile

from measure import Failed, Figure, Skipped, here, noise

clients = os.path.realpath(here + "/../../../shared/clients")
directory_readers = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"


def find_az():
    """The words that start an az of 2.60 or newer: the one set up beside the project, or the system's."""
    own = clients + "/az274"
    if os.path.exists(own) and os.path.exists(os.environ.get("AZ274_ROOT", "/var/cache/az274") + "/usr/bin/az") \
            and os.geteuid() == 0:
        return own + " run"
    az = shutil.which("az")
    if az:
        said = subprocess.run([az, "version", "-o", "json"], capture_output=True, text=True)
        version = json.loads(said.stdout or "{}").get("azure-cli", "0") if said.returncode == 0 else "0"
        if [int(part) for part in version.split(".")[:2]] >= [2, 60]:
            return az
    raise Skipped("there is no az 2.60 or newer")


def run_suite(bench, folder, starter, az):
    """Runs the suite's commands against a new state. The milliseconds and the status of each."""
    os.makedirs(folder)
    environment = {**bench.environment, "AZID_STATE": folder + "/state.db", "HOME": folder}
    at = lambda *words: bench.run(*words, AZID_STATE=folder + "/state.db")
    subscription = at("account", "show", "--query", "id", "-o", "tsv")
    at("group", "create", "-n", "bench", "-l", "westeurope")  # in a machine, which az's chroot takes for a safe place
    at("vm", "create", "-g", "bench", "-n", "web", "--image", "Ubuntu2204", "--generate-ssh-keys", "--only-show-errors")
    made = json.loads(at("ad", "sp", "create-for-rbac", "-n", "suite", "--role", "Owner", "--scopes",
                         "/subscriptions/" + subscription, "--only-show-errors"))
    principal = at("ad", "sp", "show", "--id", made["appId"], "--query", "id", "-o", "tsv")
    at("rest", "--method", "POST", "--url", "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments", "-o",
       "none", "--body", json.dumps({"principalId": principal, "directoryScopeId": "/", "roleDefinitionId": directory_readers}))
    log = folder + "/times"
    words = {"AZ": f"{bench.tool('timed')} {log} {az}", "OUT": folder + "/out", "SKIP_IDENTITY": "1", "SUB": subscription,
             "TID": made["tenant"], "APPID": made["appId"], "SPSECRET": made["password"], "AZ274_BIND": "/tmp"}
    done = subprocess.run([*starter, "bash", clients + "/suite_az.sh"], env={**environment, **words}, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    if not os.path.exists(log):
        raise Failed((done.stderr or done.stdout).strip()[-300:])
    with open(log) as file:
        return [(float(time), int(status)) for time, status in map(str.split, file.read().splitlines())]


def az(bench):
    if not os.path.exists(clients + "/suite_az.sh"):
        raise Skipped("the suite is not here")
    real = find_az()
    # Where the az of another system sees it too.
    folder = tempfile.mkdtemp(prefix="azid-bench-", dir="/tmp")
    try:
        theirs = run_suite(bench, folder + "/az", [bench.azid, "exec", "--vm", "web", "-g", "bench", "--"], real)
        ours = [run_suite(bench, f"{folder}/azid{i}", [], bench.azid) for i in range(9)]
    finally:
        shutil.rmtree(folder)
    if any(len(one) != len(theirs) for one in ours):
        raise Failed(f"az ran {len(theirs)} commands, azid {[len(one) for one in ours]}")
    if all(status for _, status in theirs):
        raise Failed("no command succeeded in az")
    both = [i for i, (_, status) in enumerate(theirs) if status == 0 and all(one[i][1] == 0 for one in ours)]
    sums = [sum(one[i][0] for i in both) for one in ours]
    total = sum(theirs[i][0] for i in both)
    ratios = [total / one for one in sums]  # each with a key of its own, which chance makes soon or late
    return Figure(statistics.median(ratios), noise(ratios), statistics.median(sums), total,
                  f"{len(both)} of {len(theirs)} commands, those that succeed in both")
