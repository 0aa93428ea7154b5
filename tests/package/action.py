"""A composite action: what is wrong with it, and its steps carried out as GitHub's runner does."""
import os
import re
import shutil
import subprocess
import time

top_keys = {"name", "description", "author", "inputs", "outputs", "runs", "branding"}
step_keys = {"name", "id", "if", "run", "shell", "env", "uses", "with", "working-directory", "continue-on-error"}
runner_contexts = {"runner.temp", "github.action_path"}
expression = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.S)
context = re.compile(r"\b(?:inputs|steps|runner|github)(?:\.[A-Za-z_][\w-]*)+")


def expressions_of(thing):
    """Every expression within a step or an output, wherever it stands."""
    if isinstance(thing, dict):
        return [one for part in thing.values() for one in expressions_of(part)]
    return expression.findall(thing) if isinstance(thing, str) else []


def names_of(thing):
    return {name for one in expressions_of(thing) for name in context.findall(re.sub(r"'[^']*'", "", one))}


def problems_of_shape(recipe):
    yield from (f"unknown key {key}" for key in recipe.keys() - top_keys)
    yield from (f"no {key}" for key in {"name", "description", "runs"} - recipe.keys())
    for name, entry in recipe.get("inputs", {}).items():
        if entry.keys() - {"description", "required", "default", "deprecationMessage"} or "description" not in entry:
            yield f"input {name}: unknown keys, or no description"
        if not isinstance(entry.get("default", ""), str):
            yield f"input {name}: its default is no text"
        if entry.get("required") is not True and "default" not in entry:
            yield f"input {name} is neither required nor has a default"
    for name, entry in recipe.get("outputs", {}).items():
        if entry.keys() != {"description", "value"}:
            yield f"output {name} needs a description and a value"
    if recipe["runs"].get("using") != "composite" or recipe["runs"].keys() != {"using", "steps"}:
        yield "not a composite action"


def problems_of_step(step, inputs, outputs):
    if step.keys() - step_keys:
        yield f"unknown keys {sorted(step.keys() - step_keys)}"
    if ("run" in step) == ("uses" in step):
        yield "either run or uses"
    if "run" in step and step.get("shell") != "bash":
        yield "a composite action's script needs its shell named"
    if expression.search(step.get("run", "")):
        yield "what somebody gives as input would be run: hand it over in env"
    if "uses" in step and not re.fullmatch(r"[\w.-]+/[\w./-]+@v\d+(\.\d+)*", step["uses"]):
        yield "the action used has no version"
    for name in names_of(step):
        known = name in runner_contexts or name.removeprefix("inputs.") in inputs or name in outputs
        if not known:
            yield f"there is no {name} here"


def problems(recipe):
    found = list(problems_of_shape(recipe))
    inputs = set(recipe.get("inputs", {}))
    outputs = set()
    for step in recipe["runs"]["steps"]:
        found += [f"{step.get('name', '?')}: {problem}" for problem in problems_of_step(step, inputs, outputs)]
        outputs |= {f"steps.{step.get('id')}.outputs.{name}"
                    for name in re.findall(r"^\s*(?:\{?\s*)?echo \"([\w-]+)=", step.get("run", ""), re.M)}
    used = set().union(*(names_of(step) for step in recipe["runs"]["steps"]))
    found += [f"input {name} is never used" for name in inputs if f"inputs.{name}" not in used]
    found += [f"output {key}: there is no {name}" for key, entry in recipe.get("outputs", {}).items()
              for name in names_of(entry) if name not in outputs]
    return [f"action.yml: {problem}" for problem in found]


def as_workflow(recipe):
    """A workflow that others call, with the action's inputs, outputs and steps: what actionlint can look at."""
    kept = ("description", "required", "default")
    inputs = {name: {"type": "string"} | {key: entry[key] for key in kept if key in entry}
              for name, entry in recipe["inputs"].items()}
    job = {"runs-on": "ubuntu-latest", "steps": recipe["runs"]["steps"],
           "outputs": {name: entry["value"] for name, entry in recipe["outputs"].items()}}
    return {"name": recipe["name"], "on": {"workflow_call": {"inputs": inputs}}, "jobs": {"action": job}}


