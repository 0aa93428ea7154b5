# A nightly job leaves its machine for a function app: same identity, same rights, then the machine may go.
set -eu
. "${0%/*}/assert.sh"

group=jobs store=jobstore$$
az group create -n $group -l westeurope --tags cost-center=42 -o none
az storage account create -g $group -n $store --sku Standard_LRS -o none
store_id=$(az storage account show -g $group -n $store --query id -o tsv)
identity=$(az identity create -g $group -n job --query id -o tsv)
az role assignment create --role "Storage Queue Data Contributor" --scope "$store_id" \
    --assignee-object-id "$(az identity show --ids "$identity" --query principalId -o tsv)" \
    --assignee-principal-type ServicePrincipal -o none
az vm create -g $group -n old --image Ubuntu2204 --generate-ssh-keys --assign-identity "$identity" -o none

az functionapp create -g $group -n job-$$ -s $store --consumption-plan-location westeurope --os-type Linux \
    --runtime python --functions-version 4 --disable-app-insights true -o none
az functionapp identity assign -g $group -n job-$$ --identities "$identity" -o none
same "job-$$ old" "$(az identity list-resources -g $group -n job --query 'sort([].name)' -o tsv | xargs)" "users of the identity"
same "functionapp,linux" "$(az functionapp show -g $group -n job-$$ --query kind -o tsv)" "the kind of the app"

az vm delete -g $group -n old --yes
for type in Microsoft.Network/networkInterfaces Microsoft.Network/publicIPAddresses Microsoft.Network/networkSecurityGroups \
    Microsoft.Network/virtualNetworks Microsoft.Compute/disks; do
    ids=$(az resource list -g $group --resource-type $type --query '[].id' -o tsv)
    if [ -n "$ids" ]; then printf '%s\n' "$ids" | xargs -n 1 az resource delete --ids; fi
done
same "job job-$$ $store" "$(az resource list -g $group -o json |
    jq -r '.[] | select(.type != "Microsoft.Web/serverfarms") | .name' | sort | xargs)" "what is left"
same 1 "$(az role assignment list --scope "$store_id" --query 'length(@)')" "rights of the job"
