// Azure RBAC's objects as ARM writes and reads them.
#pragma once

#include "core/base/json.hpp"
#include "core/rbac/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

inline constexpr std::string_view assignment_type = "Microsoft.Authorization/roleAssignments";
inline constexpr std::string_view definition_type = "Microsoft.Authorization/roleDefinitions";
inline constexpr std::string_view deny_type = "Microsoft.Authorization/denyAssignments";

// "<scope>/providers/<type>/<name>"; the scope "/" gives no doubled slash.
std::string extension_id(std::string_view scope, std::string_view type, std::string_view name);
// The id of a definition as seen from a subscription; from none (empty) "/providers/...".
std::string definition_id(std::string_view subscription, std::string_view guid);
// The 32 digits that RBAC's error texts show instead of a GUID.
std::string bare_guid(std::string_view guid);

// The assignment as seen from a subscription, which is where its roleDefinitionId points; empty: from its own
// scope. The answer to the PUT that made it says that nobody created it (recorded so): just_made.
Json wire(const RoleAssignment& assignment, std::string_view subscription, bool just_made = false);
Json wire(const RoleDefinition& definition, std::string_view subscription, bool just_made = false);
Json wire(const DenyAssignment& assignment);

// "permissions" of a request. Throws Error (fault::bad_request_format) when it is not a list of objects with
// lists of texts in them.
std::vector<Permission> permissions_of(const Json& properties);
// A member that is a list of texts; empty when it is absent or null. Throws Error
// (fault::bad_request_format).
std::vector<std::string> texts_of(const Json& object, std::string_view member);

}  // namespace azid::rbac
