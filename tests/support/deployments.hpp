// Templates for tests, and their deployment.
#pragma once

#include "core/arm/deployment.hpp"
#include "core/base/json.hpp"

#include <string>

namespace azid::test {

// The body of a PUT of a template with these resources; those without a version get one.
std::string deployment_body(const Json& resources);

// Deploys them, as the session's caller.
arm::Deployment deploy(Session& session, const arm::DeploymentPlace& place, const Json& resources);

}  // namespace azid::test
