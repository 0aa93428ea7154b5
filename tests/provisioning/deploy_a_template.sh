# A template makes an identity and a vault; its outputs go on into the shell.
set -eu
. "${0%/*}/assert.sh"

cat >app.json <<'JSON'
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "app": {"type": "string"},
    "vault": {"type": "string"},
    "location": {"type": "string", "defaultValue": "[resourceGroup().location]"}
  },
  "variables": {"identity": "[concat('id-', parameters('app'))]"},
  "resources": [
    {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
     "name": "[variables('identity')]", "location": "[parameters('location')]"},
    {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[parameters('vault')]",
     "location": "[parameters('location')]",
     "properties": {"tenantId": "[subscription().tenantId]", "sku": {"family": "A", "name": "standard"},
                    "enableRbacAuthorization": true, "accessPolicies": []}}
  ],
  "outputs": {
    "identity": {"type": "string",
      "value": "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', variables('identity'))]"},
    "vault": {"type": "string", "value": "[resourceId('Microsoft.KeyVault/vaults', parameters('vault'))]"}
  }
}
JSON
az group create -n templates -l westeurope -o none
az deployment group validate -g templates --template-file app.json --parameters app=shop vault=kv-tpl-$$ -o none
az deployment group create -g templates -n app --template-file app.json --parameters app=shop vault=kv-tpl-$$ -o none
same Succeeded "$(az deployment group show -g templates -n app --query properties.provisioningState -o tsv)" "the deployment"

outputs=$(az deployment group show -g templates -n app --query properties.outputs -o json)
identity=$(printf %s "$outputs" | jq -r .identity.value)
vault=$(printf %s "$outputs" | jq -r .vault.value)
az role assignment create --role "Key Vault Secrets User" --scope "$vault" --assignee-principal-type ServicePrincipal \
    --assignee-object-id "$(az identity show --ids "$identity" --query principalId -o tsv)" -o none
same id-shop "$(az identity list -g templates --query '[].name' -o tsv)" "the identity"
same 1 "$(az role assignment list --scope "$vault" --query 'length(@)')" "rights at the vault"
refused "a template without its parameters" az deployment group create -g templates -n bare --template-file app.json
