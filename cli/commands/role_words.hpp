// How people name scopes, roles and assignees on the command line, turned into what Azure Resource Manager
// takes. As az does it, by asking Graph and ARM as the caller.
#pragma once

#include "cli/app/context.hpp"
#include "core/entra/model.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::commands {

// The scope of --scope, where the name of a subscription stands for it, with a warning; of -g; or the
// subscription. Throws Error (fault::client) for both and for a resource id that is none.
std::string role_scope(app::Context& context);

// A --scope text alone. Same subscription names, same errors.
std::string scope_from(app::Context& context, const std::string& given);

// The definition's id: an id as it is, a GUID, or a role name looked up at the scope. Throws Error
// (fault::client) "Role 'X' doesn't exist."
std::string role_definition_from(app::Context& context, const std::string& role, const std::string& scope);

struct Assignee {
    std::string object_id;
    std::string
        type;  // "User", "Group", "ServicePrincipal"; empty when Graph may not be asked or does not know
};
// A user principal name, a service principal name (appId or URI) or an object id. Throws Error
// (fault::client) when the directory has none such; without the right to read it, a GUID is taken for an
// object id, with warnings.
Assignee assignee_from(app::Context& context, const std::string& given);

// The type that Graph gives an object id; empty when it does not know it or may not be asked (then a
// warning).
std::string type_from_graph(app::Context& context, const std::string& object_id);

// What az shows as principalName: UPN, first service principal name, display name of a group; "" for an
// orphan.
std::string shown_name(Session& session, std::string_view object_id);

std::string_view type_text(entra::PrincipalType type);

}  // namespace azid::commands
