#include "core/arm/linked.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>

namespace azid::arm {

namespace {
// A managed identity lives in the tenant that its subscription trusts, and cannot be used from another one.
void refuse_foreign(Session& session, std::string_view action, std::string_view scope,
                    const std::string& id) {
    const std::optional<Subscription> theirs = session.arm.find_subscription(subscription_of(id));
    const std::optional<Subscription> ours = session.arm.find_subscription(subscription_of(scope));
    if (!theirs || !ours || iequals(theirs->tenant_id, ours->tenant_id)) return;
    throw Error(
        fault::linked_authorization_failed,
        fmt::format("The client has permission to perform action '{}' on scope '{}', however the current "
                    "tenant '{}' is not authorized to access linked subscription '{}'.",
                    action, scope, ours->tenant_id, theirs->id));
}
}  // namespace

void authorise_linked(Session& session, std::string_view action, std::string_view scope,
                      std::string_view linked_action, const std::vector<std::string>& linked_ids) {
    for (const std::string& id : linked_ids) refuse_foreign(session, action, scope, id);
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
