#include "core/arm/operation_names.hpp"

#include "core/base/text.hpp"

namespace azid::arm {

namespace {

struct Name {
    std::string_view action;
    std::string_view words;
};

constexpr Name names[] = {
    {"Microsoft.Authorization/locks/delete", "Delete management locks"},
    {"Microsoft.Authorization/locks/write", "Add management locks"},
    {"Microsoft.Authorization/roleAssignments/delete", "Delete role assignment"},
    {"Microsoft.Authorization/roleAssignments/write", "Create role assignment"},
    {"Microsoft.Authorization/roleDefinitions/delete", "Delete custom role definition"},
    {"Microsoft.Authorization/roleDefinitions/write", "Create or update custom role definition"},
    {"Microsoft.Compute/disks/delete", "Delete Disk"},
    {"Microsoft.Compute/disks/write", "Create or Update Disk"},
    {"Microsoft.Compute/virtualMachines/deallocate/action", "Deallocate Virtual Machine"},
    {"Microsoft.Compute/virtualMachines/delete", "Delete Virtual Machine"},
    {"Microsoft.Compute/virtualMachines/powerOff/action", "Power Off Virtual Machine"},
    {"Microsoft.Compute/virtualMachines/restart/action", "Restart Virtual Machine"},
    {"Microsoft.Compute/virtualMachines/runCommand/action", "Run Command on Virtual Machine"},
    {"Microsoft.Compute/virtualMachines/start/action", "Start Virtual Machine"},
    {"Microsoft.Compute/virtualMachines/write", "Create or Update Virtual Machine"},
    {"Microsoft.KeyVault/vaults/delete", "Delete Key Vault"},
    {"Microsoft.KeyVault/vaults/write", "Update Key Vault"},
    {"Microsoft.ManagedIdentity/userAssignedIdentities/delete", "Delete User Assigned Identity"},
    {"Microsoft.ManagedIdentity/userAssignedIdentities/write", "Create/Update User Assigned Identity"},
    {"Microsoft.Network/networkInterfaces/delete", "Delete Network Interface"},
    {"Microsoft.Network/networkInterfaces/write", "Create or Update Network Interface"},
    {"Microsoft.Network/networkSecurityGroups/delete", "Delete Network Security Group"},
    {"Microsoft.Network/networkSecurityGroups/write", "Create or Update Network Security Group"},
    {"Microsoft.Network/publicIPAddresses/delete", "Delete Public Ip Address"},
    {"Microsoft.Network/publicIPAddresses/write", "Create or Update Public Ip Address"},
    {"Microsoft.Network/virtualNetworks/delete", "Delete Virtual Network"},
    {"Microsoft.Network/virtualNetworks/write", "Create or Update Virtual Network"},
    {"Microsoft.Resources/deployments/validate/action", "Validate Deployment"},
    {"Microsoft.Resources/deployments/write", "Create Deployment"},
    {"Microsoft.Resources/subscriptions/resourceGroups/delete", "Delete resource group"},
    {"Microsoft.Resources/subscriptions/resourceGroups/write", "Update resource group"},
    {"Microsoft.Resources/tags/delete", "Delete tags"},
    {"Microsoft.Resources/tags/write", "Write tags"},
    {"Microsoft.Storage/storageAccounts/delete", "Delete Storage Account"},
    {"Microsoft.Storage/storageAccounts/listKeys/action", "List Storage Account Keys"},
    {"Microsoft.Storage/storageAccounts/write", "Create/Update Storage Account"},
};

}  // namespace

std::string operation_name(std::string_view action) {
    for (const Name& name : names)
        if (iequals(name.action, action)) return std::string(name.words);
    return std::string(action);
}

}  // namespace azid::arm
