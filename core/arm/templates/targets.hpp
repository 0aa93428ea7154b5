// What a resource id in a template leads to: a registered resource type, or one of the things of Resource
// Manager and Azure RBAC that are no resources of a type (groups, role assignments and definitions,
// deployments).
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>

namespace azid::arm::templates {

// An id taken apart at its last "/providers/"; a resource group's at "/resourceGroups/".
struct Target {
    std::string id;
    std::string scope;  // what stands before
    std::string type;   // "Microsoft.Compute/virtualMachines/extensions"
    std::string name;   // the names, with slashes between: "vm/ext"

    std::string last_name() const;
};
// Empty texts where the id has no such form.
Target target_of(std::string_view id);

// Whether azid can make resources of the type in a template.
bool is_deployable(std::string_view type);
// What the type asks of caller and body beyond its write action. Throws Error.
void check_target(Session& session, const Target& target, const Json& body);
// PUT and GET, in ARM's JSON. Throw Error: the service's, or fault::not_modelled for what azid does not
// serve.
Json put_target(Session& session, const Target& target, const Json& body);
Json show_target(Session& session, const Target& target);
// Whether it is there now; the caller's rights do not matter.
bool target_exists(Session& session, const Target& target);
// POST, such as "listKeys".
Json act_on_target(Session& session, const Target& target, std::string_view action, const Json& body);

}  // namespace azid::arm::templates
