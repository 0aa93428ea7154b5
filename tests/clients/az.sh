#!/bin/bash
# The real az against a state, through both doors: tests/clients/az.sh AZID. What it prints must be what azid prints.
#   AZ   the az command, 2.60 or newer; without it the one that ../shared/clients/az274 has set up, or the system's own
# Exit status 77 where there is none.
set -euo pipefail
azid=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
shared=$here/../../../shared/clients

if [ -z "${AZ:-}" ]; then
    if [ -x "$shared/az274" ] && [ -x "${AZ274_ROOT:-/var/cache/az274}/usr/bin/az" ] && [ "$(id -u)" = 0 ]; then
        AZ="$(realpath "$shared/az274") run"
    elif version=$(az version --query '"azure-cli"' -o tsv 2>/dev/null) &&
        printf '2.60.0\n%s\n' "$version" | sort -V -C; then
        AZ=az
    else
        echo "-- az: skipped: there is no az 2.60 or newer here"
        exit 77
    fi
fi
export AZ AZ274_BIND=/tmp

work=$(mktemp -d /tmp/azid-az.XXXXXX)
trap 'rm -rf "$work"' EXIT
. "$here/world.sh"
make_world
"$azid" rest --method POST --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments -o none \
    --body "{\"principalId\":\"$(at ad sp show --id "$CLIENT" --query id)\",\"directoryScopeId\":\"/\",\"roleDefinitionId\":\"88d8e3e3-8f55-4a1e-953a-9b9898b8876b\"}"
"$azid" role assignment create --assignee "$CLIENT" --role "Key Vault Secrets Officer" -o none \
    --scope "/subscriptions/$SUBSCRIPTION/resourceGroups/rg"
"$azid" login --service-principal -u "$CLIENT" -p "$SECRET" --tenant "$TENANT" -o none
"$azid" keyvault secret set --vault-name kv-clients -n password --value s3cret -o none
status=0
for door in namespace proxy; do
    if [ $door = namespace ] && ! "$azid" exec --via namespace -- true 2>"$work/refused"; then
        echo "-- az, namespace: skipped: $(cat "$work/refused")"
        continue
    fi
    echo "-- az, $door"
    python3 "$here/compare_az.py" "$azid" $door || status=1
done
exit $status
