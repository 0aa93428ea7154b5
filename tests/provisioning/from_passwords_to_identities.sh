# A job signed in with an application's password. It gets the same roles as the machine it runs on, and the password
# goes.
set -eu
. "${0%/*}/assert.sh"

az group create -n billing -l westeurope -o none
group_id=$(az group show -n billing --query id -o tsv)
vault_id=$(az keyvault create -g billing -n kv-billing-$$ --query id -o tsv)

az ad sp create-for-rbac --name billing-job --role Reader --scopes "$group_id" -o json >credentials.json
app=$(jq -r .appId credentials.json)
password=$(jq -r .password credentials.json)
tenant=$(jq -r .tenant credentials.json)
az role assignment create --assignee "$app" --role "Key Vault Secrets User" --scope "$vault_id" -o none

az login --service-principal -u "$app" -p "$password" --tenant "$tenant" -o none
same billing "$(az group list --query '[].name' -o tsv)" "what the application sees"
as_myself

az vm create -g billing -n job --image Ubuntu2204 --generate-ssh-keys --assign-identity -o none
machine=$(az vm show -g billing -n job --query identity.principalId -o tsv)

# The same roles at the same places, one by one.
az role assignment list --assignee "$app" --all --query '[].[roleDefinitionName, scope]' -o tsv |
    while IFS="$(printf '\t')" read -r role scope; do
        az role assignment create --assignee-object-id "$machine" --assignee-principal-type ServicePrincipal \
            --role "$role" --scope "$scope" -o none
    done
roles_of() {
    az role assignment list --all --assignee "$1" --query '[].roleDefinitionName' -o tsv | sort | tr '\n' ','
}
same "$(roles_of "$app")" "$(roles_of "$machine")" "the roles of both"

az role assignment list --all --assignee "$app" --query '[].id' -o tsv | xargs az role assignment delete --ids
az ad sp delete --id "$app"
az ad app list --display-name billing-job --query '[].appId' -o tsv | xargs -r -n 1 az ad app delete --id
rm credentials.json
refused "the old password" az login --service-principal -u "$app" -p "$password" --tenant "$tenant"

as_machine "$(az vm show -g billing -n job --query id -o tsv)"
same billing "$(az group list --query '[].name' -o tsv)" "what the machine sees"
