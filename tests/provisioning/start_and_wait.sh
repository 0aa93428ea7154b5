# Several machines at once, without waiting for each; then one wait for all, and a look at where they answer.
set -eu
. "${0%/*}/assert.sh"

az group create -n fleet -l westeurope -o none
az network vnet create -g fleet -n net --address-prefix 10.1.0.0/16 --subnet-name front --subnet-prefix 10.1.1.0/24 -o none
for number in 1 2 3; do
    az vm create -g fleet -n "node$number" --image Debian11 --generate-ssh-keys --admin-username azureuser \
        --vnet-name net --subnet front --assign-identity --no-wait
done
for number in 1 2 3; do az vm wait -g fleet -n "node$number" --created; done

tries=0
until [ "$(az vm list -g fleet --query "length([?provisioningState=='Succeeded'])")" -eq 3 ]; do
    tries=$((tries + 1))
    [ $tries -lt 10 ] || { echo "the machines are not ready" >&2; exit 1; }
done

az vm list-ip-addresses -g fleet \
    --query '[].virtualMachine.[name, network.privateIpAddresses[0]]' -o tsv | sort >hosts
same 3 "$(grep -c '10\.1\.1\.' hosts)" "addresses in the subnet"
same 3 "$(cut -f2 hosts | sort -u | wc -l | xargs)" "different addresses"
same node1 "$(head -n 1 hosts | cut -f1)" "the first host"

az vm delete -g fleet -n node3 --yes --no-wait
az vm wait -g fleet -n node3 --deleted
same "" "$(az vm show -g fleet -n node3 --query name -o tsv 2>/dev/null || true)" "a machine that is gone"
