// The resource types azid serves. Each system lists its own; the front door, deployments and the generic
// commands find them here and know nothing else of the systems.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace azid::arm {

// A POST on a resource, such as "start". Gives the answer's body; null for none.
struct ResourceAction {
    std::string_view name;
    Json (*run)(Session&, const ResourceId&, const Json& body);
};

// A GET below a resource that shows no resource, such as "instanceView".
struct ResourceView {
    std::string_view name;
    Json (*show)(Session&, const ResourceId&);
};

// Every function authorises the caller itself (rbac::authorise), before it looks whether anything exists, and
// throws Error in ARM's words. Bodies and answers are ARM's JSON. A null function: the type refuses that
// verb.
struct ResourceType {
    std::string_view type;  // "Microsoft.Compute/virtualMachines"
    Json (*put)(Session&, const ResourceId&, const Json& body) = nullptr;  // creates or replaces
    Json (*patch)(Session&, const ResourceId&, const Json& body) = nullptr;
    Json (*get)(Session&, const ResourceId&) = nullptr;
    // GET with $expand=what. Null: the type has nothing to expand.
    Json (*expand)(Session&, const ResourceId&, std::string_view what) = nullptr;
    // False when there was nothing to delete (ARM answers 204).
    bool (*remove)(Session&, const ResourceId&) = nullptr;
    // Takes it away with its group, which was authorised already. Null: just the stored resource goes.
    void (*vanish)(Session&, const Resource&) = nullptr;
    // What a PUT asks of the caller and the body beyond the type's write action, checked before a deployment
    // makes anything: linked rights, parameters. Throws Error. Null: nothing.
    void (*preflight)(Session&, const ResourceId&, const Json& body) = nullptr;
    std::span<const ResourceAction> actions = {};
    std::span<const ResourceView> views = {};
    // Of a type that is not kept as a resource: whether this one exists, and all those below a parent, what
    // the caller may not read refused. Null: the stored resources tell.
    bool (*exists)(Session&, const ResourceId&) = nullptr;
    std::vector<Json> (*list_below)(Session&, const ResourceId& parent) = nullptr;
    // Of a type that shows nothing but a list for the whole subscription, such as deleted ones: that list.
    std::vector<Json> (*list_all)(Session&, std::string_view subscription) = nullptr;
    int created_status = 201;      // what a PUT that makes one is answered with
    bool global_location = false;  // its location may be "global"
};

// Compared without case. Null when azid does not serve the type.
const ResourceType* find_type(std::string_view type);
std::span<const ResourceType* const> resource_types();

}  // namespace azid::arm
