#!/usr/bin/env python3
"""How fast azid is beside yardsticks on the same machine: run.py AZID [OPTION ...] [ROW ...]

  --list        what is measured
  --quick       fewer rounds: for a look, too noisy for a judgement
  --az          also the real az against azid's server, where there is one (minutes)
  --all         every row, the slow ones too; otherwise those run where they are named
  --markdown    print the table as docs/benchmarks.md has it
  --update      keep these figures as what later ones are held to (tests/bench/baseline.json), and in docs/benchmarks.md

The two sides of a ratio run in turn; a ratio is the median over the pairs, its noise the standard error of that median.
A figure fails where it is worse than the kept one by a tenth and three times the noise of both, twice in a row; or where it
misses a target that the kept one met. Exit status: 0, 1 where something failed, 2 for wrong words."""
import argparse
import json
import os
import platform
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
from measure import Bench, Failed, Figure, Skipped, here  # noqa: E402
from rows import rows  # noqa: E402

baseline_file = here + "/baseline.json"
document = here + "/../../docs/benchmarks.md"
begin, end = "<!-- table: ./dev bench --update -->", "<!-- end -->"
tolerance = 0.10


def words_of(arguments):
    parser = argparse.ArgumentParser(usage="run.py AZID [--list] [--quick] [--az] [--all] [--markdown] [--update] [ROW ...]")
    parser.add_argument("azid")
    for option in ("list", "quick", "az", "all", "markdown", "update"):
        parser.add_argument("--" + option, action="store_true")
    parser.add_argument("rows", nargs="*")
    words = parser.parse_intermixed_args(arguments)
    if words.update and words.quick:
        parser.error("a figure to be kept takes all its rounds")
    unknown = set(words.rows) - {row.name for row in rows}
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}; --list tells which there are")
    return words


def chosen(words):
    if words.rows:
        return [row for row in rows if row.name in words.rows]
    return [row for row in rows if not row.slow or words.all or (words.az and row.name == "az")]


def meets(row, figure):
    """Whether the promise is kept; None where there is none."""
    if row.limit is None:
        return None
    value = figure.value if row.limit_of == "value" else figure.ours
    return value <= row.limit if row.sense == "at most" else value >= row.limit


def clearly_missed(row, figure):
    """Whether chance does not explain that the figure lies beyond the limit."""
    share = 3 * figure.noise / figure.value if figure.value else 0
    lucky = 1 - share if row.sense == "at most" else 1 + share
    return meets(row, figure._replace(value=figure.value * lucky, ours=figure.ours and figure.ours * lucky)) is False


def worse(row, figure, kept):
    """Whether the figure is worse than the kept one by more than chance and tolerance explain."""
    if not kept:
        return False
    margin = tolerance * kept["value"] + 3 * (figure.noise ** 2 + kept["noise"] ** 2) ** 0.5
    change = figure.value - kept["value"]
    return (change if row.sense == "at most" else -change) > margin


def judge(bench, row, kept):
    """The figure and what is to be said of it; a figure that looks worse is measured again before it counts."""
    figure = row.measure(bench)
    if worse(row, figure, kept):
        figure = row.measure(bench)
    met = meets(row, figure)
    if worse(row, figure, kept):
        return figure, "WORSE than before"
    if met is False and clearly_missed(row, figure):
        return figure, "missed" if kept and not kept.get("met", True) else "MISSED"
    if met is False:
        return figure, "at the limit"
    return figure, "met" if met else ""


def number(value, unit):
    text = f"{value:.0f}" if value >= 100 or unit == "" else f"{value:.2f}" if value < 10 else f"{value:.1f}"
    return f"{text} {unit}".strip()


def target_of(row):
    if row.limit is None:
        return ""
    unit = "ms" if row.limit_of == "ours" else row.unit
    return f"{'≤' if row.sense == 'at most' else '≥'} {row.limit} {unit}".strip()


def beside(figure):
    if figure.ours is None:
        return ""
    return f"{figure.ours:.2f} / {figure.theirs:.2f} ms" if figure.theirs is not None else f"{figure.ours:.1f} ms"


def columns(row, figure, verdict):
    noise = f" ± {figure.noise:.2g}" if figure.noise else ""
    return [number(figure.value, row.unit) + noise, target_of(row), verdict, beside(figure)]


