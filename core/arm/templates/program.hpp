// A template made ready to run: checked as a whole first, then its resources made one after the other.
#pragma once

#include "core/arm/templates/expand.hpp"
#include "core/arm/templates/frame.hpp"
#include "core/arm/templates/violation.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"

#include <memory>
#include <string>
#include <vector>

namespace azid::arm::templates {

struct Program {
    Frame frame;
    Source source;
    std::vector<Item> items;
};

// Binds the parameters ({"name":{"value":...}}) and expands the resources. Throws Error: InvalidTemplate,
// InvalidRequestContent.
Program prepare(Session& session, const DeploymentPlace& place, const Source& source, const Json& parameters,
                const Value& deployment);

// The program of a nested deployment. In a run its parameters may ask about resources; before it there is
// none (null) when they do, or when its group is still to be made. Throws Error besides for linked templates,
// which azid does not fetch.
std::unique_ptr<Program> nested(const Frame& frame, const Source& source, const Item& item);

// Preflight: the caller's rights on all resources, nested ones too, the types' own checks. Throws Error:
// InvalidTemplateDeployment with all that was found, or fault::not_modelled.
void check(const Program& program);

// What became of one resource.
struct Step {
    std::string operation;  // "Create", "Delete", "EvaluateDeploymentOutput"
    std::string id;         // empty for the outputs
    std::string type;
    std::string name;
    bool existed = false;
    std::string error;  // JSON text of {"code","message"...}; empty when it succeeded
};

struct Outcome {
    std::vector<Step> steps;
    std::vector<std::string> made;  // ids, without those of nested deployments themselves
    std::string outputs;            // JSON text
    std::string error;              // JSON text: the deployment's own failure; empty when it succeeded
};

// Makes the resources. One that fails is taken back alone, those that need it are left out, and all others
// are made: as Resource Manager leaves them. Nothing is thrown for it.
Outcome run(Program& program);
// After a run in complete mode: deletes what the group holds besides the program's resources.
void delete_others(const Program& program, Outcome& outcome);

// An error as ARM's JSON: {"code","target"?,"message","details"?,"additionalInfo"?}.
Json error_json(const Error& error);

}  // namespace azid::arm::templates
