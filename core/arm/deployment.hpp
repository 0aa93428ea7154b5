// Deployments: a list of resources made in one go, in the order of what they depend on. The template language
// is not here: what comes in are resources as a template has them when its expressions are resolved.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <vector>

namespace azid::arm {

struct DeploymentRequest {
    std::string subscription;
    std::string group;
    std::string name;
};

// The resources below are an array of {"type","name","location","tags","sku","identity","zones","dependsOn",
// "properties"...}. A dependsOn entry is "type/name" or a whole id. Of expressions only
// "[reference('<id>'[, ...]).<path>]" is understood, as the value of a property.

// Checks everything first: the right to deploy, the right to write every resource (all that are missing are
// named), and each type's own checks. Then makes the resources. Throws Error: AuthorizationFailed,
// ResourceGroupNotFound; InvalidTemplateDeployment, when nothing was made; DeploymentFailed around the first
// failure of a resource. All of it is one transaction: a failure leaves nothing behind.
Deployment deploy(Session& session, const DeploymentRequest& request, const Json& resources);

// The checks alone: what "validate" answers. Gives the ids of the resources that would be made.
std::vector<std::string> validate_deployment(Session& session, const DeploymentRequest& request,
                                             const Json& resources);

// The body that Resource Manager answers such a failure with: az shows it as it is.
// {"error":{...}}, or {"status":"Failed","error":{...}} for DeploymentFailed.
Json deployment_error_body(const Error& error);

}  // namespace azid::arm
