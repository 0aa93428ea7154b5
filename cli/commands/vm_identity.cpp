#include "cli/commands/managed_identity.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/virtual_machines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

Json identity_of(const Json& body) {
    const auto found = body.find("identity");
    return found == body.end() ? Json() : *found;
}

// Of the wanted ids, in lower case, those that the machine does not have.
std::vector<std::string> not_associated(const std::vector<std::string>& wanted, const Json& identity) {
    std::vector<std::string> missing;
    const Json* assigned = find(identity, "userAssignedIdentities");
    for (const std::string& id : wanted) {
        bool known = false;
        if (assigned != nullptr)
            for (const auto& [name, value] : assigned->items()) known = known || iequals(name, id);
        if (!known) missing.push_back(lower(id));
    }
    return missing;
}

// The identity block that takes these off: az's choice of type, and null for each that goes.
Json without(const Json& identity, const WantedIdentities& going) {
    const Json* assigned = find(identity, "userAssignedIdentities");
    const std::size_t had = assigned == nullptr ? 0 : assigned->size();
    const std::string type = text_at(identity, "type");
    const bool system = type.starts_with("SystemAssigned") && !going.system;
    const bool user = had > going.user_assigned.size();
    Json block;
    block["type"] = system && user ? "SystemAssigned, UserAssigned"
                    : system       ? "SystemAssigned"
                    : user         ? "UserAssigned"
                                   : "None";
    if (user)
        for (const std::string& id : going.user_assigned)
            block["userAssignedIdentities"][lower(id)] = nullptr;
    return block;
}

}  // namespace

Json vm_identity_assign(app::Context& context) {
    const app::Args& args = context.args;
    require_role_with_scope(args.given("identity_role"), args.given("identity_scope"));
    const WantedIdentities wanted = wanted_identities(context, args.list("assign_identity"));
    std::string scope;
    std::string role_id;
    if (args.given("identity_scope")) {
        require_system_for_role(wanted);
        scope = scope_for(context, args.text("identity_scope"));
        role_id = role_id_for(context, args.text("identity_role"), scope);
    }
    const arm::ResourceId id = machine_id(context);
    const Json before = identity_of(compute::get_machine(context.session(), id));
    Json patch;
    patch["identity"] = added_identities(before, wanted);
    const Json after = identity_of(compute::patch_machine(context.session(), id, patch));
    if (!role_id.empty()) give_role(context, text_at(after, "principalId"), role_id, scope);
    return identity_summary(after, args.text("identity_role"), scope);
}

Json vm_identity_show(app::Context& context) {
    return shaped_identity(compute::get_machine(context.session(), machine_id(context)));
}

Json vm_identity_remove(app::Context& context) {
    WantedIdentities going = wanted_identities(context, context.args.list("identities"));
    const arm::ResourceId id = machine_id(context);
    const Json before = identity_of(compute::get_machine(context.session(), id));
    if (before.is_null()) return nullptr;
    const std::vector<std::string> missing = not_associated(going.user_assigned, before);
    if (!missing.empty())
        throw Error(fault::client, fmt::format("'{}' are not associated with '{}'", join(missing, ","),
                                               context.args.text("vm_name")));
    std::vector<std::string>& ids = going.user_assigned;
    std::sort(ids.begin(), ids.end(), ILess());
    ids.erase(std::unique(ids.begin(), ids.end(), iequals), ids.end());
    Json patch;
    patch["identity"] = without(before, going);
    return shaped_identity(compute::patch_machine(context.session(), id, patch));
}

}  // namespace azid::commands
