#include "cli/app/unfinished.hpp"

#include "cli/app/args.hpp"
#include "core/arm/operations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"
#include "core/events/ports.hpp"
#include "core/settings/settings.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <set>

namespace azid::app {

namespace {

bool takes_time(Session& session) { return settings::lag(session, settings::provisioning_time).count() > 0; }

// Nested templates, roles and the like are not resources that are provisioned.
std::optional<arm::Operation> operation_for(Session& session, const std::string& scope) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(scope);
    if (!id) return {};
    arm::Operation operation;
    operation.subscription = id->subscription();
    operation.provider = id->provider();
    operation.target = id->text();
    if (iequals(id->type(), "Microsoft.Resources/deployments")) {
        operation.state = "Running";
        return operation;
    }
    const std::optional<arm::Resource> resource = session.arm.find_resource(*id);
    if (!resource) return {};
    operation.location = resource->location;
    operation.state = resource->created == session.now ? "Creating" : "Updating";
    return operation;
}

void show_state(Session& session, const std::string& id, Json& object) {
    Json* holder = &object;
    if (!object.contains("provisioningState")) {
        const auto properties = object.find("properties");
        if (properties == object.end() || !properties->is_object()) return;
        holder = &*properties;
    }
    const auto state = holder->find("provisioningState");
    if (state == holder->end() || !state->is_string()) return;
    if (const std::optional<std::string> unfinished = arm::unfinished_state(session, id))
        *state = *unfinished;
}

void show_in(Session& session, Json& value) {
    if (value.is_object()) {
        const auto id = value.find("id");
        if (id != value.end() && id->is_string()) show_state(session, id->get<std::string>(), value);
    }
    if (value.is_structured())
        for (Json& item : value) show_in(session, item);
}

}  // namespace

void begin_unfinished(Session& session, const Args& args) {
    if (!args.flag("no_wait") || !takes_time(session)) return;
    std::set<std::string, ILess> scopes;
    for (const events::Operation& begun : session.events.begun())
        if (begun.action.ends_with("/write")) scopes.insert(begun.scope);
    for (const std::string& scope : scopes)
        if (std::optional<arm::Operation> operation = operation_for(session, scope))
            arm::begin_operation(session, std::move(*operation), arm::ResourceId::parse(scope)->type());
}

void show_unfinished(Session& session, Json& result) {
    if (takes_time(session)) show_in(session, result);
}

}  // namespace azid::app
