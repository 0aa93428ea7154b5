#include "cli/commands/completion_values.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "core/account/caller.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/model.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/keys.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

#include <filesystem>

namespace azid::commands {
namespace {

struct ResourceKind {
    std::string_view kind;
    std::string_view type;
};

constexpr ResourceKind resource_kinds[] = {
    {"vm", "Microsoft.Compute/virtualMachines"},
    {"disk", "Microsoft.Compute/disks"},
    {"vmss", "Microsoft.Compute/virtualMachineScaleSets"},
    {"identity", "Microsoft.ManagedIdentity/userAssignedIdentities"},
    {"vault", "Microsoft.KeyVault/vaults"},
    {"storage-account", "Microsoft.Storage/storageAccounts"},
    {"nic", "Microsoft.Network/networkInterfaces"},
    {"nsg", "Microsoft.Network/networkSecurityGroups"},
    {"vnet", "Microsoft.Network/virtualNetworks"},
    {"public-ip", "Microsoft.Network/publicIPAddresses"},
    {"webapp", "Microsoft.Web/sites"},
    {"functionapp", "Microsoft.Web/sites"},
};

std::vector<std::string> role_names(Session& session) {
    std::vector<std::string> names;
    for (const rbac::RoleDefinition& role : rbac::builtin_roles()) names.push_back(role.role_name);
    for (const rbac::RoleDefinition& role : session.rbac.role_definitions())
        if (role.type == "CustomRole") names.push_back(role.role_name);
    return names;
}

std::vector<std::string> values_in(Session& session, std::string_view kind, std::string_view group) {
    std::vector<std::string> names;
    if (kind == "role") return role_names(session);
    if (kind == "subscription") {
        for (const arm::Subscription& subscription : session.arm.subscriptions())
            names.push_back(subscription.name);
        return names;
    }
    const std::string subscription = account::current_profile(session, "").subscription;
    if (kind == "group")
        for (const arm::Group& found : session.arm.groups(subscription)) names.push_back(found.name);
    for (const ResourceKind& known : resource_kinds)
        if (known.kind == kind)
            for (const arm::Resource& resource : session.arm.resources(subscription, group, known.type))
                names.push_back(resource.id.name());
    return names;
}

}  // namespace

std::vector<std::string> completion_values(const app::Context& context, std::string_view kind,
                                           std::string_view group) {
    std::vector<std::string> names;
    if (kind == "location") {
        for (const arm::Location& location : arm::locations()) names.emplace_back(location.name);
        return names;
    }
    std::error_code ignored;
    if (!std::filesystem::exists(context.state_path, ignored)) return names;
    try {
        const app::Environment& environment = context.environment;
        const std::unique_ptr<State> state = environment.open_state(context.state_path);
        const std::unique_ptr<Transaction> transaction = state->begin_reading();
        KeyPool keys;
        Session session = transaction->session({}, environment.now(), *environment.random, keys);
        return values_in(session, kind, group);
    } catch (const Error&) {
        return names;  // nobody wants an error message in the middle of a line being typed
    }
}

}  // namespace azid::commands
