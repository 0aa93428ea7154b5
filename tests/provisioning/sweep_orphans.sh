# Role assignments outlive the identities they were made for. This finds those of nobody and deletes them.
set -eu
. "${0%/*}/assert.sh"

az group create -n lab -l westeurope -o none
scope=$(az group show -n lab --query id -o tsv)
for name in alpha beta gamma delta; do
    principal=$(az identity create -g lab -n "id-$name" --query principalId -o tsv)
    az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
        --role "Virtual Machine Contributor" --scope "$scope" -o none
done

az identity list -g lab --query "[?name=='id-alpha' || name=='id-gamma'].name" -o tsv |
    xargs -I{} az identity delete -g lab -n {}
same 2 "$(az identity list -g lab --query 'length(@)')" "identities that are left"
same 4 "$(az role assignment list -g lab --query 'length(@)')" "role assignments before"

orphans=$(az role assignment list -g lab -o json |
    jq -r '.[] | select(.principalName == "" and .principalType == "ServicePrincipal") | .id')
same 2 "$(printf '%s\n' "$orphans" | grep -c roleAssignments)" "orphans"
printf '%s\n' "$orphans" | while read -r id; do az role assignment delete --ids "$id"; done
same 2 "$(az role assignment list -g lab --query 'length(@)')" "role assignments after"

az group delete -n lab --yes
same false "$(az group exists -n lab)" "the group"
