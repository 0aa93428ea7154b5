#!/bin/sh
# Runs every script of this folder in one shell, each with a state of its own and az being azid. run.sh AZID SHELL [SCRIPT...]
# Exit status: 0 all succeeded, 1 one failed, 77 the shell, or jq, is not installed.
set -eu
program=$(readlink -f "$1")
shell=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
for needed in "$shell" jq; do
    command -v "$needed" >/dev/null || { echo "skipped: there is no $needed here"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/az"
ln -s "$program" "$work/bin/azid"
[ $# -gt 0 ] || set -- "$here"/*.sh
failed=0
for script in "$@"; do
    name=$(basename "$script" .sh)
    case $name in run | assert) continue ;; esac
    folder=$work/$name
    mkdir "$folder"
    status=0
    (cd "$folder" && env -i PATH="$work/bin:$PATH" HOME="$folder" TMPDIR="$folder" AZID_STATE="$folder/state.db" \
        AZURE_CORE_ONLY_SHOW_ERRORS=1 "$shell" "$(readlink -f "$here/$name.sh")" >"$folder/output" 2>&1 </dev/null) || status=$?
    if [ $status -eq 0 ]; then
        echo "ok      $name"
    else
        echo "FAILED  $name (exit status $status)"
        sed 's/^/        /' "$folder/output"
        failed=$((failed + 1))
    fi
done
[ $failed -eq 0 ] || { echo "$failed scripts failed in $shell"; exit 1; }
