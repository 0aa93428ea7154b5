// What Azure Resource Manager keeps: subscriptions, resource groups and the envelope of every resource.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::arm {

struct Subscription {
    std::string id;
    std::string name;
    std::string tenant_id;
    std::string state = "Enabled";
    std::string tags = {};  // JSON object text; empty for none
};

struct Group {
    std::string subscription;
    std::string name;
    std::string location;
    std::string tags;  // JSON object text; empty when the group has none at all (null)
    std::string managed_by;
    Instant created;
};

// A user-assigned identity as the host's identity block refers to it. The reference outlives the identity (it
// is stale then), so the ids seen at the time of assigning stay here.
struct AssignedIdentity {
    std::string identity_id;  // the resource id as the client wrote it
    std::string principal_id;
    std::string client_id;
};

struct IdentityBlock {
    std::string system_principal_id;  // empty: no system-assigned identity
    std::vector<AssignedIdentity> user_assigned;

    bool has_system() const { return !system_principal_id.empty(); }
    bool empty() const { return !has_system() && user_assigned.empty(); }
};

struct Resource {
    ResourceId id;
    std::string location;
    std::string tags;        // JSON object text; empty for null
    std::string kind;        // empty when the type has none
    std::string sku;         // JSON object text; empty for none
    std::string zones;       // JSON array text; empty for none
    std::string plan;        // JSON object text; empty for none
    std::string managed_by;  // a resource id; empty for none
    std::string properties;  // JSON object text, what "properties" holds
    IdentityBlock identity;
    std::string created_by;  // object id
    std::string created_by_name;
    std::string created_by_type;  // "User", "Application"
    Instant created;
    Instant changed;
    std::string etag;
};

struct Deployment {
    std::string subscription;
    std::string group;
    std::string name;
    std::string properties;  // JSON object text
    Instant created;
};

struct Lock {
    std::string id;  // the whole resource id of the lock
    std::string scope;
    std::string name;
    std::string level;  // "CanNotDelete" or "ReadOnly"
    std::string notes;
    std::string owners = {};       // JSON array text; empty for none
    std::string system_data = {};  // JSON object text
};

// A tag name that a subscription offers, and the values it offers for it: kept whether or not anything bears
// them.
struct TagName {
    std::string name;
    std::vector<std::string> values;
};

// A folder for subscriptions. Its scope is "/providers/Microsoft.Management/managementGroups/<name>".
struct ManagementGroup {
    std::string name;
    std::string tenant_id;
    std::string display_name;
    std::string parent;  // the parent's name; empty: right below the tenant's root
    Instant created;
    Instant changed = created;
    std::string changed_by = {};  // object id
    int version = 1;
};

}  // namespace azid::arm
