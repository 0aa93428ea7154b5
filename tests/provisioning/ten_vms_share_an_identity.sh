# Ten workers, one identity: the role is given once, before the first machine exists.
set -eu
. "${0%/*}/assert.sh"

az group create -n workers -l northeurope -o none
identity=$(az identity create -g workers -n worker --query id -o tsv)
principal=$(az identity show --ids "$identity" --query principalId -o tsv)
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role Reader \
    --scope "$(az group show -n workers --query id -o tsv)" -o none

for number in 1 2 3 4 5 6 7 8 9 10; do
    az vm create -g workers -n "worker$number" --image Debian11 --size Standard_B1s --admin-username azureuser \
        --generate-ssh-keys --assign-identity "$identity" --public-ip-address "" -o none
done

same 10 "$(az vm list -g workers --query "length([?identity.type=='UserAssigned'])")" "machines with the identity"
same 10 "$(az identity list-resources -g workers -n worker --query 'length(@)')" "resources of the identity"
same 1 "$(az role assignment list -g workers --assignee "$principal" --query 'length(@)')" "role assignments"

# Every one of them is the same principal to whom it calls.
seen=$(for id in $(az vm list -g workers --query '[].id' -o tsv); do
    az vm identity show --ids "$id" --query 'userAssignedIdentities.*.principalId | [0]' -o tsv
done | sort -u)
same "$principal" "$seen" "the principal of all machines"
as_machine "$(az vm show -g workers -n worker7 --query id -o tsv)" --resource-id "$identity"
same workers "$(az group show -n workers --query name -o tsv)" "the group as a worker sees it"
