#include "core/arm/deployment_place.hpp"

#include "core/arm/resource_id.hpp"

#include <fmt/format.h>

namespace azid::arm {

std::string DeploymentPlace::scope() const {
    return group.empty() ? subscription_scope(subscription) : group_scope(subscription, group);
}

std::string DeploymentPlace::id() const {
    return fmt::format("{}/providers/Microsoft.Resources/deployments/{}", scope(), name);
}

}  // namespace azid::arm
