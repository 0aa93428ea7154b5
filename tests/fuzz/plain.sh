#!/bin/bash
# Runs fuzz targets without libFuzzer, as many at once as there are processors: plain.sh FUZZ_CASES [TARGET...] [--seconds N].
# What breaks a target is left in a folder that is named. Used by "./dev fuzz --plain".
set -uo pipefail
program=$(readlink -f "$1")
shift
cd "$(dirname "$0")" || exit 2
seconds=60
targets=()
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=${2:?} && shift ;;
    -*) echo "plain.sh does not know $1." >&2 && exit 2 ;;
    *) targets+=("$1") ;;
    esac
    shift
done
if [ ${#targets[@]} -eq 0 ]; then
    for source in targets/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi
kept=$(mktemp -d)
export program seconds kept
run_one() {
    mkdir "$kept/$1"
    if "$program" "$1" --seconds "$seconds" --keep "$kept/$1" >"$kept/$1.log" 2>&1; then
        printf '%-14s %s\n' "$1" "$(tail -1 "$kept/$1.log")"
        return
    fi
    printf '%-14s BROKEN; its input is in %s\n' "$1" "$kept/$1"
    tail -5 "$kept/$1.log" | sed 's/^/    /'
    return 1
}
export -f run_one
if printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run_one {}'; then
    rm -rf "$kept"
    echo "${#targets[@]} targets held for $seconds seconds each"
else
    exit 1
fi
