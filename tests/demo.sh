#!/bin/bash
# The seven steps of a managed identity on a virtual machine, with the things that each step makes. demo.sh AZID
set -euo pipefail
azid_program=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AZID_STATE=$work/state.db

bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || bold= dim= plain=

azid() { "$azid_program" "$@" --only-show-errors; }
step() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
# One argument as somebody would type it, the long values by the names they have here.
typed() {
    local word=$1
    [ -z "${token:-}" ] || word=${word//"$token"/'$token'}
    [ -z "${vault:-}" ] || word=${word//"$vault"/'$vault'}
    [ -z "${principal:-}" ] || word=${word//"$principal"/'$principal'}
    case "$word" in
    *\$*) printf '"%s"' "$word" ;;
    *[!A-Za-z0-9_./:=@-]*) printf "'%s'" "$word" ;;
    *) printf '%s' "$word" ;;
    esac
}
# Shows a command and runs it, its output indented.
show() {
    printf '%s  $ azid' "$dim"
    for word in "$@"; do
        printf ' '
        typed "$word"
    done
    printf '%s\n' "$plain"
    azid "$@" 2>&1 | sed 's/^/    /'
}

azid group create -n demo -l westeurope -o none
azid keyvault create -g demo -n kv-demo -o none
vault=$(azid keyvault show -n kv-demo --query id -o tsv)
azid role assignment create --role "Key Vault Secrets Officer" --assignee admin@contoso.onmicrosoft.com --scope "$vault" -o none
azid keyvault secret set --vault-name kv-demo -n stock-db --value 'Server=db;Password=gone' -o none

step '1  Azure Resource Manager receives a request: a virtual machine with an identity of its own'
show vm create -g demo -n web --image Ubuntu2204 --generate-ssh-keys --assign-identity --query '{id:id, identity:identity}'
principal=$(azid vm show -g demo -n web --query identity.principalId -o tsv)

step '2  It makes a service principal for the machine in Microsoft Entra ID'
show ad sp show --id "$principal" --query '{displayName:displayName, appId:appId, objectId:id, type:servicePrincipalType, of:alternativeNames}'

step '3  It gives the machine'\''s metadata endpoint the client id and a certificate'
show ad sp show --id "$principal" --query 'keyCredentials[0].{subject:displayName, thumbprint:customKeyIdentifier, from:startDateTime, to:endDateTime}'

step '4  You give that principal a role on the vault'
show role assignment create --role 'Key Vault Secrets User' --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --scope "$vault" --query '{scope:scope, principalId:principalId}'

step '5  Code in the machine asks the metadata endpoint for a token'
printf '%s  GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net%s\n' "$dim" "$plain"
show token get -g demo -n web --resource https://vault.azure.net --query '{client_id:client_id, expires_in:expires_in, resource:resource, token_type:token_type}'

step '6  The endpoint proves itself to Microsoft Entra ID with the certificate and gets a signed token'
show trace show --query "[?what=='client assertion signed' || what=='client assertion verified' || what=='access token issued'].{system:system, what:what, details:details}"
token=$(azid token get -g demo -n web --resource https://vault.azure.net --query access_token -o tsv)
show token decode --token "$token" --query claims

step '7  The vault checks the token, then the role, then answers'
show rest --url 'https://kv-demo.vault.azure.net/secrets/stock-db?api-version=7.4' --headers "Authorization=Bearer $token" --query '{value:value, id:id}'
show access explain --assignee "$principal" --action Microsoft.KeyVault/vaults/secrets/getSecret/action --scope "$vault" --query because
