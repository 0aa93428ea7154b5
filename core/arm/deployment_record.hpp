// A deployment as it is kept and shown. Its stored properties are ARM's, and besides them "template",
// "operations" and, at a subscription, "location", which ARM shows elsewhere.
#pragma once

#include "core/arm/model.hpp"
#include "core/arm/templates/program.hpp"
#include "core/base/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// The record of a run. Its location and tags, where it has any, are set afterwards.
Deployment record_of(const templates::Program& program, const templates::Outcome& outcome,
                     std::string_view mode);

// ARM's JSON of it: id, name, type, location, tags, properties.
Json wire(const Deployment& deployment);

// The properties that a deployment has before it ran: parameters, mode, the hash of the template, what
// providers and dependencies it has.
Json planned_properties(const templates::Program& program, std::string_view mode);

// One of ARM's operations below the deployment for each step.
std::vector<Json> operations_of(const Deployment& deployment);

}  // namespace azid::arm
