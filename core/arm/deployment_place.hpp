// Where a deployment stands and what it is called.
#pragma once

#include <string>

namespace azid::arm {

// Without a group: at the subscription.
struct DeploymentPlace {
    std::string subscription;
    std::string group;
    std::string name;

    // "/subscriptions/S" or "/subscriptions/S/resourceGroups/G".
    std::string scope() const;
    // The deployment's own id.
    std::string id() const;
};

}  // namespace azid::arm
