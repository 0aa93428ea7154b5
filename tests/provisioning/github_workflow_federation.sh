# A GitHub workflow signs in as a managed identity: its issuer is trusted for one repository, nothing secret is kept.
set -eu
. "${0%/*}/assert.sh"

org=contoso repo=shop group=ci
az group create -n $group -l westeurope -o none
subscription=$(az account show --query id -o tsv)
az identity create -g $group -n github -o none

# One trust for the main branch, one for pull requests, one for each environment.
add_trust() {
    if az identity federated-credential show -g $group --identity-name github -n "$1" -o none 2>/dev/null; then
        return 0
    fi
    az identity federated-credential create -g $group --identity-name github -n "$1" \
        --issuer https://token.actions.githubusercontent.com --subject "repo:${org}/${repo}:$2" \
        --audiences api://AzureADTokenExchange -o none
}
add_trust main ref:refs/heads/main
add_trust pull-request pull_request
for environment in test production; do add_trust "env-$environment" "environment:$environment"; done
add_trust main ref:refs/heads/main # a second run changes nothing

same 4 "$(az identity federated-credential list -g $group --identity-name github --query 'length(@)')" "trusts"
same "repo:${org}/${repo}:environment:production" \
    "$(az identity federated-credential list -g $group --identity-name github \
        --query "[?name=='env-production'].subject | [0]" -o tsv)" "the subject of production"

# A branch must not be able to put on another's clothes: the same subject twice is refused.
refused "a second trust for one subject" az identity federated-credential create -g $group --identity-name github \
    -n copy --issuer https://token.actions.githubusercontent.com --subject "repo:${org}/${repo}:pull_request" \
    --audiences api://AzureADTokenExchange

az role assignment create --role Contributor --scope "/subscriptions/$subscription/resourceGroups/$group" \
    --assignee-object-id "$(az identity show -g $group -n github --query principalId -o tsv)" \
    --assignee-principal-type ServicePrincipal -o none

# What the workflow needs is public: three ids.
az identity show -g $group -n github -o json |
    jq -r --arg subscription "$subscription" '"AZURE_CLIENT_ID=\(.clientId)", "AZURE_TENANT_ID=\(.tenantId)",
        "AZURE_SUBSCRIPTION_ID=\($subscription)"' >variables
same 3 "$(grep -c '^AZURE_[A-Z]*_ID=[0-9a-f-]*$' variables)" "variables of the workflow"
az identity federated-credential delete -g $group --identity-name github -n pull-request --yes
same "env-production env-test main" "$(az identity federated-credential list -g $group --identity-name github \
    --query 'sort([].name)' -o tsv | xargs)" "trusts that are left"
