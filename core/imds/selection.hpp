// Which of a VM's identities a token request means. A pure rule (managed identities' FAQ).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::imds {

// An identity that the VM has now; what was deleted meanwhile is not among them.
struct HostIdentity {
    std::string principal_id;
    std::string client_id;
    std::string resource_id;  // of a user-assigned one; empty for the VM's own
    bool system_assigned = false;
};

// What the request names; empty texts where it names nothing.
struct Selector {
    std::string client_id;
    std::string object_id;
    std::string resource_id;

    bool empty() const { return client_id.empty() && object_id.empty() && resource_id.empty(); }
    bool several() const;
};

enum class Selected { identity, not_found, ambiguous };

struct Selection {
    Selected kind = Selected::not_found;
    const HostIdentity* identity = nullptr;  // points into the list given; null unless kind is identity
};

// With a selector the identity it names. Without: the system-assigned one, else the only user-assigned one.
Selection select_identity(const std::vector<HostIdentity>& identities, const Selector& selector);

}  // namespace azid::imds
