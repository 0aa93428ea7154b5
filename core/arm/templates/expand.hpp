// Makes of a template's resources a flat list: children after their parents, copies each for itself, names
// and ids known, and who needs whom.
#pragma once

#include "core/arm/templates/frame.hpp"
#include "core/arm/templates/violation.hpp"

#include <string>
#include <vector>

namespace azid::arm::templates {

struct Item {
    std::string type;  // "Microsoft.Compute/virtualMachines"
    std::string name;  // "vm", of a child "vm/extension"
    std::string id;
    std::string api_version;
    std::string location;
    std::string symbol;     // the template's own word for it, or the name of its copy loop; empty for none
    bool wanted = true;     // its condition holds
    bool existing = false;  // only named by the template, to be referred to
    std::string part;       // where it stands in the template: "resources[0]"
    Value body;             // as the template has it, with expressions
    std::vector<Loop> loops;
    std::vector<std::string> needs;  // the ids of those that must be made before
    DeploymentPlace place;           // where it is made, of a nested deployment: where its template is
};

// The items in the template's order. Adds their names to the frame's resources. Throws Error
// (InvalidTemplate).
std::vector<Item> expand(Frame& frame, const Source& source);

// The same items with those that are needed first; otherwise the order stays. Throws Error (InvalidTemplate)
// for a circle.
std::vector<const Item*> in_order(const Source& source, const std::vector<Item>& items);

// The resource's body as its service takes it: expressions replaced, the template's own members left out.
// Before the run, what asks about resources stays an expression.
Json body_of(const Frame& frame, const Source& source, const Item& item);

}  // namespace azid::arm::templates
