# An application's settings, written to a file on the machine from the secrets that carry its tag.
set -eu
. "${0%/*}/assert.sh"

vault=kv-settings-$$
az group create -n settings -l westeurope -o none
az keyvault create -g settings -n $vault --enable-rbac-authorization false -o none
az keyvault set-policy -n $vault --object-id "$(az ad signed-in-user show --query id -o tsv)" --secret-permissions all -o none
while read -r name value; do
    az keyvault secret set --vault-name $vault -n "$name" --value "$value" --tags app=shop -o none
done <<'LIST'
db-host sql.contoso.example
db-user shop
db-password p@ss=word
LIST
az keyvault secret set --vault-name $vault -n unrelated --value no -o none

az vm create -g settings -n web --image Ubuntu2204 --generate-ssh-keys --assign-identity -o none
az keyvault set-policy -n $vault --secret-permissions get list \
    --object-id "$(az vm show -g settings -n web --query identity.principalId -o tsv)" -o none

as_machine "$(az vm show -g settings -n web --query id -o tsv)"
for name in $(az keyvault secret list --vault-name $vault --query "[?tags.app=='shop'].name" -o tsv); do
    variable=$(printf %s "$name" | tr 'a-z-' 'A-Z_')
    printf '%s=%s\n' "$variable" "$(az keyvault secret show --vault-name $vault -n "$name" --query value -o tsv)"
done | sort >settings.env
same "DB_HOST=sql.contoso.example DB_PASSWORD=p@ss=word DB_USER=shop" "$(xargs <settings.env)" "the settings"
refused "a reader who deletes" az keyvault secret delete --vault-name $vault -n db-user
