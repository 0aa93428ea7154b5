# A machine reads a password from a vault with its own identity: no password in the image, none in the script.
set -eu
. "${0%/*}/assert.sh"

group=shop
location=westeurope
vault=kv-shop-$$

az group create --name $group --location $location --output none
vault_id=$(az keyvault create --resource-group $group --name $vault --query id --output tsv)
me=$(az ad signed-in-user show --query id --output tsv)
az role assignment create --role "Key Vault Secrets Officer" --assignee-object-id "$me" --assignee-principal-type User \
    --scope "$vault_id" --output none
az keyvault secret set --vault-name $vault --name db-password --value 's3cr3t!' --output none

az vm create --resource-group $group --name web --image Ubuntu2204 --size Standard_B1s --assign-identity \
    --generate-ssh-keys --output none
principal=$(az vm show --resource-group $group --name web --query identity.principalId --output tsv)
machine=$(az vm show -g $group -n web --query id -o tsv)

# Before the role is given the machine gets a token all right, and nothing for it.
as_machine "$machine"
refused "a machine without a role" az keyvault secret show --vault-name $vault --name db-password

as_myself
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
    --role "Key Vault Secrets User" --scope "$vault_id" --output none

as_machine "$machine"
same 's3cr3t!' "$(az keyvault secret show --vault-name $vault --name db-password --query value -o tsv)" "the secret"
refused "a reader who writes" az keyvault secret set --vault-name $vault --name db-password --value other
