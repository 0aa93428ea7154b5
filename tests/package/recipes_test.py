#!/usr/bin/env python3
"""The checks of the Dockerfile and the action see what they are there for: each fault put into the files is found."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
try:
    import yaml
except ImportError:
    print("recipes_test.py: skipped: there is no YAML library for Python")
    sys.exit(77)
import action  # noqa: E402
import dockerfile  # noqa: E402

source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

faults_in_dockerfile = [
    ("debian:12-slim AS", "debian AS", "version is not told"),
    ("USER azid", "USER root", "runs as root"),
    ("--no-install-recommends ", "", "without -y --no-install-recommends"),
    ("--from=build", "--from=biuld", "not above"),
    ('CMD ["azid", "serve"', 'CMD azid ["serve"', "keeps signals"),
    ("rm -rf /var/lib/apt/lists/* /tmp/azid.deb", "true", "same layer"),
    ("EXPOSE 8443", "EXPOES 8443", "no instruction EXPOES"),
    ("HEALTHCHECK", "LABEL", "no health check"),
    ("WORKDIR /src", "WORKDIR src", "depends on where"),
]
faults_in_action = [
    ("shell: bash\n      env:\n        ACTION", "env:\n        ACTION", "needs its shell named"),
    ("inputs.serve", "inputs.server", "no inputs.server"),
    ("inputs.serve", "inputs.state", "serve is never used"),
    ("steps.start.outputs.pid", "steps.start.outputs.pdi", "no steps.start.outputs.pdi"),
    ("using: composite", "using: node20", "not a composite"),
    ('"$PREPARE"', '"${{ inputs.prepare }}"', "hand it over in env"),
    ("upload-artifact@v4", "upload-artifact", "no version"),
    ("    default: azid-trace\n", "", "neither required nor has a default"),
    ("description: The state file.\n", "", "needs a description"),
]


def check(name, faults, problems):
    with open(f"{source}/{name}") as file:
        text = file.read()
    assert problems(text) == [], problems(text)
    for there, instead, wanted in faults:
        assert there in text, f"{name} has no '{there}' any more"
        found = problems(text.replace(there, instead))
        assert any(wanted in one for one in found), f"'{instead}' for '{there}' in {name}: {found}"


check("Dockerfile", faults_in_dockerfile, lambda text: dockerfile.problems(dockerfile.parse(text)))
check("action.yml", faults_in_action, lambda text: action.problems(yaml.safe_load(text)))
print(f"{len(faults_in_dockerfile) + len(faults_in_action)} faults, all found")
