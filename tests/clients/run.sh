#!/bin/bash
# Real clients against the state, through both doors: tests/clients/run.sh AZID. Installs Azure's SDK for JavaScript from
# the npm registry into build/clients first. Exit status 77 where there is no Node.js.
set -euo pipefail
azid=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
command -v npm >/dev/null || { echo "skipped: there is no npm here"; exit 77; }
folder=$here/../../build/clients
mkdir -p "$folder"
cp "$here/package.json" "$here/client.mjs" "$folder/"
(cd "$folder" && npm install --silent --no-package-lock --no-fund --no-audit)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AZID_STATE=$work/state.db
"$azid" group create -n rg -l westeurope -o none
"$azid" vm create -g rg -n web --image Ubuntu2204 --assign-identity --generate-ssh-keys -o none --only-show-errors
"$azid" keyvault create -g rg -n kv-clients -o none
subscription=$("$azid" account show --query id -o tsv)
scope=/subscriptions/$subscription
"$azid" ad sp create-for-rbac -n clients --only-show-errors >"$work/sp.json"
field() { "$azid" query "$work/sp.json" --query "$1" -o tsv; }
principals=("$("$azid" vm show -g rg -n web --query identity.principalId -o tsv)"
            "$("$azid" ad sp show --id "$(field appId)" --query id -o tsv)")
for principal in "${principals[@]}"; do
    for role in Owner "Key Vault Secrets Officer"; do
        "$azid" role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
            --role "$role" --scope "$scope" -o none
    done
done

status=0
for door in namespace proxy; do
    if [ $door = namespace ] && ! "$azid" exec --via namespace -- true 2>"$work/refused"; then
        echo "-- namespace: skipped: $(cat "$work/refused")"
        continue
    fi
    in_vm() { "$azid" exec --via $door --vm web -g rg -- node "$folder/client.mjs" "$subscription" https://kv-clients.vault.azure.net "$@"; }
    echo "-- $door, managed identity"
    in_vm || status=1
    echo "-- $door, service principal"
    in_vm "$(field tenant)" "$(field appId)" "$(field password)" || status=1
done
exit $status
