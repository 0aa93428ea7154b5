#include "cli/commands/completion_values.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "core/account/caller.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/model.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/keys.hpp"
#include "core/compute/images.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace azid::commands {
namespace {

using Values = std::vector<render::Candidate>;

struct Place {
    Session& session;
    const account::Profile& profile;
    std::string_view group;
};

Values locations() {
    Values values;
    for (const arm::Location& location : arm::locations())
        values.push_back({std::string(location.name), std::string(location.display_name)});
    return values;
}

Values images() {
    Values values;
    for (const compute::Alias& alias : compute::image_aliases())
        values.push_back({std::string(alias.name), std::string(alias.offer)});
    return values;
}

Values roles(const Place& place) {
    Values values;
    for (const rbac::RoleDefinition& role : rbac::builtin_roles()) values.push_back({role.role_name, ""});
    place.session.rbac.visit_role_definitions([&](const rbac::RoleDefinition& role) {
        if (role.type == "CustomRole") values.push_back({role.role_name, "custom role"});
    });
    return values;
}

Values subscriptions(const Place& place) {
    Values values;
    for (const arm::Subscription& subscription : place.session.arm.subscriptions())
        values.push_back({subscription.name, subscription.id});
    return values;
}

Values groups(const Place& place) {
    Values values;
    for (const arm::Group& group : place.session.arm.groups(place.profile.subscription))
        values.push_back({group.name, group.location});
    return values;
}

Values users(const Place& place) {
    Values values;
    for (const entra::User& user : place.session.entra.users(place.profile.tenant_id))
        values.push_back({user.user_principal_name, user.display_name});
    return values;
}

// Whom --assignee may name: users, and service principals by their client ids.
Values principals(const Place& place) {
    Values values = users(place);
    for (const entra::ServicePrincipal& principal :
         place.session.entra.service_principals(place.profile.tenant_id))
        values.push_back({principal.app_id, principal.display_name});
    return values;
}

Values scopes(const Place& place) {
    const std::string& subscription = place.profile.subscription;
    Values values{{arm::subscription_scope(subscription), place.profile.name}};
    for (const arm::Group& group : place.session.arm.groups(subscription)) {
        values.push_back({arm::group_scope(subscription, group.name), "resource group"});
        for (const arm::Resource& resource : place.session.arm.resources(subscription, group.name, ""))
            values.push_back({resource.id.text(), ""});
    }
    return values;
}

Values setting_names() {
    Values values;
    for (const settings::Setting& setting : settings::table)
        values.push_back({std::string(setting.name), std::string(setting.meaning)});
    return values;
}

// NAME=VALUE; behind a name the values alone: to bash the = between them is a word of its own.
Values setting_values(std::string_view before) {
    Values values;
    if (const settings::Setting* setting = settings::find(before)) {
        for (const std::string& value : settings::proposals(*setting)) values.push_back({value, ""});
        return values;
    }
    for (const settings::Setting& setting : settings::table)
        for (const std::string& value : settings::proposals(setting))
            values.push_back({fmt::format("{}={}", setting.name, value), std::string(setting.meaning)});
    return values;
}

struct Kind {
    std::string_view name;
    Values (*values)(const Place& place) = nullptr;  // of what is not simply a resource
    Values (*known)() = nullptr;                     // of what needs no state
    std::string_view type = {};                      // of a resource
};

constexpr Kind kinds[] = {
    {.name = "location", .known = locations},
    {.name = "image", .known = images},
    {.name = "setting", .known = setting_names},
    {.name = "role", .values = roles},
    {.name = "subscription", .values = subscriptions},
    {.name = "group", .values = groups},
    {.name = "user", .values = users},
    {.name = "principal", .values = principals},
    {.name = "scope", .values = scopes},
    {.name = "vm", .type = "Microsoft.Compute/virtualMachines"},
    {.name = "disk", .type = "Microsoft.Compute/disks"},
    {.name = "vmss", .type = "Microsoft.Compute/virtualMachineScaleSets"},
    {.name = "identity", .type = "Microsoft.ManagedIdentity/userAssignedIdentities"},
    {.name = "vault", .type = "Microsoft.KeyVault/vaults"},
    {.name = "storage-account", .type = "Microsoft.Storage/storageAccounts"},
    {.name = "nic", .type = "Microsoft.Network/networkInterfaces"},
    {.name = "nsg", .type = "Microsoft.Network/networkSecurityGroups"},
    {.name = "vnet", .type = "Microsoft.Network/virtualNetworks"},
    {.name = "public-ip", .type = "Microsoft.Network/publicIPAddresses"},
    {.name = "webapp", .type = "Microsoft.Web/sites"},
    {.name = "functionapp", .type = "Microsoft.Web/sites"},
};

const Kind* find_kind(std::string_view name) {
    const auto* found =
        std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& kind) { return kind.name == name; });
    return found == std::end(kinds) ? nullptr : found;
}

Values values_in(const Place& place, const Kind& kind) {
    if (kind.values != nullptr) return kind.values(place);
    Values values;
    for (const arm::Resource& resource :
         place.session.arm.resources(place.profile.subscription, place.group, kind.type))
        values.push_back({resource.id.name(), resource.id.group()});
    return values;
}

}  // namespace

bool is_completion_kind(std::string_view kind) {
    return kind == "file" || kind == "setting-value" || find_kind(kind) != nullptr;
}

std::vector<render::Candidate> completion_values(const app::Context& context, std::string_view kind,
                                                 std::string_view group) {
    if (kind == "setting-value") return setting_values(group);
    const Kind* known = find_kind(kind);
    if (known == nullptr) return {};
    if (known->known != nullptr) return known->known();
    std::error_code ignored;
    if (!std::filesystem::exists(context.state_path, ignored)) return {};
    try {
        const app::Environment& environment = context.environment;
        const std::unique_ptr<State> state = environment.open_state(context.state_path);
        const std::unique_ptr<Transaction> transaction = state->begin_reading();
        KeyPool keys;
        Session session = transaction->session({}, environment.now(), *environment.random, keys);
        const account::Profile profile = account::current_profile(session, "");
        return values_in({session, profile, group}, *known);
    } catch (const Error&) {
        return {};  // nobody wants an error message in the middle of a line being typed
    }
}

}  // namespace azid::commands
