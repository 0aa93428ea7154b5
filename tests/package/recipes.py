#!/usr/bin/env python3
"""The Dockerfile and the composite action: recipes.py lint, recipes.py run DEB, recipes.py build [FOLDER]

lint  holds both files to the rules that their builders, hadolint and actionlint know, as far as these files touch them.
run   carries out the very steps that stand in the files, without a container: the Dockerfile's last stage and the action, in
      copies of a clean Debian 12 ($AZID_DEBIAN, see clean_debian.sh). Needs root and the distribution's packages.
build  carries out the Dockerfile's first stage, compiler and all, in another such copy: that takes as long as a build does.
      With CMAKE_CXX_COMPILER_LAUNCHER=ccache it uses what this user compiled before, if the tree stands in a folder of the
      same name: FOLDER, in place of the stage's own.
Exit status 77 where that is not to be had."""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
try:
    import yaml
except ImportError:
    print("recipes.py: skipped: there is no YAML library for Python")
    sys.exit(77)
import action  # noqa: E402
import dockerfile  # noqa: E402

here = os.path.dirname(os.path.realpath(__file__))
source = os.path.dirname(os.path.dirname(here))
base = os.environ.get("AZID_DEBIAN", "/var/cache/azid-debian-12")


def skip(reason):
    print(f"recipes.py: skipped: {reason}")
    sys.exit(77)


def lint(stages, recipe):
    problems = dockerfile.problems(stages) + action.problems(recipe)
    scripts = [(f"Dockerfile: {words[:40]}", "sh", words) for words in dockerfile.scripts(stages)]
    scripts += [(f"action.yml: {step.get('name')}", "bash", "set -eo pipefail\n" + step["run"]) for step in recipe["runs"]["steps"] if "run" in step]
    if shutil.which("shellcheck"):
        for name, shell, script in scripts:
            done = subprocess.run(["shellcheck", "-s", shell, "-"], input=script, capture_output=True, text=True)
            problems += [f"{name}: {done.stdout.strip()}"] if done.returncode else []
    else:
        print("recipes.py: without shellcheck: it is not here")
    workflow = yaml.safe_dump(action.as_workflow(recipe), sort_keys=False)
    for tool, file, piped in (("hadolint", f"{source}/Dockerfile", None), ("action-validator", f"{source}/action.yml", None),
                              ("actionlint", "-", workflow)):  # where somebody has them
        if shutil.which(tool):
            done = subprocess.run([tool, file], input=piped, capture_output=True, text=True)
            problems += [f"{tool}: {done.stdout}{done.stderr}"] if done.returncode else []
    for problem in problems:
        print(problem)
    return 1 if problems else 0


class Root:
    """A copy of the clean system, gone at the end."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="azid-root-")
        subprocess.run(["cp", "-a", base + "/.", self.path], check=True)
        os.chmod(self.path, 0o755)
        shutil.copy("/etc/resolv.conf", self.path + "/etc/resolv.conf")
        subprocess.run(["mount", "-t", "proc", "proc", self.path + "/proc"], check=True)
        return self

    def __exit__(self, *_):
        for place in reversed(self.mounted()):
            subprocess.run(["umount", "-l", place], check=False)
        if not self.mounted():  # what is mounted there is somebody else's
            shutil.rmtree(self.path)

    def mounted(self):
        with open("/proc/self/mountinfo") as mounts:
            return [line.split()[4] for line in mounts if line.split()[4].startswith(self.path + "/")]

    def command(self, words, environment, user="", folder="/"):
        """The words that run a command in there, with nothing of this environment."""
        switch = ["--userspec", user] if user else []
        return ["env", "-i", "/usr/sbin/chroot", *switch, self.path, "/usr/bin/env", "-C", folder,
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive",
                *(f"{name}={value}" for name, value in environment.items()), *words]


def needs_root():
    if os.geteuid():
        skip("to run the recipes takes root")
    if not os.path.exists(base + "/usr/bin/dpkg"):
        skip(f"there is no clean Debian in {base}; clean_debian.sh makes it")


def apart(words):
    """Goes on in namespaces of its own: whatever is left running there ends with this."""
    if os.getpid() != 1:
        os.execvp("unshare", ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable,
                              os.path.realpath(__file__), *words])


def fetch_lists(root):
    update = subprocess.run(root.command(["apt-get", "update", "-qq"], {}), capture_output=True, text=True)
    if update.returncode:
        skip(f"the distribution's packages are out of reach: {update.stderr.strip()}")


def run(deb, stages, recipe):
    needs_root()
    apart(["run", deb])
    with Root() as root:
        fetch_lists(root)
        dockerfile.play(root, stages, deb)
    with Root() as root:
        fetch_lists(root)
        action.play(root, recipe, deb)
    print("recipes.py: the Dockerfile's last stage and the action did what they should")
    return 0


def build(folder, stages):
    needs_root()
    apart(["build", folder])
    with Root() as root:
        fetch_lists(root)
        environment = {}
        if os.environ.get("CMAKE_CXX_COMPILER_LAUNCHER") == "ccache":
            cache = os.environ.get("CCACHE_DIR", os.path.expanduser("~/.cache/ccache"))
            settings = os.path.expanduser("~/.config/ccache/ccache.conf")
            if os.path.exists(settings):
                shutil.copy(settings, root.path + "/etc/ccache.conf")
            os.makedirs(root.path + "/cache")
            subprocess.run(["mount", "--bind", cache, root.path + "/cache"], check=True)
            subprocess.run(root.command(["apt-get", "install", "-y", "-qq", "ccache"], {}), check=True, stdout=subprocess.DEVNULL)
            environment = {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_DIR": "/cache", "HOME": "/root"}
        dockerfile.play_build(root, stages, source, environment, folder)
    print("recipes.py: the Dockerfile's first stage makes the package")
    return 0


def main():
    with open(source + "/Dockerfile") as file:
        stages = dockerfile.parse(file.read())
    with open(source + "/action.yml") as file:
        recipe = yaml.safe_load(file)
    if sys.argv[1:] == ["lint"]:
        return lint(stages, recipe)
    if len(sys.argv) == 3 and sys.argv[1] == "run":
        return run(os.path.realpath(sys.argv[2]), stages, recipe)
    if sys.argv[1:2] == ["build"] and len(sys.argv) < 4:
        return build(sys.argv[2] if len(sys.argv) == 3 else dockerfile.of(stages[0], "WORKDIR"), stages)
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
