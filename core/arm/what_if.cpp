// What a deployment would change, told without changing anything.
#include "core/arm/deployment.hpp"
#include "core/arm/deployment_request.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/templates/bind.hpp"
#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/program.hpp"
#include "core/arm/templates/targets.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

using templates::Item;
using templates::Program;
using templates::Request;
using templates::Target;

constexpr const char* mask = "*******";

// Members by name, as recorded answers have them.
Json sorted(const Json& value) {
    if (value.is_array()) {
        Json items = Json::array();
        for (const Json& item : value) items.push_back(sorted(item));
        return items;
    }
    if (!value.is_object()) return value;
    std::vector<std::string> keys;
    for (const auto& [key, member] : value.items()) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    Json object = Json::object();
    for (const std::string& key : keys) object[key] = sorted(value[key]);
    return object;
}

Json change_of(const std::string& path, std::string_view kind, const Json& before, const Json& after,
               Json children = nullptr) {
    return {{"path", path},
            {"propertyChangeType", kind},
            {"before", before},
            {"after", after},
            {"children", std::move(children)}};
}

Json changes_between(const Json& before, const Json& after, const std::string& path);

// The items of two arrays by their number.
Json items_between(const Json& before, const Json& after) {
    Json changes = Json::array();
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        const std::string index = std::to_string(i);
        if (i >= before.size()) {
            changes.push_back(change_of(index, "Create", nullptr, after[i]));
        } else if (i >= after.size()) {
            changes.push_back(change_of(index, "Delete", before[i], nullptr));
        } else if (before[i].is_object() && after[i].is_object()) {
            Json inner = changes_between(before[i], after[i], "");
            if (!inner.empty())
                changes.push_back(change_of(index, "Modify", nullptr, nullptr, std::move(inner)));
        } else if (before[i] != after[i]) {
            changes.push_back(change_of(index, "Modify", before[i], after[i]));
        }
    }
    return changes;
}

// What the template sets otherwise than it is. What only the service sets is left alone.
Json changes_between(const Json& before, const Json& after, const std::string& path) {
    Json changes = Json::array();
    for (const auto& [key, value] : after.items()) {
        if (value.is_string() && (templates::asks(value) || value == mask)) continue;  // not to be told
        const std::string here = path.empty() ? key : path + "." + key;
        const Json* old = find(before, key);
        const bool same_place =
            key == "location" && old != nullptr && value.is_string() && old->is_string() &&
            normal_location(value.get<std::string>()) == normal_location(old->get<std::string>());
        if (old == nullptr || (old->is_null() && !value.is_null())) {
            if (!value.is_null()) changes.push_back(change_of(here, "Create", nullptr, value));
        } else if (value.is_object() && old->is_object()) {
            for (Json& inner : changes_between(*old, value, here)) changes.push_back(std::move(inner));
        } else if (value.is_array() && old->is_array()) {
            Json inner = items_between(*old, value);
            if (!inner.empty())
                changes.push_back(change_of(here, "Array", nullptr, nullptr, std::move(inner)));
        } else if (*old != value && !same_place) {
            changes.push_back(change_of(here, "Modify", *old, value));
        }
    }
    return changes;
}

class Forecast {
  public:
    Forecast(Session& session, bool ids_only) : session_(session), ids_only_(ids_only) {}

    void look_at(const Program& program) {
        for (const Item& item : program.items) {
            if (!item.wanted || item.existing) continue;
            if (iequals(item.type, "Microsoft.Resources/deployments")) {
                if (const auto inner = templates::nested(program.frame, program.source, item))
                    look_at(*inner);
                continue;
            }
            ids_.push_back(item.id);
            changes_.push_back(ids_only_ ? Json{{"resourceId", item.id}, {"changeType", "Deploy"}}
                                         : change(program, item));
        }
    }

    // What the group holds besides: it stays, or goes in complete mode.
    void look_around(const DeploymentPlace& place, bool is_complete) {
        for (const Resource& resource : session_.arm.resources(place.subscription, place.group, "")) {
            const std::string id = resource.id.text();
            if (resource.id.segments().size() > 1 ||
                std::any_of(ids_.begin(), ids_.end(),
                            [&](const std::string& known) { return iequals(known, id); }) ||
                !rbac::may(session_, resource.id.type() + "/read", id))
                continue;
            Json change = {{"resourceId", id}, {"changeType", is_complete ? "Delete" : "Ignore"}};
            if (!ids_only_) {
                change["before"] = shown(templates::target_of(id), "");
                if (!is_complete) change["after"] = change["before"];
            }
            changes_.push_back(std::move(change));
        }
    }

    Json changes() {
        std::sort(changes_.begin(), changes_.end(), [](const Json& left, const Json& right) {
            return ILess{}(text_at(left, "resourceId"), text_at(right, "resourceId"));
        });
        return std::move(changes_);
    }

  private:
    Json shown(const Target& target, const std::string& api_version) {
        Json body = templates::show_target(session_, target);
        body.erase("etag");
        if (!api_version.empty()) body["apiVersion"] = api_version;
        return sorted(body);
    }

    // Secrets are not shown: what the expressions see in place of them is this mask.
    static templates::Frame masked(const Program& program) {
        templates::Frame frame = program.frame;
        frame.evaluated.clear();
        const Json defined = program.source.document->value("parameters", Json::object());
        for (const auto& [name, definition] : defined.items())
            if (templates::is_secret(text_at(definition, "type")))
                frame.parameters[name] = std::make_shared<const Json>(mask);
        return frame;
    }

    Json change(const Program& program, const Item& item) {
        const Target target = templates::target_of(item.id);
        Json after = templates::body_of(masked(program), program.source, item);
        Json made = {{"resourceId", item.id}};
        if (templates::target_exists(session_, target)) {
            const Json before = shown(target, item.api_version);
            Json delta = changes_between(before, after, "");
            made["changeType"] = delta.empty() ? "NoChange" : "Modify";
            made["before"] = before;
            Json all = before;
            all.merge_patch(after);
            made["after"] = sorted(all);
            if (!delta.empty()) made["delta"] = std::move(delta);
            return made;
        }
        after["id"] = item.id;
        after["name"] = target.last_name();
        after["type"] = item.type;
        after["apiVersion"] = item.api_version;
        made["changeType"] = "Create";
        made["after"] = sorted(after);
        return made;
    }

    Session& session_;
    bool ids_only_;
    std::vector<std::string> ids_;
    std::vector<Json> changes_;
};

}  // namespace

Json what_if(Session& session, const DeploymentPlace& place, std::string_view body) {
    rbac::authorise(session, "Microsoft.Resources/deployments/whatIf/action", place.id());
    if (!place.group.empty()) require_group(session, place.subscription, place.group);
    try {
        const Request request = templates::read_request(session, place, body);
        const Program program = templates::program_of(session, place, request);
        templates::check(program);
        Forecast forecast(session, request.ids_only);
        forecast.look_at(program);
        if (!place.group.empty()) forecast.look_around(place, request.is_complete);
        return {{"status", "Succeeded"}, {"properties", {{"changes", forecast.changes()}}}};
    } catch (const Error& error) {
        if (error.fault().code == fault::not_modelled.code) throw;
        return {{"status", "Failed"}, {"error", templates::error_json(error)}};
    }
}

}  // namespace azid::arm
