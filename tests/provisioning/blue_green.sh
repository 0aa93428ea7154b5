# The green machines take over from the blue ones: the identity that may call the database moves with the traffic.
set -eu
. "${0%/*}/assert.sh"

az group create -n shop -l westeurope -o none
id=$(az identity create -g shop -n caller --query id -o tsv)
for colour in blue green; do
    for number in 1 2; do
        az vm create -g shop -n "$colour$number" --image Ubuntu2204 --generate-ssh-keys --tags colour=$colour -o none
    done
done
machines() { az vm list -g shop --query "[?tags.colour=='$1'].name" -o tsv; }
callers() { az identity list-resources -g shop -n caller --query 'sort([].name)' -o tsv | xargs; }

machines blue | xargs -I{} az vm identity assign -g shop -n {} --identities "$id" -o none
same "blue1 blue2" "$(callers)" "callers before"

for machine in $(machines green); do az vm identity assign -g shop -n "$machine" --identities "$id" -o none; done
same 4 "$(az identity list-resources -g shop -n caller --query 'length(@)')" "callers during the change"
for machine in $(machines blue); do az vm identity remove -g shop -n "$machine" --identities "$id" -o none; done
same "green1 green2" "$(callers)" "callers after"

refused "a machine that gave it back" as_machine "$(az vm show -g shop -n blue1 --query id -o tsv)" --resource-id "$id"
as_myself
as_machine "$(az vm show -g shop -n green1 --query id -o tsv)" --resource-id "$id"
as_myself
az vm delete --yes --ids $(az vm list -g shop --query "[?tags.colour=='blue'].id" -o tsv)
same "green1 green2" "$(az vm list -g shop --query 'sort([].name)' -o tsv | xargs)" "machines that are left"
