// The groups' summaries. A group shows only where one of its commands exists, so a group may stand here
// before them.
#include "cli/spec/known_groups.hpp"

#include <set>
#include <vector>

namespace azid::spec {
namespace {

constexpr Group all[] = {
    {"access", "Ask what somebody may do, and why.", true},
    {"access deny", "Deny assignments, which in Azure only other services make.", true},
    {"account", "The signed-in caller, subscriptions and access tokens."},
    {"account lock", "Locks on the subscription."},
    {"account management-group", "Management groups above the subscriptions."},
    {"account management-group entities", "What a management group contains."},
    {"account management-group hierarchy-settings", "Settings of the management group tree."},
    {"account management-group subscription", "Put subscriptions into a management group."},
    {"account management-group tenant-backfill",
     "Whether the tenant's subscriptions are in the management group tree."},
    {"ad", "The Microsoft Entra directory: users, groups, applications, service principals."},
    {"ad app", "Applications registered in the directory."},
    {"ad app credential", "Secrets and certificates of an application."},
    {"ad app federated-credential", "Outside token issuers that an application trusts."},
    {"ad app owner", "Owners of an application."},
    {"ad app permission", "API permissions that an application asks for."},
    {"ad group", "Groups of the directory."},
    {"ad group member", "Members of a group."},
    {"ad group owner", "Owners of a group."},
    {"ad signed-in-user", "The user who is signed in."},
    {"ad sp", "Service principals: the directory's side of applications and managed identities."},
    {"ad sp credential", "Secrets and certificates of a service principal."},
    {"ad sp owner", "Owners of a service principal."},
    {"ad user", "Users of the directory."},
    {"appservice", "App Service plans, which web apps and function apps run on."},
    {"appservice plan", "App Service plans."},
    {"clock", "What time it is in the simulated Azure.", true},
    {"cloud", "The cloud that is imitated and its endpoints."},
    {"completion", "Completion scripts for shells.", true},
    {"config", "Settings, kept in azid's own state.", false, Stage::experimental},
    {"config param-persist", "Remembered parameter values."},
    {"deployment", "Template deployments."},
    {"deployment group", "Template deployments into a resource group."},
    {"deployment operation", "Single steps of a deployment."},
    {"deployment operation group", "Single steps of a deployment into a resource group."},
    {"deployment operation sub", "Single steps of a deployment at the subscription."},
    {"deployment sub", "Template deployments at the subscription."},
    {"disk", "Managed disks."},
    {"extension", "Extensions of az, of which azid needs none."},
    {"functionapp", "Function apps and their identities."},
    {"functionapp identity", "Managed identities of a function app."},
    {"generate", "Files made from the command tables.", true},
    {"group", "Resource groups."},
    {"group lock", "Locks on a resource group."},
    {"identity", "User-assigned managed identities."},
    {"identity federated-credential", "Outside token issuers that a user-assigned identity trusts."},
    {"keyvault", "Key vaults and what they protect."},
    {"keyvault key", "Keys in a vault."},
    {"keyvault key rotation-policy", "When a key is rotated by itself."},
    {"keyvault network-rule", "Network rules of a vault."},
    {"keyvault role", "Roles inside a managed HSM."},
    {"keyvault role assignment", "Role assignments inside a managed HSM."},
    {"keyvault role definition", "Role definitions inside a managed HSM."},
    {"keyvault secret", "Secrets in a vault."},
    {"lock", "Locks against deletion and change."},
    {"monitor", "What happened."},
    {"monitor activity-log", "The record of management operations."},
    {"network", "The network things that virtual machines need."},
    {"network nic", "Network interfaces."},
    {"network nsg", "Network security groups."},
    {"network public-ip", "Public addresses."},
    {"network vnet", "Virtual networks."},
    {"network vnet subnet", "Subnets of a virtual network."},
    {"provider", "Resource providers of the subscription."},
    {"provider operation", "Operations that resource providers know, the words of role definitions."},
    {"provider permission", "Permissions on a resource provider."},
    {"resource", "Resources of any type."},
    {"resource lock", "Locks on a resource."},
    {"role", "Roles and who has them (Azure RBAC)."},
    {"role assignment", "Give and take roles."},
    {"role definition", "What each role allows; roles of one's own."},
    {"settings", "How the simulated Azure behaves: lag, throttling, and the like.", true},
    {"state", "The state file that holds everything.", true},
    {"storage", "Storage accounts and blobs."},
    {"storage account", "Storage accounts."},
    {"storage account keys", "Access keys of a storage account."},
    {"storage blob", "Blobs."},
    {"storage container", "Containers of blobs."},
    {"subscription", "Add subscriptions to practise with.", true},
    {"tag", "Tags on resources and groups."},
    {"tenant", "Add tenants to practise with.", true},
    {"token", "Tokens of managed identities: get, read, verify.", true},
    {"token issuer", "Keys of outside issuers, whose tokens federated credentials take.", true},
    {"trace", "What happened inside, step by step.", true},
    {"vm", "Virtual machines."},
    {"vm disk", "Data disks of a virtual machine."},
    {"vm extension", "Extensions on a virtual machine."},
    {"vm extension image", "Extensions that can be installed."},
    {"vm identity", "Managed identities of a virtual machine."},
    {"vm image", "Images to create virtual machines from."},
    {"vm nic", "Network interfaces of a virtual machine."},
    {"vm run-command", "Run scripts inside a virtual machine."},
    {"vm secret", "Vault certificates on a virtual machine."},
    {"vm user", "User accounts inside a virtual machine."},
    {"vmss", "Virtual machine scale sets and their identities."},
    {"vmss identity", "Managed identities of a scale set."},
    {"webapp", "Web apps and their identities."},
    {"webapp identity", "Managed identities of a web app."},
};

// The names of all groups that some command stands in.
std::set<std::string_view> used_names() {
    std::set<std::string_view> names;
    for (const Command* command : commands())
        for (std::size_t at = command->name.find(' '); at != std::string_view::npos;
             at = command->name.find(' ', at + 1))
            names.insert(command->name.substr(0, at));
    return names;
}

}  // namespace

std::span<const Group> known_groups() { return all; }

std::span<const Group> groups() {
    static const std::vector<Group> shown = [] {
        const std::set<std::string_view> used = used_names();
        std::vector<Group> found;
        for (const Group& group : all)
            if (used.contains(group.name)) found.push_back(group);
        return found;
    }();
    return shown;
}

}  // namespace azid::spec
