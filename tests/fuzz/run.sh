#!/bin/bash
# Runs fuzz targets that are built, two at once at most, and says what came of it. Used by "./dev fuzz".
# run.sh BUILD_FOLDER [TARGET...] [--seconds N | --runs N] [--tally]
# What a run has learnt stays in BUILD_FOLDER/learnt/TARGET and the next one begins with it; every run is a line of
# BUILD_FOLDER/executions.tsv, which --tally sums up. What breaks a target is kept in BUILD_FOLDER/found.
set -uo pipefail
build=$(readlink -f "$1")
shift
cd "$(dirname "$0")" || exit 2
limit=(-max_total_time=60)
targets=()
tally=
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) limit=("-max_total_time=${2:?}") && shift ;;
    --runs) limit=("-runs=${2:?}") && shift ;;
    --tally) tally=1 ;;
    -*) echo "run.sh does not know $1." >&2 && exit 2 ;;
    *) targets+=("$1") ;;
    esac
    shift
done
ledger=$build/executions.tsv

# The targets' states, in memory where there is room for files: no disk is waited for.
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$work"' EXIT

tally() { # target, executions, seconds of the ledger -> sums by target
    [ -s "$ledger" ] || { echo "No run has been written down in $ledger." && return; }
    awk -F'\t' '{ n[$1] += $2; s[$1] += $3; if ($4 > c[$1]) c[$1] = $4 }
        END { for (t in n) printf "| %s | %d | %d | %d |\n", t, n[t], s[t] ? n[t] / s[t] : 0, c[t] }' "$ledger" | sort |
        { printf '| target | executions | per second | edges covered |\n|---|---|---|---|\n' && cat; }
}

last_of() { # name of a final statistic, log
    sed -n "s/^stat::$1: *//p" "$2" | tail -1
}

# One line for people, one for the ledger. Status 1 where the target broke.
run_one() {
    local name=$1 log=$build/logs/$1.log begun status=0 executed edges seconds
    mkdir -p "$build/learnt/$name" "$build/found/$name" "$build/logs"
    local inputs=("$build/learnt/$name" "corpus/$name")
    [ ! -d "regressions/$name" ] || inputs+=("regressions/$name")
    local options=(-timeout=25 -rss_limit_mb=2048 -print_final_stats=1 -use_value_profile=0)
    [ ! -f "dictionaries/$name" ] || options+=("-dict=dictionaries/$name")
    [ ! -f "options/$name" ] || mapfile -t -O ${#options[@]} options <"options/$name"
    begun=$(date +%s)
    TMPDIR=$work "$build/tests/fuzz/fuzz_$name" "${limit[@]}" "${options[@]}" "-artifact_prefix=$build/found/$name/" "${inputs[@]}" \
        >"$log" 2>&1 </dev/null || status=$?
    [ $status -ne 72 ] || status=0 # who interrupts it is not told that it is broken
    seconds=$(($(date +%s) - begun))
    executed=$(last_of number_of_executed_units "$log")
    edges=$(grep -oE 'cov: [0-9]+' "$log" | tail -1 | cut -d' ' -f2)
    printf '%s\t%s\t%s\t%s\t%s\n' "$name" "${executed:-0}" "$seconds" "${edges:-0}" "$status" >>"$ledger"
    printf '%-14s %12s executions %8s/s %8s edges  %s\n' "$name" "${executed:-?}" \
        "$((${executed:-0} / (seconds > 0 ? seconds : 1)))" "${edges:-?}" "$([ $status -eq 0 ] && echo passed || echo BROKEN)"
    [ $status -eq 0 ] && return
    grep -aE '^azid fuzz|ERROR: |SUMMARY|runtime error|Test unit written' "$log" | sed "s/^/    /"
    echo "    log: $log"
    return 1
}

if [ -n "$tally" ]; then
    tally
    exit 0
fi
if [ ${#targets[@]} -eq 0 ]; then
    for source in targets/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi
for name in "${targets[@]}"; do
    [ -x "$build/tests/fuzz/fuzz_$name" ] || { echo "There is no fuzz target $name." >&2 && exit 2; }
done
failures=0
running=0
for name in "${targets[@]}"; do
    if [ $running -ge 2 ]; then
        wait -n || failures=$((failures + 1))
        running=$((running - 1))
    fi
    run_one "$name" &
    running=$((running + 1))
done
for ((; running > 0; --running)); do
    wait -n || failures=$((failures + 1))
done
echo "$((${#targets[@]} - failures)) passed, $failures failed"
[ $failures -eq 0 ]
