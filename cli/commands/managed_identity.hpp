// What az's commands that give a host its identities have in common: the words of --identities, and the role
// that a new system-assigned identity gets.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::commands {

// What --identities or --assign-identity name.
struct WantedIdentities {
    bool system = false;
    std::vector<std::string> user_assigned;  // whole ids
};
// Nothing named means the system-assigned identity. A bare name is one of the host's own group.
WantedIdentities wanted_identities(const app::Context& context, const std::vector<std::string>& words);

// The request's identity block for adding these to what the host has (null or ARM's block).
Json added_identities(const Json& before, const WantedIdentities& wanted);

// {"systemAssignedIdentity","userAssignedIdentities"} of ARM's block, with role and scope where there is a
// scope: what az prints after assigning.
Json identity_summary(const Json& identity, std::string_view role, std::string_view scope);

// The id of the role of that name, GUID or id, for use at the scope. Throws Error (fault::client): az's "Role
// 'X' doesn't exist."
std::string role_id_for(app::Context& context, const std::string& role, const std::string& scope);

// The scope to use: as given; or where it is the name of a subscription, that subscription, with a warning.
// Throws Error (fault::client) when it is neither.
std::string scope_for(app::Context& context, const std::string& given);

// Throws Error (fault::client), az's text, unless role and scope are both there or both not.
void require_role_with_scope(bool role, bool scope);
// The same when they are there but the system-assigned identity is not among those wanted.
void require_system_for_role(const WantedIdentities& wanted);

// Gives the principal the role. One that it has already is left alone, as az does.
void give_role(app::Context& context, const std::string& principal, const std::string& role_id,
               const std::string& scope);

}  // namespace azid::commands
