# Everything tagged for office hours is deallocated in the evening and started in the morning.
set -eu
. "${0%/*}/assert.sh"

az group create -n office -l westeurope -o none
for name in mail wiki build; do
    hours=office
    [ $name = build ] && hours=always
    az vm create -g office -n $name --image Debian11 --generate-ssh-keys --admin-username azureuser \
        --tags hours=$hours -o none
done

states() { az vm list -g office -d --query "sort_by([], &name)[].powerState" -o tsv | sed 's/VM //' | xargs; }

same "running running running" "$(states)" "by day"
az vm deallocate --ids $(az vm list -g office --query "[?tags.hours=='office'].id" -o tsv)
same "running deallocated deallocated" "$(states)" "in the evening"
az vm list -g office --query "[?tags.hours=='office'].name" -o tsv | xargs -n 1 az vm start -g office -n
same "running running running" "$(states)" "in the morning"

for name in $(az vm list -g office --query "[?tags.hours=='office'].name" -o tsv); do
    az vm stop -g office -n "$name"
done
same 2 "$(az vm list -g office -d -o json | jq '[.[] | select(.powerState == "VM stopped")] | length')" "stopped machines"
