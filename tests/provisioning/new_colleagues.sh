# New colleagues from a list: an account each, and the rights of the group they work in.
set -eu
. "${0%/*}/assert.sh"

cat >people.csv <<'CSV'
name,login,team
Ann Berg,ann,developers
Bo Lind,bo,operators
Cai Moe,cai,developers
CSV
domain=$(az ad signed-in-user show --query userPrincipalName -o tsv | cut -d@ -f2)
az group create -n project -l westeurope -o none
project=$(az group show -n project --query id -o tsv)

for team in $(tail -n +2 people.csv | cut -d, -f3 | sort -u); do
    case $team in operators) role=Contributor ;; *) role=Reader ;; esac
    id=$(az ad group create --display-name "$team" --mail-nickname "$team" --query id -o tsv)
    az role assignment create --assignee-object-id "$id" --assignee-principal-type Group --role $role \
        --scope "$project" -o none
done

tail -n +2 people.csv | while IFS=, read -r name login team; do
    if [ -z "$(az ad user list --upn "$login@$domain" --query '[].id' -o tsv)" ]; then
        az ad user create --display-name "$name" --user-principal-name "$login@$domain" --password 'Ch4nge-me!now' -o none
    fi
    member=$(az ad user show --id "$login@$domain" --query id -o tsv)
    az ad group member add --group "$team" --member-id "$member"
done

same 2 "$(az ad group member list --group developers --query 'length(@)')" "developers"
same true "$(az ad group member check --group operators --query value \
    --member-id "$(az ad user show --id "bo@$domain" --query id -o tsv)")" "Bo among the operators"
same Contributor "$(az role assignment list --assignee "bo@$domain" --include-groups --scope "$project" \
    --query '[].roleDefinitionName' -o tsv)" "what Bo may do"
same 0 "$(az role assignment list --assignee "ann@$domain" --scope "$project" --query 'length(@)')" "what Ann has directly"
