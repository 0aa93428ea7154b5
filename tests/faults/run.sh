#!/bin/sh
# Every test of faults with its full numbers: run.sh AZID SHIM. Each prints what it has reached.
set -eu
cd "$(dirname "$0")"
status=0
for test in [a-z]*.py; do
    [ "$test" = support.py ] && continue
    echo "== $test"
    python3 -B "$test" "$1" "$2" || { [ $? -eq 77 ] || status=1; }
done
exit $status
