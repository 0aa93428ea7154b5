// The generic commands that change resources.
#include "cli/commands/generic_update.hpp"
#include "cli/commands/json_argument.hpp"
#include "cli/commands/resource.hpp"
#include "cli/commands/resource_target.hpp"
#include "cli/commands/wait.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/tags.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

[[noreturn]] void refuse_method(std::string_view method) {
    throw Error(fault::method_not_allowed,
                fmt::format("The requested resource does not support http method '{}'.", method));
}

Json parsed(const std::string& text) {
    try {
        return parse_json(text);
    } catch (const Error&) {
        throw Error(fault::client,
                    fmt::format("Error parsing JSON.\n{}\n{}", text, python_json_complaint(text)));
    }
}

// What is sent to make the resource: all of it in --properties, or its properties alone.
Json creation_body(app::Context& context, const ResourceTarget& target) {
    const app::Args& args = context.args;
    Json given = parsed(args.text("properties"));
    if (args.flag("is_full_object")) {
        if (!given.is_object() || text_at(given, "location").empty())
            throw Error(fault::client, "location of the resource is required");
        return given;
    }
    std::string location = args.text("location");
    if (location.empty())
        location = text_at(arm::get_group(context.session(), target.subscription, target.group), "location");
    return {{"location", location}, {"properties", std::move(given)}};
}

// az's models leave out what is null.
Json without_nulls(const Json& body) {
    Json kept = Json::object();
    for (const auto& [name, value] : body.items())
        if (!value.is_null())
            kept[name] = value.is_object() && name != "properties" ? without_nulls(value) : value;
    return kept;
}

Json put(app::Context& context, const ResourceTarget& target, const Json& body) {
    if (!target.id)
        return shaped_resource(arm::put_group(context.session(), target.subscription, target.group, body));
    const arm::ResourceType& type = served_type(*target.id);
    if (type.put == nullptr) refuse_method("PUT");
    return shaped_resource(type.put(context.session(), *target.id, body));
}

Json tag(app::Context& context, const ResourceTarget& target) {
    Json tags = app::tags_of(context.args);
    if (tags.is_null()) tags = Json::object();
    const Json before = shown_resource(context, target);
    if (context.args.flag("is_incremental")) {
        if (tags.empty())
            throw Error(fault::client,
                        "When modifying tag incrementally, the parameters of tag must have specific values.");
        Json merged = before["tags"].is_object() ? before["tags"] : Json::object();
        merged.update(tags);
        tags = std::move(merged);
    }
    if (!target.id)
        return shaped_resource(
            arm::patch_group(context.session(), target.subscription, target.group, {{"tags", tags}}));
    arm::tag_resource(context.session(), *target.id, tags);
    return shown_resource(context, target);
}

void remove(app::Context& context, const ResourceTarget& target) {
    if (!target.id) return arm::delete_group(context.session(), target.subscription, target.group);
    const arm::ResourceType& type = served_type(*target.id);
    if (type.remove == nullptr) refuse_method("DELETE");
    type.remove(context.session(), *target.id);
}

}  // namespace

Json resource_create(app::Context& context) {
    const ResourceTarget target = resource_target(context);
    return put(context, target, creation_body(context, target));
}

// az goes over the resources as often as some can be deleted: one may stand in another's way.
Json resource_delete(app::Context& context) {
    std::vector<ResourceTarget> left = resource_targets(context);
    for (const ResourceTarget& target : left)
        if (target.id) served_type(*target.id);
    for (bool any = true; any && !left.empty();) {
        any = false;
        std::vector<ResourceTarget> failed;
        for (const ResourceTarget& target : left) {
            try {
                remove(context, target);
                any = true;
            } catch (const Error&) {
                failed.push_back(target);
            }
        }
        left = std::move(failed);
    }
    if (left.empty()) return nullptr;
    std::string message = "Some resources failed to be deleted (run with `--verbose` for more information):";
    for (const ResourceTarget& target : left) message += "\n" + target.text;
    throw Error(fault::client, message);
}

Json resource_tag(app::Context& context) {
    Json results = Json::array();
    for (const ResourceTarget& target : resource_targets(context)) results.push_back(tag(context, target));
    return single_or_all(std::move(results));
}

Json resource_update(app::Context& context) {
    Json results = Json::array();
    const std::vector<ResourceTarget> targets = resource_targets(context);
    Json instance = Json::array();
    for (const ResourceTarget& target : targets) instance.push_back(shown_resource(context, target));
    instance = single_or_all(std::move(instance));
    apply_generic_update(context, instance, "tags userAssignedIdentities properties");
    for (const ResourceTarget& target : targets)
        results.push_back(put(context, target, without_nulls(instance)));
    return single_or_all(std::move(results));
}

Json resource_invoke_action(app::Context& context) {
    const std::string name = context.args.text("action");
    const std::string body = context.args.text("request_body");
    Json results = Json::array();
    for (const ResourceTarget& target : resource_targets(context)) {
        if (!target.id) refuse_method("POST");
        const arm::ResourceType& type = served_type(*target.id);
        const auto action =
            std::find_if(type.actions.begin(), type.actions.end(),
                         [&](const arm::ResourceAction& known) { return iequals(known.name, name); });
        if (action == type.actions.end())
            throw Error(fault::not_modelled,
                        fmt::format("azid does not model the action '{}' of {}.", name, type.type));
        Json answer =
            action->run(context.session(), *target.id, body.empty() ? Json::object() : parsed(body));
        if (!context.args.flag("no_wait")) results.push_back(std::move(answer));
    }
    return single_or_all(std::move(results));
}

Json resource_wait(app::Context& context) {
    return wait_for(context, [&] {
        Json found = Json::array();
        for (const ResourceTarget& target : resource_targets(context))
            found.push_back(shown_resource(context, target));
        return single_or_all(std::move(found));
    });
}

}  // namespace azid::commands
