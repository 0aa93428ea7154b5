# A machine puts its backups into a container with its identity; the office may only read them.
set -eu
. "${0%/*}/assert.sh"

account=backups$$
az group create -n backup -l westeurope -o none
az storage account create -g backup -n $account --sku Standard_LRS --allow-shared-key-access false -o none
account_id=$(az storage account show -n $account --query id -o tsv)
me=$(az ad signed-in-user show --query id -o tsv)
az role assignment create --assignee-object-id "$me" --assignee-principal-type User \
    --role "Storage Blob Data Contributor" --scope "$account_id" -o none
az storage container create --account-name $account -n nightly --auth-mode login -o none

az vm create -g backup -n db --image Debian11 --generate-ssh-keys --assign-identity --admin-username azureuser \
    --role "Storage Blob Data Contributor" --scope "$account_id/blobServices/default/containers/nightly" -o none
az vm create -g backup -n office --image Debian11 --generate-ssh-keys --assign-identity --admin-username azureuser \
    --role "Storage Blob Data Reader" --scope "$account_id" -o none

as_machine "$(az vm show -g backup -n db --query id -o tsv)"
for day in mon tue wed; do
    echo "dump of $day" >"$day.sql"
    az storage blob upload --account-name $account -c nightly -n "2026/$day.sql" -f "$day.sql" --auth-mode login -o none
done

as_myself
office=$(az vm show -g backup -n office --query id -o tsv)
as_machine "$office"
same "2026/mon.sql 2026/tue.sql 2026/wed.sql" "$(az storage blob list --account-name $account -c nightly \
    --auth-mode login --query '[].name' -o tsv | xargs)" "blobs"
az storage blob download --account-name $account -c nightly -n 2026/tue.sql -f restored.sql --auth-mode login -o none
same "dump of tue" "$(cat restored.sql)" "the restored dump"
refused "a reader who deletes" az storage blob delete --account-name $account -c nightly -n 2026/mon.sql --auth-mode login
