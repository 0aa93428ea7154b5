# Sourced by the tests here with $azid and $work set: makes a state in $work and names what is in it in the environment.
# VM web (system-assigned identity and the user-assigned "shared"), a vault, a storage account, and the service principal
# "clients" with a secret and a certificate; both principals are Owner and may write secrets, keys and blobs.
export AZID_STATE=$work/state.db

at() { "$azid" "$@" -o tsv; }
field() { "$azid" query "$1" --query "$2" -o tsv; }
b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

certificate() {  # certificate FILE NAME: a key and its certificate, in one file
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.crt" -days 30 -subj "/CN=$2" 2>"$work/openssl.log"
    cat "$1.key" "$1.crt" >"$1"
}

# A token as a platform outside gives it to its workloads, and the key that azid is told of.
federated_token() {
    openssl genrsa -out "$work/issuer.key" 2048 2>"$work/openssl.log"
    openssl rsa -in "$work/issuer.key" -pubout -out "$work/issuer.pub" 2>"$work/openssl.log"
    local signed
    signed=$(printf '{"alg":"RS256","typ":"JWT"}' | b64).$(printf \
        '{"iss":"https://issuer.example","sub":"job","aud":"api://AzureADTokenExchange","iat":%d,"exp":%d}' \
        "$(date +%s)" $(($(date +%s) + 3600)) | b64)
    printf '%s.%s' "$signed" "$(printf %s "$signed" | openssl dgst -sha256 -sign "$work/issuer.key" | b64)"
}

make_world() {
    "$azid" group create -n rg -l westeurope -o none
    "$azid" vm create -g rg -n web --image Ubuntu2204 --assign-identity --generate-ssh-keys -o none --only-show-errors
    "$azid" identity create -g rg -n shared -o none
    "$azid" vm identity assign -g rg -n web --identities shared -o none
    "$azid" keyvault create -g rg -n kv-clients -o none
    "$azid" storage account create -g rg -n clientsblobs -o none --only-show-errors
    SUBSCRIPTION=$(at account show --query id)
    "$azid" ad sp create-for-rbac -n clients --only-show-errors >"$work/sp.json"
    TENANT=$(field "$work/sp.json" tenant) CLIENT=$(field "$work/sp.json" appId) SECRET=$(field "$work/sp.json" password)
    CERTIFICATE=$work/client.pem FOREIGN_CERTIFICATE=$work/foreign.pem
    certificate "$CERTIFICATE" clients
    certificate "$FOREIGN_CERTIFICATE" stranger
    "$azid" ad sp credential reset --id "$CLIENT" --cert "@$CERTIFICATE.crt" --append -o none --only-show-errors
    local principal role
    for principal in "$(at vm show -g rg -n web --query identity.principalId)" "$(at ad sp show --id "$CLIENT" --query id)"; do
        for role in Owner "Key Vault Secrets Officer" "Key Vault Crypto Officer" "Storage Blob Data Contributor"; do
            "$azid" role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
                --role "$role" --scope "/subscriptions/$SUBSCRIPTION" -o none
        done
    done
    VAULT=https://kv-clients.vault.azure.net BLOBS=https://clientsblobs.blob.core.windows.net
    IDENTITY_ID=$(at identity show -g rg -n shared --query id)
    IDENTITY_CLIENT=$(at identity show -g rg -n shared --query clientId)
    IDENTITY_OBJECT=$(at identity show -g rg -n shared --query principalId)
    "$azid" identity federated-credential create -g rg --identity-name shared -n job --issuer https://issuer.example \
        --subject job --audiences api://AzureADTokenExchange -o none
    AZURE_FEDERATED_TOKEN_FILE=$work/federated.jwt
    federated_token >"$AZURE_FEDERATED_TOKEN_FILE"
    "$azid" token issuer add --issuer https://issuer.example --keys "$work/issuer.pub" -o none
    export SUBSCRIPTION TENANT CLIENT SECRET CERTIFICATE FOREIGN_CERTIFICATE VAULT BLOBS
    export IDENTITY_ID IDENTITY_CLIENT IDENTITY_OBJECT AZURE_FEDERATED_TOKEN_FILE
}
