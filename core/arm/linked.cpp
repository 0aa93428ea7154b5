#include "core/arm/linked.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>

namespace azid::arm {

void authorise_linked(Session& session, std::string_view action, std::string_view scope,
                      std::string_view linked_action, const std::vector<std::string>& linked_ids) {
    std::vector<std::string> refused;
    for (const std::string& id : linked_ids)
        if (!rbac::may(session, linked_action, id)) refused.push_back(id);
    if (refused.empty()) return;
    throw Error(
        fault::linked_authorization_failed,
        fmt::format("The client '{}' with object id '{}' has permission to perform action '{}' on scope "
                    "'{}'; however, it does not have permission to perform action '{}' on the linked "
                    "scope(s) '{}' or the linked scope(s) are invalid.",
                    session.caller.name, session.caller.object_id, action, scope, linked_action,
                    join(refused, ",")));
}

ResourceId linked_id(std::string_view text, std::string_view path) {
    std::optional<ResourceId> id = ResourceId::parse(text);
    if (id) return *id;
    throw Error(
        fault::linked_invalid_property_id,
        fmt::format("Property id '{}' at path '{}' is invalid. Expect fully qualified resource Id that start "
                    "with '/subscriptions/{{subscriptionId}}' or "
                    "'/providers/{{resourceProviderNamespace}}/'.",
                    text, path));
}

Resource require_reference(Session& session, const ResourceId& wanted, const ResourceId& referrer) {
    std::optional<Resource> found = session.arm.find_resource(wanted);
    if (found) return *found;
    throw Error(fault::invalid_resource_reference,
                fmt::format("Resource {} referenced by resource {} was not found. Please make sure that the "
                            "referenced resource exists, and that both resources are in the same region.",
                            wanted.text(), referrer.text()));
}

}  // namespace azid::arm
