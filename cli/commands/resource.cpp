#include "cli/commands/resource.hpp"

#include "cli/commands/resource_target.hpp"
#include "cli/commands/shape.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view list_fields =
    "changedTime createdTime extendedLocation id identity kind location managedBy name plan properties "
    "provisioningState sku tags type";

Json shaped(const Json& body, std::string_view fields) {
    Json shown = with_fields(body, fields);
    for (const char* const date : {"changedTime", "createdTime"})
        if (const std::optional<Instant> instant = parse_utc(text_at(shown, date)))
            shown[date] = az_iso(*instant);
    fill_nulls(shown, "sku", "capacity family model name size tier");
    fill_nulls(shown, "identity", "principalId tenantId type userAssignedIdentities");
    return shown;
}

bool has_tag(const Json& resource, const std::string& wanted) {
    const auto tags = resource.find("tags");
    if (tags == resource.end() || !tags->is_object()) return false;
    const size_t equals = wanted.find('=');
    const auto found = tags->find(wanted.substr(0, equals));
    return found != tags->end() && (equals == std::string::npos || *found == wanted.substr(equals + 1));
}

bool passes(const app::Args& args, const Json& resource) {
    if (args.given("name") && !iequals(text_at(resource, "name"), args.text("name"))) return false;
    if (args.given("resource_type") && !iequals(text_at(resource, "type"), whole_type(args))) return false;
    if (!args.given("resource_type") && args.given("resource_provider_namespace") &&
        !istarts_with(text_at(resource, "type"), args.text("resource_provider_namespace") + "/"))
        return false;
    if (args.given("location") &&
        arm::normal_location(text_at(resource, "location")) != arm::normal_location(args.text("location")))
        return false;
    return !args.given("tag") || args.text("tag").empty() || has_tag(resource, args.text("tag"));
}

}  // namespace

Json resource_list(app::Context& context) {
    Json found = Json::array();
    for (const Json& resource : arm::list_resources(context.session(), context.subscription,
                                                    context.args.text("resource_group_name"), ""))
        if (passes(context.args, resource)) found.push_back(shaped(resource, list_fields));
    return found;
}

Json resource_show(app::Context& context) {
    Json found = Json::array();
    for (const ResourceTarget& target : resource_targets(context))
        found.push_back(shown_resource(context, target));
    return single_or_all(std::move(found));
}

}  // namespace azid::commands
