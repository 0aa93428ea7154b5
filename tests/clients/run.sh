#!/bin/bash
# Real clients against a state, through both doors: tests/clients/run.sh AZID [CLIENT]...
#   python       Azure's SDK for Python, as installed
#   javascript   Azure's SDK for JavaScript; npm fetches it into build/clients
# Without a client: all. Exit status 77 when nothing that was asked for could run here, and why is said.
set -euo pipefail
azid=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
folder=$here/../../build/clients
clients=("$@")
[ $# -gt 0 ] || clients=(python javascript)

python=
find_python() {
    for python in /usr/bin/python3 python3; do
        "$python" -c 'import azure.identity, azure.keyvault.keys, azure.mgmt.msi, azure.storage.blob' 2>"$work/python" && return
    done
    why="no Python here has Azure's SDK (Debian's package python3-azure): $(tail -1 "$work/python")"
    return 1
}

find_javascript() {
    why="the SDK needs Node.js 20 or newer, with npm"
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null ||
        return
    mkdir -p "$folder"
    cp "$here/package.json" "$here/client.mjs" "$folder/"
    (cd "$folder" && npm ls) >"$work/npm" 2>&1 && return
    (cd "$folder" && timeout 30 npm ping --fetch-retries=0 &&
        timeout 240 npm install --no-package-lock --no-fund --no-audit --fetch-retries=1 --fetch-timeout=30000) \
        >"$work/npm" 2>&1 && return
    why="npm could not fetch the packages: $(grep -m1 'npm error' "$work/npm" || tail -1 "$work/npm")"
    return 1
}

run_python() { "$azid" exec --via "$1" --vm web -g rg -- "$python" "$here/client.py" "$2"; }
run_javascript() { "$azid" exec --via "$1" --vm web -g rg -- node "$folder/client.mjs" "$2"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runnable=()
for client in "${clients[@]}"; do
    if "find_$client"; then runnable+=("$client"); else echo "-- $client: skipped: $why"; fi
done
[ ${#runnable[@]} -gt 0 ] || exit 77

. "$here/world.sh"
make_world
status=0
for door in namespace proxy; do
    if [ $door = namespace ] && ! "$azid" exec --via namespace -- true 2>"$work/refused"; then
        echo "-- namespace: skipped: $(cat "$work/refused")"
        continue
    fi
    for client in "${runnable[@]}"; do
        for who in identity principal; do
            echo "-- $client, $door, $who"
            "run_$client" $door $who || status=1
        done
    done
done
exit $status