def print_plain(results):
    print(f"{'row':<14} {'figure':<18} {'target':<10} {'':<18} {'ours / yardstick':<20} note")
    for row, figure, verdict in results:
        cells = columns(row, figure, verdict) if figure else ["", target_of(row), verdict, ""]
        note = figure.note if figure else ""
        print(f"{row.name:<14} {cells[0]:<18} {cells[1]:<10} {cells[2]:<18} {cells[3]:<20} {note}".rstrip())


def markdown(results):
    lines = ["| what | beside | target | figure | | azid / yardstick there | command |", "|---|---|---|---|---|---|---|"]
    for row, figure, verdict in results:
        cells = columns(row, figure, verdict) if figure else ["", target_of(row), verdict, ""]
        note = f" ({figure.note})" if figure and figure.note else ""
        lines.append(f"| {row.what}{note} | {row.yardstick} | {cells[1]} | {cells[0]} | {cells[2]} | {cells[3]} | "
                     f"`./dev bench {row.name}` |")
    return "\n".join(lines)


def progress(name):
    if sys.stderr.isatty():
        print(f"\r{name:<20}\r", end="", file=sys.stderr, flush=True)


def machine():
    model = "?"
    with open("/proc/cpuinfo") as cpus:
        model = next((line.partition(":")[2].strip() for line in cpus if line.startswith("model name")), model)
    return f"{os.cpu_count()} cores, {model}, Linux {platform.release()}, load {os.getloadavg()[0]:.1f}"


def load_baseline():
    try:
        with open(baseline_file) as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def keep(results, baseline):
    """Writes down the figures, and the table of all that are kept into the document."""
    for row, figure, _ in results:
        if figure:
            short = {key: round(value, 4) if isinstance(value, float) else value for key, value in figure._asdict().items()}
            baseline[row.name] = {**short, "met": meets(row, figure) is not False, "machine": machine()}
    with open(baseline_file, "w") as file:
        json.dump(baseline, file, indent=1, sort_keys=True, ensure_ascii=False)
        file.write("\n")
    kept = [(row, baseline[row.name]) for row in rows if row.name in baseline]
    table = markdown([(row, Figure(*(entry[key] for key in Figure._fields)),
                       "" if row.limit is None else "met" if entry["met"] else "missed") for row, entry in kept])
    machines = "\n".join(f"- {', '.join(row.name for row, entry in kept if entry['machine'] == one)}: {one}."
                         for one in dict.fromkeys(entry["machine"] for _, entry in kept))
    with open(document) as file:
        before, _, rest = file.read().partition(begin)
    with open(document, "w") as file:
        file.write(f"{before}{begin}\n{table}\n\nMeasured on:\n{machines}\n{end}{rest.partition(end)[2]}")


def main():
    words = words_of(sys.argv[1:])
    if words.list:
        for row in rows:
            print(f"{row.name:<14} {row.what}, beside {row.yardstick}" if row.yardstick != "none"
                  else f"{row.name:<14} {row.what}")
        return 0
    baseline = load_baseline()
    # Beside the program, not in /tmp: that may be memory, where a durable write costs nothing.
    work = tempfile.mkdtemp(prefix="bench-", dir=os.path.dirname(os.path.realpath(words.azid)))
    results = []
    try:
        bench = Bench(words.azid, work, words.quick)
        for row in chosen(words):
            progress(row.name)
            bench.install()
            try:
                results.append((row, *judge(bench, row, None if words.update else baseline.get(row.name))))
            except Skipped as reason:
                results.append((row, None, f"skipped: {reason}"))
            except Failed as reason:
                results.append((row, None, f"FAILED: {reason}"))
            progress("")
    finally:
        shutil.rmtree(work)
    if words.markdown:
        print(markdown(results))
    else:
        print_plain(results)
    print(f"\n{machine()}")
    if os.getloadavg()[0] > os.cpu_count():
        print("The machine is busy with other things: measure again when it is quiet before you believe this.")
    if words.update:
        keep(results, baseline)
    return 1 if any(verdict.startswith(("FAILED", "WORSE", "MISSED")) for _, _, verdict in results) and not words.update \
        else 0


if __name__ == "__main__":
    sys.exit(main())
