#include "cli/commands/deployment_shape.hpp"

#include "cli/commands/shape.hpp"
#include "core/base/time.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view property_fields =
    "correlationId debugSetting dependencies diagnostics duration error mode onErrorDeployment "
    "outputResources outputs "
    "parameters parametersLink providers provisioningState templateHash templateLink timestamp "
    "validatedResources "
    "validationLevel";

// az renders typed dates its own way.
void render_time(Json& object, const char* member) {
    const std::optional<Instant> time = parse_utc(text_at(object, member));
    if (time) object[member] = az_iso(*time);
}

void fill_error(Json& error) {
    if (!error.is_object()) return;
    fill_nulls(error, "", "additionalInfo code details message target");
    if (error["details"].is_array())
        for (Json& detail : error["details"]) fill_error(detail);
}

void shape_properties(Json& body) {
    Json& properties = body["properties"];
    render_time(properties, "timestamp");
    fill_nulls(properties, "", property_fields);
    fill_nulls(
        properties, "providers[]",
        "id namespace providerAuthorizationConsentState registrationPolicy registrationState resourceTypes");
    fill_nulls(properties, "providers[].resourceTypes[]",
               "aliases apiProfiles apiVersions capabilities defaultApiVersion locationMappings locations "
               "properties "
               "resourceType zoneMappings");
    fill_error(properties["error"]);
}

}  // namespace

Json shaped_deployment(Json body) {
    shape_properties(body);
    return with_fields(body, "id location name properties tags type");
}

Json shaped_validation(Json body) {
    shape_properties(body);
    return with_fields(body, "error id name properties type");
}

Json shaped_operation(Json body) {
    Json& properties = body["properties"];
    render_time(properties, "timestamp");
    fill_nulls(
        properties, "",
        "duration provisioningOperation provisioningState request response serviceRequestId statusCode "
        "statusMessage targetResource timestamp trackingId");
    if (properties["statusMessage"].is_object()) {
        fill_nulls(properties, "statusMessage", "error status");
        fill_error(properties["statusMessage"]["error"]);
    }
    return with_fields(body, "id operationId properties");
}

Json shaped_what_if(const Json& answer) {
    Json shaped = {{"status", answer.value("status", Json())}};
    const Json properties = answer.value("properties", Json::object());
    shaped["changes"] = properties.value("changes", Json());
    fill_nulls(shaped, "", "changes diagnostics error potentialChanges status");
    fill_nulls(
        shaped, "changes[]",
        "after before changeType delta deploymentId identifiers resourceId symbolicName unsupportedReason");
    return shaped;
}

}  // namespace azid::commands
