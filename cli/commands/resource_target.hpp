// What the generic commands are about: a resource of any type, or a resource group, by ids or by names.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::arm {
struct ResourceType;
}

namespace azid::commands {

struct ResourceTarget {
    std::string text;                   // the whole id
    std::optional<arm::ResourceId> id;  // empty: a resource group
    std::string subscription;           // of the group
    std::string group;
};

// "Microsoft.Compute/virtualMachines" of --namespace and --resource-type. Throws Error (fault::client) like
// az when neither names the namespace.
std::string whole_type(const app::Args& args);

// All that --ids name, or the one of the names. Throws Error (fault::client) in az's words.
std::vector<ResourceTarget> resource_targets(const app::Context& context);
// The one of --id, or of the names ("resource create").
ResourceTarget resource_target(const app::Context& context);

// The type as azid serves it. Throws Error: fault::invalid_resource_namespace for an unknown provider,
// fault::not_modelled for a type that azid does not serve.
const arm::ResourceType& served_type(const arm::ResourceId& id);

// The thing as az's generic commands show it.
Json shown_resource(app::Context& context, const ResourceTarget& target);
// The body of an answer so shaped.
Json shaped_resource(const Json& body);

// The only one of the results, or all of them (az's rule); null when there are none.
Json single_or_all(Json results);

}  // namespace azid::commands
