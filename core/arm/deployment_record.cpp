#include "core/arm/deployment_record.hpp"

#include "core/arm/deployment_place.hpp"
#include "core/arm/resource_id.hpp"
#include "core/arm/templates/bind.hpp"
#include "core/base/derived.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::arm {

using templates::Item;
using templates::Outcome;
using templates::Program;
using templates::Step;

namespace {

// Of the form of Azure's, whose algorithm is not public.
std::string hash_of(const Json& document) {
    const std::string digest = derived_bytes(compact(document), 8);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8U | static_cast<unsigned char>(digest[i]);
    return std::to_string(number);
}

Json reference_to(const std::string& id, const std::string& type, const std::string& name) {
    return {{"id", id}, {"resourceType", type}, {"resourceName", name}};
}

Json dependencies_of(const std::vector<Item>& items) {
    Json list = Json::array();
    for (const Item& item : items) {
        if (!item.wanted || item.needs.empty()) continue;
        Json needs = Json::array();
        for (const std::string& id : item.needs)
            for (const Item& other : items)
                if (iequals(other.id, id)) needs.push_back(reference_to(other.id, other.type, other.name));
        Json one = {{"dependsOn", std::move(needs)}};
        one.update(reference_to(item.id, item.type, item.name));
        list.push_back(std::move(one));
    }
    return list;
}

// The entry of the list whose member has that text; made when there is none.
Json& entry_for(Json& list, const char* member, const std::string& text) {
    for (Json& entry : list)
        if (iequals(text_at(entry, member), text)) return entry;
    list.push_back({{member, text}});
    return list.back();
}

Json providers_of(const std::vector<Item>& items) {
    Json providers = Json::array();
    for (const Item& item : items) {
        if (!item.wanted || item.existing) continue;
        const std::size_t slash = item.type.find('/');
        Json& provider = entry_for(providers, "namespace", item.type.substr(0, slash));
        if (!provider.contains("resourceTypes")) provider["resourceTypes"] = Json::array();
        Json& type = entry_for(provider["resourceTypes"], "resourceType", item.type.substr(slash + 1));
        if (!type.contains("locations")) type["locations"] = Json::array();
        const Json location = item.location.empty() ? Json(nullptr) : Json(item.location);
        Json& locations = type["locations"];
        if (std::find(locations.begin(), locations.end(), location) == locations.end())
            locations.push_back(location);
    }
    return providers;
}

std::string operation_id(Random& random) {
    std::string id = new_hex(random, 16);
    for (char& c : id) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return id;
}

std::string_view status_code(const Step& step) {
    if (!step.error.empty()) return "BadRequest";
    return step.operation == "Create" && !step.existed ? "Created" : "OK";
}

Json operation_of(Session& session, const Step& step) {
    Json properties = {{"provisioningOperation", step.operation},
                       {"provisioningState", step.error.empty() ? "Succeeded" : "Failed"},
                       {"timestamp", utc_ticks(session.now)},
                       {"duration", "PT0S"},
                       {"trackingId", new_guid(session.random)},
                       {"statusCode", status_code(step)}};
    if (!step.error.empty())
        properties["statusMessage"] = {{"status", "Failed"}, {"error", Json::parse(step.error)}};
    if (!step.id.empty()) properties["targetResource"] = reference_to(step.id, step.type, step.name);
    return {{"operationId", operation_id(session.random)}, {"properties", std::move(properties)}};
}

constexpr std::string_view shown_elsewhere[] = {"template", "operations", "location", "tags"};

std::string id_of(const Deployment& deployment) {
    return DeploymentPlace{deployment.subscription, deployment.group, deployment.name}.id();
}

}  // namespace

Json planned_properties(const Program& program, std::string_view mode) {
    Session& session = program.frame.session;
    return {{"templateHash", hash_of(*program.source.document)},
            {"parameters", templates::shown_parameters(program.frame, *program.source.document)},
            {"mode", mode},
            {"provisioningState", "Succeeded"},
            {"timestamp", utc_ticks(session.now)},
            {"duration", "PT0S"},
            {"correlationId", new_guid(session.random)},
            {"providers", providers_of(program.items)},
            {"dependencies", dependencies_of(program.items)}};
}

Deployment record_of(const Program& program, const Outcome& outcome, std::string_view mode) {
    Session& session = program.frame.session;
    Json properties = planned_properties(program, mode);
    if (!outcome.error.empty()) {
        properties["provisioningState"] = "Failed";
        properties["error"] = Json::parse(outcome.error);
    }
    if (!outcome.outputs.empty()) properties["outputs"] = Json::parse(outcome.outputs);
    properties["outputResources"] = Json::array();
    for (const std::string& id : outcome.made) properties["outputResources"].push_back({{"id", id}});
    properties["template"] = *program.source.document;
    properties["operations"] = Json::array();
    for (const Step& step : outcome.steps) properties["operations"].push_back(operation_of(session, step));
    const DeploymentPlace& place = program.frame.place;
    return {place.subscription, place.group, place.name, compact(properties), session.now};
}

Json wire(const Deployment& deployment) {
    const Json stored = Json::parse(deployment.properties);
    Json body = {
        {"id", id_of(deployment)}, {"name", deployment.name}, {"type", "Microsoft.Resources/deployments"}};
    for (const char* member : {"location", "tags"})
        if (stored.contains(member)) body[member] = stored[member];
    Json properties = Json::object();
    for (const auto& [key, value] : stored.items())
        if (std::find(std::begin(shown_elsewhere), std::end(shown_elsewhere), key) ==
            std::end(shown_elsewhere))
            properties[key] = value;
    body["properties"] = std::move(properties);
    return body;
}

std::vector<Json> operations_of(const Deployment& deployment) {
    const Json stored = Json::parse(deployment.properties);
    std::vector<Json> operations;
    for (const Json& operation : stored.value("operations", Json::array())) {
        Json shown = {
            {"id", fmt::format("{}/operations/{}", id_of(deployment), text_at(operation, "operationId"))}};
        shown.update(operation);
        operations.push_back(std::move(shown));
    }
    return operations;
}

}  // namespace azid::arm
