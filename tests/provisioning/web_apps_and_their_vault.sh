# Every web app gets an identity and the right to read one vault; what has the right and is no app any more is found.
set -eu
. "${0%/*}/assert.sh"

az group create -n sites -l westeurope -o none
vault=$(az keyvault create -g sites -n kv-sites-$$ --query id -o tsv)
az appservice plan create -g sites -n plan --is-linux --sku B1 -o none
for name in front admin api; do
    az webapp create -g sites -n "contoso-$name" -p plan --runtime NODE:20-lts -o none
done

for name in $(az webapp list -g sites --query '[].name' -o tsv); do
    principal=$(az webapp identity assign -g sites -n "$name" --query principalId -o tsv)
    az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
        --role "Key Vault Secrets User" --scope "$vault" -o none
done
same 3 "$(az webapp list -g sites --query "length([?identity.type=='SystemAssigned'])")" "apps with an identity"
same 3 "$(az role assignment list --scope "$vault" --query 'length(@)')" "rights at the vault"

az webapp delete -g sites -n contoso-admin
principals=$(az webapp list -g sites --query '[].identity.principalId' -o tsv)
az role assignment list --scope "$vault" --query '[].[principalId, id]' -o tsv >rights
while IFS="$(printf '\t')" read -r principal id; do
    printf '%s\n' "$principals" | grep -q "$principal" || az role assignment delete --ids "$id"
done <rights
same 2 "$(az role assignment list --scope "$vault" --query 'length(@)')" "rights after an app went"
