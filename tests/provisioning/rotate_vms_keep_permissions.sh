# Machines are replaced every night. With a user-assigned identity their permissions stay; with a system-assigned one
# they go with the machine.
set -eu
. "${0%/*}/assert.sh"

group=nightly
az group create -n $group -l westeurope --output none
scope=$(az group show -n $group --query id -o tsv)
az identity create -g $group -n build --output none
client=$(az identity show -g $group -n build --query clientId -o tsv)
az role assignment create --assignee "$client" --role Contributor --scope "$scope" --output none

new_machine() {
    if az vm show -g $group -n builder --output none 2>/dev/null; then
        az vm delete -g $group -n builder --yes
    fi
    az vm create -g $group -n builder --image Ubuntu2204 --generate-ssh-keys --assign-identity '[system]' build \
        --admin-username azureuser --output none
}

new_machine
first=$(az vm show -g $group -n builder --query identity.principalId -o tsv)
az role assignment create --assignee-object-id "$first" --assignee-principal-type ServicePrincipal --role Reader \
    --scope "$scope" --output none

for night in 1 2 3; do new_machine; done

last=$(az vm show -g $group -n builder --query identity.principalId -o tsv)
[ "$first" != "$last" ] || same "another principal" "$last" "the system-assigned identity of a new machine"
same 1 "$(az role assignment list -g $group --assignee "$client" --query 'length(@)')" "roles of the shared identity"
same 0 "$(az role assignment list -g $group --assignee-object-id "$last" --query 'length(@)')" "roles of the new machine"
# What was given to the first machine still stands there, for nobody.
same "" "$(az role assignment list -g $group --query "[?principalId=='$first'].principalName" -o tsv)" "the orphan's name"
as_machine "$(az vm show -g $group -n builder --query id -o tsv)" --client-id "$client"
az group update -n $group --set tags.built=yes --output none
same yes "$(az group show -n $group --query tags.built -o tsv)" "what the new machine could still do"
