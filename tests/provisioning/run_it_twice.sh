# A provisioning script that may be run again: what is there is left alone, what is missing is made.
set -eu
. "${0%/*}/assert.sh"

made=0
provision() {
    if [ "$(az group exists --name app)" = false ]; then
        az group create --name app --location westeurope --output none
        made=$((made + 1))
    fi
    if ! az identity show --resource-group app --name app --output none 2>/dev/null; then
        az identity create --resource-group app --name app --output none
        made=$((made + 1))
    fi
    for name in front back; do
        if ! az vm show --resource-group app --name $name >/dev/null 2>&1; then
            az vm create --resource-group app --name $name --image Ubuntu2204 --generate-ssh-keys --output none
            made=$((made + 1))
        fi
        az vm identity assign --resource-group app --name $name --identities app --output none
    done
    principal=$(az identity show -g app -n app --query principalId -o tsv)
    scope=$(az group show --name app --query id --output tsv)
    if [ "$(az role assignment list --assignee "$principal" --role Reader --scope "$scope" --query 'length(@)')" -eq 0 ]; then
        az role assignment create --role Reader --assignee-object-id "$principal" \
            --assignee-principal-type ServicePrincipal --scope "$scope" --output none
        made=$((made + 1))
    fi
}

provision
same 5 $made "things made by the first run"
az vm delete --resource-group app --name back --yes
provision
same 6 $made "things made after one was lost"
provision
same 6 $made "things made by a run with nothing to do"
same 2 "$(az vm list -g app --query "length([?identity.userAssignedIdentities])")" "machines with the identity"
