# A role of one's own that may restart machines and nothing else, given to a machine that watches the others.
set -eu
. "${0%/*}/assert.sh"

subscription=$(az account show --query id -o tsv)
az group create -n farm -l westeurope -o none
jq -n --arg scope "/subscriptions/$subscription" '{
    Name: "Machine Restarter", Description: "May see and restart machines.",
    Actions: ["Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/restart/action"],
    NotActions: [], AssignableScopes: [$scope]}' >restarter.json
role=$(az role definition create --role-definition restarter.json --query name -o tsv)
same "Machine Restarter" "$(az role definition list --name "$role" --query '[0].roleName' -o tsv)" "the role's name"

for name in watcher web db; do
    az vm create -g farm -n $name --image Ubuntu2204 --generate-ssh-keys -o none
done
principal=$(az vm identity assign -g farm -n watcher --query systemAssignedIdentity -o tsv)
for name in web db; do
    az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
        --role "Machine Restarter" --scope "$(az vm show -g farm -n $name --query id -o tsv)" -o none
done

as_machine "$(az vm show -g farm -n watcher --query id -o tsv)"
same "db web" "$(az vm list --query 'sort([].name)' -o tsv | xargs)" "machines that the watcher sees"
for id in $(az vm list --query '[].id' -o tsv); do az vm restart --ids "$id"; done
refused "a restarter who deletes" az vm delete -g farm -n web --yes
refused "a restarter of a machine that is not his" az vm restart -g farm -n watcher

as_myself
az role assignment list --all --assignee "$principal" --query '[].id' -o tsv | xargs -n 1 az role assignment delete --ids
az role definition delete --name "Machine Restarter"
same 0 "$(az role definition list --custom-role-only true --query 'length(@)')" "roles of our own"
