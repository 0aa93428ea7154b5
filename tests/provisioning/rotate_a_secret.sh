# A password is changed: a new version of the secret, the older ones switched off, the machine notices nothing.
set -eu
. "${0%/*}/assert.sh"

vault=kv-rotate-$$
az group create -n rotate -l westeurope -o none
az keyvault create -g rotate -n $vault -o none
scope=$(az keyvault show -n $vault --query id -o tsv)
az role assignment create --role "Key Vault Secrets Officer" --assignee "$(az ad signed-in-user show --query id -o tsv)" \
    --scope "$scope" -o none
az vm create -g rotate -n app --image Ubuntu2204 --generate-ssh-keys --assign-identity \
    --role "Key Vault Secrets User" --scope "$scope" -o none
machine=$(az vm show -g rotate -n app --query id -o tsv)

rotate() {
    current=$(az keyvault secret set --vault-name $vault -n db --value "$1" --query id -o tsv)
    for version in $(az keyvault secret list-versions --vault-name $vault -n db --query "[?attributes.enabled].id" -o tsv); do
        [ "$version" = "$current" ] ||
            az keyvault secret set-attributes --id "$version" --enabled false -o none
    done
}
reads() {
    as_machine "$machine"
    same "$1" "$(az keyvault secret show --vault-name $vault -n db --query value -o tsv)" "what the machine reads"
    as_myself
}

rotate first
reads first
rotate second
reads second
rotate third
reads third
same 3 "$(az keyvault secret list-versions --vault-name $vault -n db --query 'length(@)')" "versions"
same 1 "$(az keyvault secret list-versions --vault-name $vault -n db --query 'length([?attributes.enabled])')" "versions in use"
old=$(az keyvault secret list-versions --vault-name $vault -n db --query "[?!attributes.enabled] | [0].id" -o tsv)
refused "a version that is switched off" az keyvault secret show --id "$old"
