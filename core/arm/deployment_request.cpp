#include "core/arm/deployment_request.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::arm::templates {

namespace {

constexpr std::size_t longest_name = 64;

[[noreturn]] void refuse_content(const std::string& what) {
    throw Error(fault::invalid_request_content,
                fmt::format("The request content was invalid and could not be deserialized: '{}'.", what));
}

// 1-64 letters, digits and "_-.()" (resource-name-rules).
void check_name(const std::string& name) {
    if (name.size() > longest_name)
        throw Error(
            fault::invalid_deployment_name,
            fmt::format("The provided deployment name '{}' has a length of '{}' which exceeds the maximum "
                        "length of '{}'.",
                        name, name.size(), longest_name));
    std::string invalid;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 &&
            std::string_view("_-.()").find(c) == std::string_view::npos &&
            invalid.find(c) == std::string::npos)
            invalid += c;
    if (!invalid.empty())
        throw Error(
            fault::invalid_deployment_name,
            fmt::format("The provided deployment name '{}' has these invalid characters: '{}'. The name can "
                        "only be a letter, digit, '-', '.', '(', ')' or '_'.",
                        name, invalid));
}

std::string location_of(Session& session, const DeploymentPlace& place, const Json& body) {
    if (!place.group.empty()) return {};
    const std::string given = text_at(body, "location");
    if (given.empty())
        throw Error(fault::location_required,
                    fmt::format("The 'location' property must be specified for '{}'.", place.name));
    const Location* location = find_location(given);
    if (location == nullptr)
        throw Error(
            fault::location_not_available_for_type,
            fmt::format("The provided location '{}' is not available for deployment. List of available "
                        "regions is '{}'.",
                        given, location_names()));
    const std::optional<Deployment> before =
        session.arm.find_deployment(place.subscription, place.group, place.name);
    const std::string old = before ? text_at(Json::parse(before->properties), "location") : "";
    if (!old.empty() && old != location->name)
        throw Error(
            fault::invalid_deployment_location,
            fmt::format("Invalid deployment location '{}'. The deployment '{}' already exists in location "
                        "'{}'.",
                        location->name, place.name, old));
    return std::string(location->name);
}

bool is_complete(const Json& properties, const DeploymentPlace& place) {
    const std::string mode = text_at(properties, "mode");
    const bool complete = iequals(mode, "Complete");
    if (!complete && !iequals(mode, "Incremental"))
        refuse_content(fmt::format(
            "Error converting value '{}' to type 'DeploymentMode'. Path 'properties.mode'.", mode));
    if (complete && place.group.empty())
        throw Error(fault::invalid_template_deployment,
                    "Deployment mode 'Complete' can only be used at the scope of a resource group.");
    return complete;
}

}  // namespace

Request read_request(Session& session, const DeploymentPlace& place, std::string_view body) {
    check_name(place.name);
    const auto positions = std::make_shared<Positions>();
    const Json read = read_json(body, positions.get());
    const Json properties = read.is_object() ? read.value("properties", Json()) : Json();
    if (!properties.is_object()) refuse_content("Required property 'properties' not found in JSON.");
    if (properties.contains("templateLink"))
        throw Error(fault::not_modelled, "azid fetches no linked templates: send the template itself.");
    if (!properties.contains("template")) refuse_content("Required property 'template' not found in JSON.");
    Request request;
    request.source = {std::make_shared<const Json>(properties["template"]), positions, "properties.template"};
    request.location = location_of(session, place, read);
    request.is_complete = is_complete(properties, place);
    Json parameters = properties.value("parameters", Json::object());
    if (parameters.is_null()) parameters = Json::object();
    if (!parameters.is_object()) refuse_content("The parameters must be a JSON object.");
    request.parameters = std::make_shared<const Json>(parameters);
    if (read.contains("tags") && read["tags"].is_object()) request.tags = compact(read["tags"]);
    const Json* format = find(properties, "whatIfSettings.resultFormat");
    request.ids_only = format != nullptr && *format == "ResourceIdOnly";
    Json shown = {{"name", place.name}};
    if (!request.location.empty()) shown["location"] = request.location;
    shown["properties"] = {{"template", properties["template"]},
                           {"parameters", parameters},
                           {"mode", request.is_complete ? "Complete" : "Incremental"},
                           {"provisioningState", "Accepted"}};
    request.deployment = std::make_shared<const Json>(std::move(shown));
    return request;
}

Program program_of(Session& session, const DeploymentPlace& place, const Request& request) {
    return prepare(session, place, request.source, *request.parameters, request.deployment);
}

}  // namespace azid::arm::templates
