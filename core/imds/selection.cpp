#include "core/imds/selection.hpp"

#include "core/base/text.hpp"

namespace azid::imds {

namespace {

bool names(const Selector& selector, const HostIdentity& identity) {
    if (!selector.client_id.empty() && !iequals(selector.client_id, identity.client_id)) return false;
    if (!selector.object_id.empty() && !iequals(selector.object_id, identity.principal_id)) return false;
    return selector.resource_id.empty() || iequals(selector.resource_id, identity.resource_id);
}

}  // namespace

bool Selector::several() const {
    return int{!client_id.empty()} + int{!object_id.empty()} + int{!resource_id.empty()} > 1;
}

Selection select_identity(const std::vector<HostIdentity>& identities, const Selector& selector) {
    if (selector.empty()) {
        for (const HostIdentity& identity : identities)
            if (identity.system_assigned) return {Selected::identity, &identity};
        if (identities.size() == 1) return {Selected::identity, &identities.front()};
        return {identities.empty() ? Selected::not_found : Selected::ambiguous, nullptr};
    }
    for (const HostIdentity& identity : identities)
        if (names(selector, identity)) return {Selected::identity, &identity};
    return {};
}

}  // namespace azid::imds
