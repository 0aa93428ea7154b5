# An audit: every machine with the identities it has and the roles these have, as a table for a spreadsheet.
set -eu
. "${0%/*}/assert.sh"

az group create -n audit -l westeurope -o none
scope=$(az group show -n audit --query id -o tsv)
az identity create -g audit -n shared -o none
az role assignment create --role Reader --scope "$scope" --assignee-principal-type ServicePrincipal \
    --assignee-object-id "$(az identity show -g audit -n shared --query principalId -o tsv)" -o none
az vm create -g audit -n a --image Debian11 --generate-ssh-keys --admin-username azureuser --assign-identity shared -o none
az vm create -g audit -n b --image Debian11 --generate-ssh-keys --admin-username azureuser \
    --assign-identity '[system]' shared --role Contributor --scope "$scope" -o none
az vm create -g audit -n c --image Debian11 --generate-ssh-keys --admin-username azureuser -o none

echo "machine;identity;roles" >report.csv
for machine in $(az vm list -g audit --query 'sort_by([], &name)[].name' -o tsv); do
    az vm identity show -g audit -n "$machine" -o json >identity.json
    [ -s identity.json ] || { echo "$machine;none;" >>report.csv; continue; }
    jq -r '(select(.principalId != null) | "system \(.principalId)"),
           ((.userAssignedIdentities // {}) | to_entries[] | "\(.key | split("/") | last) \(.value.principalId)")' identity.json |
        while read -r name principal; do
            roles=$(az role assignment list --all --assignee "$principal" --query '[].roleDefinitionName' -o tsv | xargs)
            echo "$machine;$name;$roles" >>report.csv
        done
done
cat >expected.csv <<'CSV'
machine;identity;roles
a;shared;Reader
b;system;Contributor
b;shared;Reader
c;none;
CSV
diff expected.csv report.csv
same 1 "$(az vm list -g audit --query 'length([?identity==null])')" "machines without an identity"
