"""What the rows are measured with: commands timed in turn, peak memory, medians and their noise."""
import collections
import os
import shutil
import statistics
import subprocess

here = os.path.dirname(os.path.realpath(__file__))
separator = "\x1f"

# value and noise are in the row's unit; ours and theirs, where there are two sides, in milliseconds.
Figure = collections.namedtuple("Figure", "value noise ours theirs note", defaults=(None, None, ""))
Run = collections.namedtuple("Run", "wall cpu memory status")  # ms, ms, MB


class Skipped(Exception):
    """This cannot be measured here, and why."""


class Failed(Exception):
    """What should have been measured went wrong."""


def error_of_median(values):
    middle = statistics.median(values)
    deviation = statistics.median(abs(value - middle) for value in values)
    return 1.2533 * 1.4826 * deviation / len(values) ** 0.5


def noise(values):
    """The standard error of the median, from the median absolute deviation: of the values, or of the medians of eight
    stretches of them where these differ more, as they do when the machine does other things for a while."""
    stretch = len(values) // 8
    if stretch < 3:
        return error_of_median(values)
    medians = [statistics.median(values[i * stretch:(i + 1) * stretch]) for i in range(8)]
    return max(error_of_median(values), error_of_median(medians))


class Bench:
    """A program under measurement, its work folder and the state that most rows ask."""

    def __init__(self, azid, work, quick):
        self.program = os.path.realpath(azid)
        self.azid = work + "/azid"
        self.work = work
        self.quick = quick
        self.state = work + "/state.db"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("AZID_", "AZURE_"))}
        self.environment.update(AZID_STATE=self.state, HOME=work, LC_ALL="C.UTF-8")
        self.numbers = 0
        self.install()

    def install(self):
        """Writes the program anew, in a few large pieces, as an installation does. How the system has it in memory, and so how
        soon it starts, depends on that; and a system may drop what was not used for some seconds."""
        with open(self.program, "rb") as program, open(self.azid + ".new", "wb", buffering=1 << 20) as copy:
            while piece := program.read(1 << 20):
                copy.write(piece)
        os.chmod(self.azid + ".new", 0o755)
        os.rename(self.azid + ".new", self.azid)

    def run(self, *words, **environment):
        """What azid prints; Failed where it does not succeed."""
        done = subprocess.run([self.azid, *words], env={**self.environment, **environment}, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failed(f"azid {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout.rstrip("\n")

    def tool(self, name, *libraries):
        """One of the C programs beside this file, compiled."""
        target = f"{self.work}/{name}"
        if not os.path.exists(target):
            compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
            if not compiler:
                raise Skipped("there is no C compiler")
            done = subprocess.run([compiler, "-O2", "-o", target, f"{here}/{name}.c", *libraries], capture_output=True,
                                  text=True)
            if done.returncode:
                raise Failed(done.stderr.strip())
        return target

    def fresh(self, suffix):
        """A path in the work folder that nobody used before, with a place for the number of the round."""
        self.numbers += 1
        return f"{self.work}/{self.numbers}-{{}}{suffix}"

    def rounds(self, many):
        return max(12, many // 8) if self.quick else many

    def interleaved(self, commands, rounds, warmup=3):
        """Runs the commands in turn and gives the runs of each. All must succeed."""
        words = [word for command in commands for word in (separator, *command)]
        done = subprocess.run([self.tool("interleave"), str(rounds + warmup), *words], env=self.environment,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failed(done.stderr.strip() or f"interleave ended with {done.returncode}")
        runs = [[] for _ in commands]
        for line in done.stdout.splitlines():
            which, wall, user, system, memory, status = map(int, line.split())
            if status:
                raise Failed(f"{' '.join(commands[which])} ended with {status}")
            runs[which].append(Run(wall / 1e6, (user + system) / 1e3, memory / 1e3 * 1.024, status))
        return [of_one[warmup:] for of_one in runs]

    def compared(self, ours, theirs, rounds, note=""):
        """The time of one command as a ratio to another's, from pairs of runs next to each other."""
        mine, other = self.interleaved([ours, theirs], self.rounds(rounds))
        ratios = [a.wall / b.wall for a, b in zip(mine, other)]
        return Figure(statistics.median(ratios), noise(ratios), statistics.median(run.wall for run in mine),
                      statistics.median(run.wall for run in other), note)

    def make_world(self):
        """The world that most rows ask, in self.state."""
        return self.world()

    def world(self, name="state"):
        """The path of a state to measure on: a group, a machine, an identity. Rows that change much have one of their own."""
        path = f"{self.work}/{name}.db"
        if not os.path.exists(path):
            self.run("group", "create", "-n", "rg", "-l", "westeurope", AZID_STATE=path)
            self.run("vm", "create", "-g", "rg", "-n", "web", "--image", "Ubuntu2204", "--assign-identity",
                     "--generate-ssh-keys", "--only-show-errors", AZID_STATE=path)
            self.run("identity", "create", "-g", "rg", "-n", "app", AZID_STATE=path)
            self.run("token", "get", "-g", "rg", "-n", "web", "--resource", "https://vault.azure.net", AZID_STATE=path)
        return path