class Job:
    """One use of the action, carried out in a folder that is a system of its own."""

    def __init__(self, root, recipe, inputs):
        self.root = root
        self.recipe = recipe
        self.failed = None
        self.uploaded = []
        self.values = {"runner.temp": "/runner/temp", "github.action_path": "/runner/action"}
        self.values.update({f"inputs.{name}": inputs.get(name, entry.get("default", ""))
                            for name, entry in recipe["inputs"].items()})
        shutil.rmtree(root.path + "/runner", ignore_errors=True)
        os.makedirs(root.path + "/runner/temp")

    def evaluated(self, words):
        """What an expression gives; its operators mean what Python's do."""
        parts = re.split(r"('[^']*')", words)
        for i in range(0, len(parts), 2):
            part = context.sub(lambda found: repr(self.values.get(found.group(), "")), parts[i])
            parts[i] = part.replace("&&", " and ").replace("||", " or ")
        return eval("".join(parts), {"__builtins__": {}}, {"always": lambda: True, "format": lambda text, *values: text.format(*values)})

    def filled(self, text):
        return expression.sub(lambda found: str(self.evaluated(found.group(1))), text)

    def wanted(self, step):
        condition = step.get("if", "")
        if self.failed and "always()" not in condition:
            return False
        whole = expression.fullmatch(condition)
        return bool(self.evaluated(whole.group(1))) if whole else True

    def run(self):
        for step in self.recipe["runs"]["steps"]:
            if not self.wanted(step):
                continue
            if "uses" in step:
                self.uploaded.append({key: self.filled(value) for key, value in step["with"].items()})
            else:
                self.run_script(step)
        return self

    def run_script(self, step):
        temp = self.root.path + "/runner/temp"
        open(temp + "/outputs", "w").close()
        with open(temp + "/script.sh", "w") as file:
            file.write(step["run"])
        environment = {name: self.filled(value) for name, value in step.get("env", {}).items()}
        environment.update(GITHUB_OUTPUT="/runner/temp/outputs", HOME="/root", LC_ALL="C.UTF-8")
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "/runner/temp/script.sh"]
        with open(temp + "/log", "w+") as log:
            status = subprocess.run(self.root.command(words, environment), stdout=log, stderr=log,
                                    stdin=subprocess.DEVNULL).returncode
            log.seek(0)
            self.log = log.read()
        if status and not self.failed:
            self.failed = f"{step['name']}: {self.log[-800:]}"
        with open(temp + "/outputs") as file:
            for line in file.read().splitlines():
                name, _, value = line.partition("=")
                self.values[f"steps.{step.get('id')}.outputs.{name}"] = value

    def output(self, name):
        return self.filled(self.recipe["outputs"][name]["value"])


def runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def play(root, recipe, deb):
    shutil.copy(deb, root.path + "/tmp/azid.deb")
    prepare = "azid group create -n rg -l westeurope -o none\n" \
              "azid vm create -g rg -n web --image Ubuntu2204 --assign-identity --generate-ssh-keys -o none --only-show-errors\n"
    scenario = 'test -n "$HTTPS_PROXY"\nazid identity create -g rg -n app -o none\n' \
               'azid token get --endpoint "$HTTPS_PROXY" -g rg -n web --resource https://vault.azure.net -o none\n'
    inputs = {"package": "/tmp/azid.deb", "prepare": prepare, "scenario": scenario, "artifact": "what-happened",
              "serve": "--resource-group rg --imds web=127.0.0.1:0"}
    job = Job(root, recipe, inputs).run()
    assert not job.failed, job.failed
    deadline = time.monotonic() + 20
    while runs(job.values["steps.start.outputs.pid"]):
        assert time.monotonic() < deadline, "the server goes on"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", job.output("endpoint")), job.output("endpoint")
    assert os.path.exists(root.path + job.output("certificate-authority"))
    assert os.path.exists(root.path + job.output("state"))
    assert [one["name"] for one in job.uploaded] == ["what-happened"], job.uploaded
    trace = root.path + job.uploaded[0]["path"]
    assert job.uploaded[0]["path"] == job.output("trace")
    with open(trace + "/trace.json") as file:
        assert "access token issued" in file.read(), "the trace lacks the scenario"
    with open(trace + "/trace.html") as file:
        assert file.read().startswith("<!doctype html>")

    failing = Job(root, recipe, {**inputs, "scenario": "azid group show -n missing", "keep-running": "true"}).run()
    assert failing.failed and failing.failed.startswith("Run the scenario"), failing.failed
    assert len(failing.uploaded) == 1, "a failed scenario keeps its trace"
    pid = failing.values["steps.start.outputs.pid"]
    assert runs(pid), "the server does not go on when told to"
    os.kill(int(pid), 15)

    refused = Job(root, recipe, {**inputs, "serve": "--no-such-option"}).run()
    assert refused.failed and refused.failed.startswith("Start the server"), refused.failed
    assert "no-such-option" in refused.failed, refused.failed
    assert not refused.uploaded
