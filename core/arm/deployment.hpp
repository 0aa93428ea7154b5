// Deployments of templates: what Microsoft.Resources/deployments does. Their language is in
// core/arm/templates.
#pragma once

#include "core/arm/deployment_place.hpp"
#include "core/arm/model.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// The texts below that are called body are ARM's: {"location"?,
// "properties":{"template","parameters","mode"}}, in the JSON with comments that az sends. All functions
// authorise the caller first and throw Error: AuthorizationFailed, ResourceGroupNotFound,
// SubscriptionNotFound.

// PUT: checks everything, then makes the resources and records the deployment. Throws Error besides, and then
// nothing was made: InvalidRequestContent, InvalidTemplate, InvalidTemplateDeployment, LocationRequired,
// InvalidDeploymentLocation. What fails later is no Error: as in Azure the resources made so far stay, and
// the deployment is recorded as Failed.
Deployment put_deployment(Session& session, const DeploymentPlace& place, std::string_view body);

bool has_failed(const Deployment& deployment);
// What az shows of a deployment that has failed: ARM's answer to whoever waits for it, {"status":"Failed",
// "error":{...}}. Its fault is deployment_failed: what the command that ends with it has changed must be
// kept.
Error failure_of(const Deployment& deployment);

// POST validate: the checks alone. Gives ARM's answer, with "validatedResources".
Json validate_deployment(Session& session, const DeploymentPlace& place, std::string_view body);

// POST whatIf: {"status":"Succeeded","properties":{"changes":[...]}}, without the resources where the body
// asks for it (whatIfSettings.resultFormat ResourceIdOnly). What is wrong with the template is part of the
// answer, {"status":"Failed","error":{...}}.
Json what_if(Session& session, const DeploymentPlace& place, std::string_view body);

// ARM's JSON. Throws Error besides: DeploymentNotFound.
Json get_deployment(Session& session, const DeploymentPlace& place);
// Of the place's group, or the subscription's own; the place's name does not count. The filter is ARM's, such
// as "provisioningState eq 'Failed'"; throws Error (fault::bad_request) for what is no filter.
std::vector<Json> list_deployments(Session& session, const DeploymentPlace& place, std::string_view filter);
// False when there was none. The resources stay.
bool delete_deployment(Session& session, const DeploymentPlace& place);
// Throws Error: a deployment is over when its request is.
void cancel_deployment(Session& session, const DeploymentPlace& place);
// {"template":...}
Json export_template(Session& session, const DeploymentPlace& place);
std::vector<Json> list_deployment_operations(Session& session, const DeploymentPlace& place);
// Throws Error besides: DeploymentOperationNotFound.
Json get_deployment_operation(Session& session, const DeploymentPlace& place, std::string_view id);

// The body that Resource Manager answers a refused deployment with, {"error":{...}}: az shows it as it is.
Json deployment_error_body(const Error& error);

}  // namespace azid::arm
