# Nobody deletes production by mistake: the lock has to go first, and somebody has to say so.
set -eu
. "${0%/*}/assert.sh"

az group create -n production -l westeurope -o none
az identity create -g production -n app -o none
az lock create --name keep --lock-type CanNotDelete --resource-group production --notes "Ask operations." -o none

if az group delete -n production --yes 2>problem; then
    echo "the group should be locked" >&2
    exit 1
fi
grep -q ScopeLocked problem
refused "an identity in a locked group" az identity delete -g production -n app
az group update -n production --set tags.owner=operations -o none # changing is allowed

for lock in $(az lock list -g production --query "[?level=='CanNotDelete'].id" -o tsv); do
    az lock delete --ids "$lock"
done
same 0 "$(az lock list -g production --query 'length(@)')" "locks"
az group delete -n production --yes
same false "$(az group exists -n production)" "the group"
