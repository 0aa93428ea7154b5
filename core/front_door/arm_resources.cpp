// Resources of any type at the front door: the registry says who serves them.
#include "core/arm/ports.hpp"
#include "core/arm/providers.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/power.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::front_door {

namespace {

const arm::ResourceType& served_type(const ArmCall& call, const std::string& type) {
    const arm::ResourceType* found = arm::find_type(type);
    if (found != nullptr) return *found;
    const size_t slash = type.find('/');
    const std::string provider = type.substr(0, slash);
    if (call.request.method == "PUT")
        arm::require_registration(call.session, type + "/write", call.request.path);
    for (const arm::ResourceType* known : arm::resource_types())
        if (istarts_with(known->type, provider + "/"))
            throw Error(
                fault::invalid_resource_type,
                fmt::format(
                    "The resource type '{}' could not be found in the namespace '{}' for api version '{}'. "
                    "azid does not model it.",
                    slash == std::string::npos ? "" : type.substr(slash + 1), provider,
                    http::query_value(call.request, "api-version").value_or("")));
    throw Error(
        fault::invalid_resource_namespace,
        fmt::format("The resource namespace '{}' is invalid: azid does not model that provider.", provider));
}

// Where the resource is; of a part, where the whole is.
std::string location_of(const ArmCall& call, const arm::ResourceId& id) {
    for (std::optional<arm::ResourceId> at = id; at; at = at->parent())
        if (const std::optional<arm::Resource> found = call.session.arm.find_resource(*at))
            if (!found->location.empty()) return found->location;
    return {};
}

http::Response put(const ArmCall& call, const arm::ResourceType& type, const arm::ResourceId& id) {
    if (type.put == nullptr) refuse_method(call);
    const Json body = call.body();
    const bool existed = type.exists != nullptr ? type.exists(call.session, id)
                                                : call.session.arm.find_resource(id).has_value();
    const Json made = type.put(call.session, id, body);
    http::Response answer = json_answer(existed ? 200 : type.created_status, made);
    if (answer.status == 201 && istarts_with(type.type, "Microsoft.ManagedIdentity/"))
        answer.headers["Location"] = replace_all(id.text(), "/resourceGroups/", "/resourcegroups/");
    if (istarts_with(type.type, "Microsoft.Compute/")) add_etag(answer, made);
    return begun(call, id, location_of(call, id), std::move(answer));
}

Json shown(const ArmCall& call, const arm::ResourceType& type, const arm::ResourceId& id) {
    const std::string expand = http::query_value(call.request, "$expand").value_or("");
    return expand.empty() || type.expand == nullptr ? type.get(call.session, id)
                                                    : type.expand(call.session, id, expand);
}

http::Response serve_one(const ArmCall& call, const arm::ResourceId& id) {
    const arm::ResourceType& type = served_type(call, id.type());
    const std::string& method = call.request.method;
    if (method == "PUT" || method == "PATCH" || method == "DELETE") check_conditions(call, id);
    if (method == "PUT") return put(call, type, id);
    if (method == "PATCH" && type.patch != nullptr) {
        const Json changed = type.patch(call.session, id, call.body());
        http::Response answer = json_answer(200, changed);
        if (istarts_with(type.type, "Microsoft.Compute/")) add_etag(answer, changed);
        return begun(call, id, location_of(call, id), std::move(answer));
    }
    if (method == "GET" && type.get != nullptr) {
        const Json body = with_unfinished_state(call, id, shown(call, type, id));
        http::Response response = json_answer(200, body);
        // Compute gives none beside what is expanded, as recorded.
        if (!http::query_value(call.request, "$expand")) add_etag(response, body);
        return response;
    }
    if (method == "HEAD" && type.get != nullptr) {
        type.get(call.session, id);
        return empty_answer(204);
    }
    if (method == "DELETE" && type.remove != nullptr) {
        const std::string location = location_of(call, id);
        const bool existed = type.remove(call.session, id);
        return begun(call, id, location, empty_answer(existed ? 200 : 204));
    }
    refuse_method(call);
}

// The one action whose answer is 204 in Compute's specification.
bool is_without_content(const arm::ResourceAction& action) { return action.name == "simulateEviction"; }

http::Response run_action(const ArmCall& call, const arm::ResourceId& id, const std::string& name) {
    const arm::ResourceType& type = served_type(call, id.type());
    const auto action =
        std::find_if(type.actions.begin(), type.actions.end(),
                     [&](const arm::ResourceAction& known) { return iequals(known.name, name); });
    if (action == type.actions.end())
        throw Error(fault::resource_type_not_supported,
                    fmt::format("The action '{}' of '{}' is not modelled by azid.", name, type.type));
    const Json body = call.request.body.empty() ? Json::object() : call.body();
    Json answer;
    try {
        answer = action->run(call.session, id, body);
    } catch (const compute::GuestWanted&) {
        if (call.guest_answer == nullptr) throw;
        answer = *call.guest_answer;
    }
    return action_begun(
        call, id, action->name,
        answer.is_null() ? empty_answer(is_without_content(*action) ? 204 : 200) : json_answer(200, answer));
}

// The collection of a type in a subscription or group: what the caller may read of it.
http::Response list(const ArmCall& call, const std::string& group, const std::string& type_name) {
    const arm::ResourceType& type = served_type(call, type_name);
    if (type.list_all != nullptr && group.empty())
        return list_answer(call, type.list_all(call.session, call.pieces[1]));
    if (type.get == nullptr) refuse_method(call);
    if (!group.empty()) arm::require_group(call.session, call.pieces[1], group);
    const auto shown = [&](const arm::Resource& resource) {
        const bool is_seen = rbac::may(call.session, std::string(type.type) + "/read", resource.id.text());
        return is_seen ? with_unfinished_state(call, resource.id, type.get(call.session, resource.id))
                       : Json();
    };
    const std::vector<arm::Resource> all = call.session.arm.resources(call.pieces[1], group, type.type);
    if (!filter_of(call))
        return page_answer(call, [&](const ItemVisit& visit) {
            for (const arm::Resource& resource : all)
                visit(resource.id.text(), [&] { return shown(resource); });
        });
    std::vector<Json> items;
    for (const arm::Resource& resource : all)
        if (Json item = shown(resource); !item.is_null()) items.push_back(std::move(item));
    return list_answer(call, std::move(items));
}

std::string joined(const std::vector<std::string>& pieces, size_t count) {
    std::string path;
    for (size_t i = 0; i < count; ++i) path += "/" + pieces[i];
    return path;
}

// Children of one resource, such as a vault's access policies.
http::Response list_children(const ArmCall& call, const arm::ResourceId& parent, const std::string& child) {
    const arm::ResourceType* above = arm::find_type(parent.type());
    if (above != nullptr)
        for (const arm::ResourceView& view : above->views)
            if (iequals(view.name, child)) return json_answer(200, view.show(call.session, parent));
    const arm::ResourceType& type = served_type(call, parent.type() + "/" + child);
    if (type.get == nullptr) refuse_method(call);
    if (type.list_below != nullptr) return list_answer(call, type.list_below(call.session, parent));
    arm::require_resource(call.session, parent);
    std::vector<Json> items;
    for (const arm::Resource& resource :
         call.session.arm.resources(parent.subscription(), parent.group(), type.type))
        if (istarts_with(resource.id.key(), parent.key() + "/") &&
            rbac::may(call.session, std::string(type.type) + "/read", resource.id.text()))
            items.push_back(with_unfinished_state(call, resource.id, type.get(call.session, resource.id)));
    return list_answer(call, std::move(items));
}

}  // namespace

http::Response serve_resources(const ArmCall& call) {
    const size_t count = call.pieces.size();
    const std::string& method = call.request.method;
    if (const std::optional<arm::ResourceId> id = arm::ResourceId::parse(joined(call.pieces, count))) {
        if (method == "POST") refuse_method(call);
        return serve_one(call, *id);
    }
    if (count > 1) {
        if (const std::optional<arm::ResourceId> id =
                arm::ResourceId::parse(joined(call.pieces, count - 1))) {
            if (method == "POST") return run_action(call, *id, call.pieces.back());
            if (method != "GET") refuse_method(call);
            return list_children(call, *id, call.pieces.back());
        }
    }
    const bool in_group = call.word(2) == "resourcegroups";
    const size_t provider = in_group ? 5 : 3;
    if (call.word(0) == "subscriptions" && call.word(provider - 1) == "providers" && count == provider + 2) {
        if (method != "GET") refuse_method(call);
        return list(call, in_group ? call.pieces[3] : "",
                    call.pieces[provider] + "/" + call.pieces[provider + 1]);
    }
    throw Error(fault::not_found, fmt::format("No HTTP resource was found that matches the request URI '{}'.",
                                              call.request.path));
}

}  // namespace azid::front_door
