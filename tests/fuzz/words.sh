#!/bin/bash
# Random words and bytes as arguments, queries and conditions: azid must refuse them, never crash. words.sh AZID [ROUNDS]
# The seed is printed; give it as FUZZ_SEED to see the same rounds again.
set -uo pipefail
azid=$(readlink -f "$1")
rounds=${2:-300}
RANDOM=${FUZZ_SEED:=$((RANDOM * RANDOM % 30000))}
echo "FUZZ_SEED=$FUZZ_SEED"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AZID_STATE=$work/state.db
words=(group vm identity role assignment create show list delete -n --name -g --query -o json table '[]' '{a:b}' '@' '""' "''"
    --ids / // /subscriptions/x -- - -- '*' '`1`' "join(',', @)" --scope --assignee --tags a=b @file 99999999999999999999 '' ' '
    --resource-group=rg --output= -ojson token get decode --token a.b.c access check --action '*/read' keyvault secret set --value)
crashes=0
"$azid" group create -n rg -l westeurope -o none
for ((round = 0; round < rounds; ++round)); do
    arguments=()
    for ((i = RANDOM % 9; i >= 0; --i)); do
        if ((RANDOM % 5 == 0)); then
            bytes=
            for ((j = RANDOM % 40; j > 0; --j)); do bytes+=$(printf '\\x%02x' $((1 + RANDOM % 255))); done
            printf -v bytes '%b' "$bytes"
            arguments+=("$bytes")
        else
            arguments+=("${words[RANDOM % ${#words[@]}]}")
        fi
    done
    timeout 20 "$azid" "${arguments[@]}" >/dev/null 2>"$work/error" </dev/null
    status=$?
    if [ $status -gt 3 ]; then
        crashes=$((crashes + 1))
        printf 'status %d:' $status
        printf ' %q' "${arguments[@]}"
        printf '\n'
    fi
done
echo "$((rounds - crashes)) passed, $crashes failed"
[ $crashes -eq 0 ]
