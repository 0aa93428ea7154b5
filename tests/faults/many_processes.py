#!/usr/bin/env python3
"""64 processes at once on one state file: many_processes.py AZID [--small]. Each plays a story of creating, assigning,
tagging and deleting, first of all on a state that is not there yet. No command may fail, and the state at the end has
to be the one that the same commands leave when they run one after another.

Compared is 'state export'. Left out: the journal and its steps, of which azid keeps the newest 1000 (their number is
compared instead, which counts every command), and the numbers of rows, which tell of the order. Dates and ids drawn by
lot are normalised (support.py). The activity log has every operation and is compared whole."""
import json
import subprocess
import time

from support import Folder, azid, first, normalised, small

processes = 16 if small else 64
rounds = 1 if small else 6
begin = """set -e
azid() { "$AZID" "$@"; }
id() { azid identity create -g $1 -n $2 --query principalId -o tsv; }
assign() { azid role assignment create --assignee-object-id $1 --assignee-principal-type ServicePrincipal \
    --role $2 --scope $3 --query id -o tsv; }
sub=/subscriptions/$(azid account show --query id -o tsv)/resourceGroups
"""
story = """azid group create -n {g} -l westeurope -o none
app=$(id {g} app)
job=$(id {g} job)
vm=$(azid vm create -g {g} -n web --image Ubuntu2204 --size Standard_B1s --admin-username me --admin-password 'Secret-12345678' \
    --assign-identity [system] --query identity.systemAssignedIdentity -o tsv --only-show-errors)
azid vm identity assign -g {g} -n web --identities app job -o none
one=$(assign $app Reader $sub/{shared})
two=$(assign $vm Contributor $sub/{g})
azid tag update --resource-id $sub/{shared} --operation merge --tags {g}=x -o none
azid vm identity remove -g {g} -n web --identities job -o none
azid identity delete -g {g} -n job
azid role assignment delete --ids $two
azid tag update --resource-id $sub/{g} --operation replace --tags done=yes -o none
"""
ends = ["azid role assignment delete --ids $one\nazid group delete -n {g} --yes\n",
        "azid tag update --resource-id $sub/{shared} --operation delete --tags {g} -o none\n"
        "azid vm identity assign -g {g} -n web --identities app -o none\n"]


def script(number):
    parts = [begin]
    for turn in range(rounds):
        names = {"g": f"g{number}-{turn}", "shared": f"shared{number % 8}"}
        parts += [part.replace("{g}", names["g"]).replace("{shared}", names["shared"])
                  for part in (story, ends[(number + turn) % 2])]
    return "".join(parts)


def play(folder, scripts, at_once):
    """Runs them, and gives what went wrong."""
    complaints = []
    running = []
    for text in scripts:
        running.append(subprocess.Popen(["sh", "-c", text], env=folder.environment(AZID=azid), text=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        if not at_once:
            complaints += complaint(running.pop())
    for process in running:
        complaints += complaint(process)
    return complaints


def complaint(process):
    said = process.communicate()
    return [] if process.returncode == 0 else [f"exit {process.returncode}: {said[1].strip()}"]


def lines_of(folder):
    lines = []
    for table, rows in json.loads(folder.run("state", "export"))["tables"].items():
        for row in rows if table != "journal" else []:
            counted = ("id", "journal_id", "number")
            kept = {name: value for name, value in row.items() if name not in counted or not isinstance(value, int)}
            lines.append(table + " " + json.dumps(kept, sort_keys=True))
    return normalised(lines)


def runs_of(folder):
    return first(folder.state, "SELECT max(id) FROM journal")[0]


def whole_run(at_once):
    with Folder(on_disk=not small) as folder:
        begun = time.monotonic()
        openers = [f'exec "$AZID" group create -n first{number} -l westeurope -o none' for number in range(processes)]
        complaints = play(folder, openers, at_once)
        for number in range(8):
            folder.run("group", "create", "-n", f"shared{number}", "-l", "westeurope")
        complaints += play(folder, [script(number) for number in range(processes)], at_once)
        for one in complaints[:5]:
            print(one)
        assert not complaints, f"{len(complaints)} of {processes} processes failed"
        return lines_of(folder), runs_of(folder), time.monotonic() - begun


together, runs, seconds = whole_run(True)
alone, runs_alone, seconds_alone = whole_run(False)
if together != alone:
    for line in sorted(set(together) ^ set(alone))[:6]:
        print(("together: " if line in set(together) else "alone:    ") + line[:600])
    raise SystemExit("the two states differ")
assert runs == runs_alone, f"{runs} commands were written down, {runs_alone} by the serial run"
print(f"{processes} processes at once, {runs} changing commands on one file: none failed, none lost, "
      f"{len(together)} rows as after the serial run ({seconds:.1f} s, serial {seconds_alone:.1f} s)")
