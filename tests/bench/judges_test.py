#!/usr/bin/env python3
"""What ./dev bench makes of its figures: a regression and a missed promise fail, chance does not."""
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import run  # noqa: E402
from measure import Bench, Figure, Failed, noise  # noqa: E402
from rows import Row  # noqa: E402


def said(values, kept=None, limit=2, sense="at most", limit_of="value", spread=0.01, ours=None):
    """The verdict over a row that measures these values, one at a time."""
    left = list(values)
    row = Row("row", "what", "yardstick", "×", limit, lambda _: Figure(left.pop(0), spread, ours, ours), sense, limit_of)
    verdict = run.judge(None, row, kept)[1]
    assert not left, f"{len(left)} figures were not asked for"
    return verdict


def expect(verdict, wanted):
    assert verdict == wanted, f"'{verdict}' in place of '{wanted}'"


kept = {"value": 1.5, "noise": 0.01, "met": True}
expect(said([1.5]), "met")
expect(said([1.5], kept), "met")
expect(said([1.64], kept), "met")  # within a tenth
expect(said([1.75], kept, spread=0.1), "met")  # within three times the noise
expect(said([1.8, 1.8], kept), "WORSE than before")
expect(said([1.8, 1.5], kept), "met")  # once is chance
expect(said([1.0], kept), "met")
expect(said([2.5]), "MISSED")
expect(said([2.01], spread=0.05), "at the limit")
expect(said([2.5], {"value": 2.5, "noise": 0.01, "met": False}), "missed")
expect(said([3.0, 3.0], {"value": 2.5, "noise": 0.01, "met": False}), "WORSE than before")
expect(said([120], {"value": 130, "noise": 1, "met": True}, 100, "at least"), "met")
expect(said([90], None, 100, "at least"), "MISSED")
expect(said([110, 110], {"value": 130, "noise": 1, "met": True}, 100, "at least"), "WORSE than before")
expect(said([9.0], None, 30, limit_of="ours", ours=29), "met")
expect(said([9.0], None, 30, limit_of="ours", ours=31), "MISSED")
expect(said([9.0], None, None), "")

assert noise([5.0] * 80) == 0
assert noise([1.0] * 40 + [2.0] * 40) > 0.2, "a machine that changes half-way is no quiet one"

# A command that fails is no fast one, and the sides really take turns.
with tempfile.TemporaryDirectory() as work:
    bench = Bench("/bin/true", work, True)
    try:
        bench.interleaved([["/bin/true"], ["/bin/false"]], 3, 0)
        raise AssertionError("a failure was measured")
    except Failed:
        pass
    runs = bench.interleaved([["/bin/mkdir", work + "/{}"], ["/bin/rmdir", work + "/{}"]][:1], 4, 1)
    assert len(runs) == 1 and len(runs[0]) == 4 and sorted(os.listdir(work)) == ["0", "1", "2", "3", "4", "azid", "interleave"]
    assert all(one.wall > 0 and one.memory > 0.1 for one in runs[0])
print("the judge is just")
