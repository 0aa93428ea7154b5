// What Resource Manager needs stored. Names and ids are looked up without case.
#pragma once

#include "core/arm/model.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace azid::arm {

class Store {
  public:
    virtual ~Store() = default;

    virtual std::vector<Subscription> subscriptions() = 0;
    // By id. Empty when there is none.
    virtual std::optional<Subscription> find_subscription(std::string_view id) = 0;
    virtual void save(const Subscription& subscription) = 0;

    // Ordered by name.
    virtual std::vector<Group> groups(std::string_view subscription) = 0;
    virtual std::optional<Group> find_group(std::string_view subscription, std::string_view name) = 0;
    virtual void save(const Group& group) = 0;
    virtual void erase_group(std::string_view subscription, std::string_view name) = 0;

    virtual std::optional<Resource> find_resource(const ResourceId& id) = 0;
    // All of a subscription, ordered by creation; an empty group or type means any.
    virtual std::vector<Resource> resources(std::string_view subscription, std::string_view group,
                                            std::string_view type) = 0;
    // All hosts whose identity block names that user-assigned identity.
    virtual std::vector<Resource> resources_using_identity(std::string_view identity_id) = 0;
    // Inserts or replaces, the identity block with it.
    virtual void save(const Resource& resource) = 0;
    // Removes the resource and its child resources.
    virtual void erase_resource(const ResourceId& id) = 0;

    virtual void save(const Deployment& deployment) = 0;
    virtual std::optional<Deployment> find_deployment(std::string_view subscription, std::string_view group,
                                                      std::string_view name) = 0;

    // Management groups: the ids of the ancestors of a subscription or management group, nearest first.
    virtual std::vector<std::string> management_groups_above(std::string_view subscription) = 0;
};

}  // namespace azid::arm
