#include "support/deployments.hpp"

#include <nlohmann/json.hpp>

namespace azid::test {

std::string deployment_body(const Json& resources) {
    Json versioned = resources;
    for (Json& resource : versioned)
        if (!resource.contains("apiVersion")) resource["apiVersion"] = "2024-11-01";
    const Json document = {
        {"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
        {"contentVersion", "1.0.0.0"},
        {"resources", versioned}};
    return compact(Json{{"properties", {{"template", document}, {"mode", "Incremental"}}}});
}

arm::Deployment deploy(Session& session, const arm::DeploymentPlace& place, const Json& resources) {
    return arm::put_deployment(session, place, deployment_body(resources));
}

}  // namespace azid::test
