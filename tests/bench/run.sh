#!/bin/bash
# How long one command takes, beside an empty process on the same machine: run.sh AZID [RUNS]
# Figures are ratios to /bin/true, so that they can be compared between machines.
set -euo pipefail
azid=$(readlink -f "$1")
runs=${2:-50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AZID_STATE=$work/state.db

# Milliseconds of one run, averaged.
cost() {
    local begin end
    begin=$(date +%s%N)
    for ((i = 0; i < runs; ++i)); do "$@" >/dev/null 2>&1; done
    end=$(date +%s%N)
    awk -v ns=$((end - begin)) -v runs="$runs" 'BEGIN { printf "%.3f", ns / runs / 1e6 }'
}

"$azid" group create -n rg -l westeurope -o none
"$azid" vm create -g rg -n web --image Ubuntu2204 --generate-ssh-keys --assign-identity -o none --only-show-errors
"$azid" token get -g rg -n web --resource https://vault.azure.net -o none
base=$(cost /bin/true)
printf '%-44s %10s %8s\n' command ms ratio
printf '%-44s %10s %8s\n' /bin/true "$base" 1.0
row() {
    local ms
    ms=$(cost "$azid" "$@")
    printf '%-44s %10s %8s\n' "azid $*" "$ms" "$(awk -v a="$ms" -v b="$base" 'BEGIN { printf "%.1f", a / b }')"
}
row version
row group list
row group create -n rg -l westeurope
row vm show -g rg -n web
row identity create -g rg -n app
row token get -g rg -n web --resource https://vault.azure.net
row role definition list --name Reader
