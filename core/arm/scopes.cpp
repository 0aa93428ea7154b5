#include "core/arm/scopes.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/scope.hpp"

#include <fmt/format.h>

namespace azid::arm {

std::string require_scope(Session& session, std::string_view text) {
    const std::string scope(rbac::trimmed_scope(text));
    if (const std::optional<ResourceId> id = ResourceId::parse(scope)) {
        const ResourceType* type = find_type(id->type());
        if (type != nullptr && type->exists != nullptr && type->exists(session, *id)) return id->text();
        return require_resource(session, *id).id.text();
    }
    const std::string subscription = subscription_of(scope);
    if (subscription.empty())
        throw Error(fault::bad_request,
                    fmt::format("The scope '{}' is no subscription, resource group or resource.", scope));
    const std::string own = subscription_scope(require_subscription(session, subscription).id);
    if (iequals(own, scope)) return own;
    const std::vector<std::string> pieces = split(scope, '/');
    if (pieces.size() != 5 || !iequals(pieces[3], "resourceGroups"))
        throw Error(fault::bad_request,
                    fmt::format("The scope '{}' is no subscription, resource group or resource.", scope));
    const Group group = require_group(session, subscription, pieces[4]);
    return group_scope(group.subscription, group.name);
}

}  // namespace azid::arm
