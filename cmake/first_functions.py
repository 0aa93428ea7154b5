#!/usr/bin/env python3
"""Finds which functions most commands run, for first_functions.cmake: ./dev order.

usage: first_functions.py AZID LIST

Runs a day's commands below valgrind, and writes to LIST the linker's names of the program's own functions that two of
them or more have run, those of the most commands first."""

import collections
import os
import re
import subprocess
import sys
import tempfile

PASSWORD = "Passw0rd!Passw0rd!"
COMMANDS = [
    "group create -n rg -l westeurope --query id -o tsv",
    "identity create -g rg -n app",
    "identity show -g rg -n app --query principalId -o tsv",
    "identity list -g rg",
    "role assignment create --role Reader --scope GROUP --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal",
    f"vm create -g rg -n web --image Ubuntu2204 --admin-username someone --admin-password {PASSWORD} --assign-identity",
    "vm identity assign -g rg -n web --identities app",
    "vm show -g rg -n web",
    "vm list -g rg",
    "group show -n rg",
    "role assignment list -g rg -o table",
    "token get -g rg -n web --resource https://vault.azure.net",
]


def functions_run(profile, azid):
    """The names of the program's functions in a profile of callgrind's, whose "fn=(1) name" names a number once."""
    names, objects, ours, run = {}, {}, False, set()
    for line in profile:
        found = re.match(r"(c?ob|c?fn)=\((\d+)\)(?: (.*))?", line)
        if not found:
            continue
        kind, number, name = found.groups()
        known = objects if kind.endswith("ob") else names
        if name:
            known[number] = name.strip()
        if kind == "ob":
            ours = known[number] in (azid, "???")  # valgrind does not know whose those are that stand before .text
        elif kind == "fn" and ours:
            run.add(known[number].split("'")[0])  # 'name'2: one that calls itself
    return run


def main(azid, path):
    azid = os.path.realpath(azid)
    commands_of = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "AZID_STATE": f"{folder}/state.db", "HOME": folder}
        environment.pop("AZID_SEED", None)
        profile = f"{folder}/profile"
        valgrind = ["valgrind", "-q", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}"]
        told = {}
        for words in COMMANDS:
            command = [azid, *(told.get(word, word) for word in words.split()), "--only-show-errors"]
            shown = subprocess.run(valgrind + command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
            if words.endswith("-o tsv"):
                told["GROUP" if words.startswith("group") else "PRINCIPAL"] = shown.strip()
            with open(profile) as file:
                commands_of.update(functions_run(file, azid))
    # What stands in one object, as in SQLite's, has no section of its own.
    often = [name for name, count in commands_of.items() if count > 1 and name.startswith("_Z")]
    often.sort(key=lambda name: (-commands_of[name], name))
    with open(path, "w") as file:
        file.write("# The functions that most commands run, by the linker's names: written by ./dev order.\n")
        file.writelines(f"{name}\n" for name in often)


if __name__ == "__main__":
    main(*sys.argv[1:])
