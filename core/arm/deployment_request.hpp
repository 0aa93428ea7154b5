// What a client sends to have a template deployed, validated or asked about.
#pragma once

#include "core/arm/deployment_place.hpp"
#include "core/arm/templates/program.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>

namespace azid::arm::templates {

struct Request {
    Source source;
    Value parameters;
    Value deployment;  // what deployment() gives
    bool is_complete = false;
    bool ids_only = false;  // of a whatIf
    std::string location;   // of a deployment at the subscription
    std::string tags;       // JSON text; empty for none
};

// Reads and checks it. Throws Error: InvalidRequestContent, InvalidDeploymentName, LocationRequired,
// InvalidDeploymentLocation, and fault::not_modelled for linked templates.
Request read_request(Session& session, const DeploymentPlace& place, std::string_view body);

// Throws Error: InvalidTemplate, InvalidRequestContent.
Program program_of(Session& session, const DeploymentPlace& place, const Request& request);

}  // namespace azid::arm::templates
