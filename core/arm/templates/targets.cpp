#include "core/arm/templates/targets.hpp"

#include "core/arm/deployment.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/locks.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/tags.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/definitions.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

namespace {

// A thing that has no ResourceType.
struct Kind {
    std::string_view type;
    Json (*put)(Session&, const Target&, const Json& body) = nullptr;
    Json (*show)(Session&, const Target&) = nullptr;
    bool (*exists)(Session&, const Target&) = nullptr;
};

Json put_assignment(Session& session, const Target& target, const Json& body) {
    return rbac::put_role_assignment(session, target.scope, target.name, body);
}
Json show_assignment(Session& session, const Target& target) {
    return rbac::get_role_assignment(session, target.scope, target.name);
}
bool assignment_exists(Session& session, const Target& target) {
    return session.rbac.find_role_assignment(target.name).has_value();
}

Json put_definition(Session& session, const Target& target, const Json& body) {
    return rbac::put_role_definition(session, target.scope, target.name, body);
}
Json show_definition(Session& session, const Target& target) {
    return rbac::get_role_definition(session, target.scope, target.name);
}
bool definition_exists(Session& session, const Target& target) {
    return session.rbac.find_role_definition(target.name).has_value();
}

Json put_resource_group(Session& session, const Target& target, const Json& body) {
    return put_group(session, subscription_of(target.scope), target.name, body);
}
Json show_resource_group(Session& session, const Target& target) {
    return get_group(session, subscription_of(target.scope), target.name);
}
bool resource_group_exists(Session& session, const Target& target) {
    return session.arm.find_group(subscription_of(target.scope), target.name).has_value();
}

DeploymentPlace place_of(const Target& target) {
    return {subscription_of(target.scope), group_of(target.scope), target.name};
}
Json show_nested(Session& session, const Target& target) { return get_deployment(session, place_of(target)); }
bool nested_exists(Session& session, const Target& target) {
    const DeploymentPlace place = place_of(target);
    return session.arm.find_deployment(place.subscription, place.group, place.name).has_value();
}

Json put_management_lock(Session& session, const Target& target, const Json& body) {
    return put_lock(session, target.scope, target.name, body);
}
Json show_management_lock(Session& session, const Target& target) {
    return get_lock(session, target.scope, target.name);
}
bool management_lock_exists(Session& session, const Target& target) {
    return session.arm.find_lock(target.id).has_value();
}

Json put_all_tags(Session& session, const Target& target, const Json& body) {
    return put_tags(session, target.scope, body);
}
Json show_all_tags(Session& session, const Target& target) { return get_tags(session, target.scope); }
bool always_exists(Session&, const Target&) { return true; }

constexpr Kind kinds[] = {
    {"Microsoft.Authorization/locks", put_management_lock, show_management_lock, management_lock_exists},
    {"Microsoft.Resources/tags", put_all_tags, show_all_tags, always_exists},
    {"Microsoft.Authorization/roleAssignments", put_assignment, show_assignment, assignment_exists},
    {"Microsoft.Authorization/roleDefinitions", put_definition, show_definition, definition_exists},
    {"Microsoft.Resources/resourceGroups", put_resource_group, show_resource_group, resource_group_exists},
    {"Microsoft.Resources/deployments", nullptr, show_nested, nested_exists},
};

const Kind* find_kind(std::string_view type) {
    for (const Kind& kind : kinds)
        if (iequals(kind.type, type)) return &kind;
    return nullptr;
}

[[noreturn]] void refuse_type(const Target& target) {
    throw Error(fault::not_modelled, fmt::format("azid does not model resources of type '{}'.", target.type));
}

struct Served {
    const ResourceType* type;
    ResourceId id;
};

Served served(const Target& target) {
    const ResourceType* type = find_type(target.type);
    const std::optional<ResourceId> id = ResourceId::parse(target.id);
    if (type == nullptr || !id) refuse_type(target);
    return {type, *id};
}

}  // namespace

std::string Target::last_name() const { return name.substr(name.rfind('/') + 1); }

Target target_of(std::string_view id) {
    Target target{std::string(id), "", "", ""};
    const std::string folded = lower(id);
    const std::size_t provider = folded.rfind("/providers/");
    if (provider == std::string::npos) {
        const std::size_t group = folded.rfind("/resourcegroups/");
        if (group == std::string::npos) return target;
        target.scope = id.substr(0, group);
        target.type = "Microsoft.Resources/resourceGroups";
        target.name = id.substr(group + 16);
        return target;
    }
    target.scope = id.substr(0, provider);
    const std::vector<std::string> pieces = split(id.substr(provider + 11), '/');
    target.type = pieces.front();
    for (std::size_t i = 1; i + 1 < pieces.size(); i += 2) {
        target.type += "/" + pieces[i];
        target.name += (i > 1 ? "/" : "") + pieces[i + 1];
    }
    return target;
}

bool is_deployable(std::string_view type) {
    if (find_kind(type) != nullptr) return true;
    const ResourceType* found = find_type(type);
    return found != nullptr && found->put != nullptr;
}

void check_target(Session& session, const Target& target, const Json& body) {
    if (find_kind(target.type) != nullptr) return;
    const Served found = served(target);
    if (found.type->exists == nullptr) check_location(session, found.id, body);
    if (found.type->preflight != nullptr) found.type->preflight(session, found.id, body);
}

Json put_target(Session& session, const Target& target, const Json& body) {
    if (const Kind* kind = find_kind(target.type)) {
        if (kind->put == nullptr) refuse_type(target);
        return kind->put(session, target, body);
    }
    const Served found = served(target);
    if (found.type->put == nullptr) refuse_type(target);
    return found.type->put(session, found.id, body);
}

Json show_target(Session& session, const Target& target) {
    if (const Kind* kind = find_kind(target.type)) return kind->show(session, target);
    const Served found = served(target);
    if (found.type->get == nullptr) refuse_type(target);
    return found.type->get(session, found.id);
}

bool target_exists(Session& session, const Target& target) {
    if (const Kind* kind = find_kind(target.type)) return kind->exists(session, target);
    const Served found = served(target);
    return found.type->exists != nullptr ? found.type->exists(session, found.id)
                                         : session.arm.find_resource(found.id).has_value();
}

Json act_on_target(Session& session, const Target& target, std::string_view action, const Json& body) {
    const Served found = served(target);
    for (const ResourceAction& known : found.type->actions)
        if (iequals(known.name, action)) return known.run(session, found.id, body);
    throw Error(fault::not_modelled,
                fmt::format("azid does not model the action '{}' of '{}'.", action, target.type));
}

}  // namespace azid::arm::templates
