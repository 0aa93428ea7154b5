#!/bin/bash
# Makes a big state: big_state.sh AZID FILE [VMS [ASSIGNMENTS]], by default 100,000 virtual machines, a tenth of them
# with managed identities, and 1,000,000 role assignments, in about a minute.
#
# The program makes one of each kind by its own commands; SQL copies those rows under other names and ids, so that
# every row looks as the program writes it. Nothing is in the journal of what is only copied. Beside the big
# subscription there is a small one, "Small", with the group "small" and the machine "web".
#   groups      big-0000 ...   a hundred machines in each
#   machines    vm000000 ...   every tenth has identities: system-assigned, user-assigned (ua00000 ...), or both
#   identities  ua00000 ...    in the group of their machine
set -euo pipefail
azid=$(readlink -f "$1")
file=$2
vms=${3:-100000}
assignments=${4:-1000000}
here=$(dirname "$(readlink -f "$0")")
export AZID_STATE=$file
rm -f "$file" "$file-wal" "$file-shm"

quiet() { "$azid" "$@" -o none --only-show-errors; }

quiet group create -n zzgroup -l westeurope
quiet vm create -g zzgroup -n zzmachine --image Ubuntu2204 --admin-username azureuser --admin-password 'Pa55-word-of-all' \
    --authentication-type password --vnet-name net --subnet default --nsg "" --public-ip-address ""
quiet vm create -g zzgroup -n zzwith --image Ubuntu2204 --admin-username azureuser --admin-password 'Pa55-word-of-all' \
    --authentication-type password --vnet-name net --subnet default --nsg "" --public-ip-address "" --assign-identity
quiet identity create -g zzgroup -n zzidentity
quiet vm identity assign -g zzgroup -n zzmachine --identities zzidentity
big=$("$azid" account show --query id -o tsv)
quiet role assignment create --assignee-object-id "$("$azid" identity show -g zzgroup -n zzidentity --query principalId -o tsv)" \
    --assignee-principal-type ServicePrincipal --role Reader --scope "/subscriptions/$big/resourceGroups/zzgroup"

sqlite3 -bail "$file" >/dev/null <<SQL
PRAGMA journal_mode = DELETE;
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE wanted (vms INTEGER, assignments INTEGER, parts INTEGER);
INSERT INTO wanted VALUES ($vms, $assignments, ${PARTS:-0});
.read $here/big_state.sql
PRAGMA journal_mode = WAL;
SQL

quiet subscription add --name Small
small=$("$azid" account list --query "[?name=='Small'].id" -o tsv)
quiet group create -n small -l westeurope --subscription "$small"
quiet vm create -g small -n web --image Ubuntu2204 --generate-ssh-keys --assign-identity --subscription "$small"
