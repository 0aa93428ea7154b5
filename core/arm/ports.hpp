// What Resource Manager needs stored. Names and ids are looked up without case.
#pragma once

#include "core/arm/model.hpp"
#include "core/arm/operation.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace azid::arm {

// What of resources' properties is looked up by its value.
enum class Place {
    machine_interface,         // the network interface of a virtual machine
    interface_subnet,          // of a network interface: the subnet it is in
    interface_public_address,  // the public address it has
    interface_security_group,  // the security group that guards it
    public_address_number,     // the number of a public address
};

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
    // Those of the subscription that name the value there in their properties, in order of creation, and
    // perhaps some that do not.
    virtual std::vector<Resource> resources_naming(std::string_view subscription, Place place,
                                                   std::string_view value) = 0;
    // How many there are in the subscription.
    virtual std::size_t count_resources(std::string_view subscription) = 0;
    // All hosts whose identity block names that user-assigned identity.
    virtual std::vector<Resource> resources_using_identity(std::string_view identity_id) = 0;
    // Inserts or replaces, the identity block with it.
    virtual void save(const Resource& resource) = 0;
    // Removes the resource and its child resources.
    virtual void erase_resource(const ResourceId& id) = 0;

    virtual void save(const Deployment& deployment) = 0;
    virtual std::optional<Deployment> find_deployment(std::string_view subscription, std::string_view group,
                                                      std::string_view name) = 0;

    // All of a group, by name; an empty group means those of the subscription itself.
    virtual std::vector<Deployment> deployments(std::string_view subscription, std::string_view group) = 0;
    // False when there was none.
    virtual bool erase_deployment(std::string_view subscription, std::string_view group,
                                  std::string_view name) = 0;

    virtual void save(const Operation& operation) = 0;
    virtual std::optional<Operation> find_operation(std::string_view subscription, std::string_view id) = 0;
    // The one on that thing which was begun last.
    virtual std::optional<Operation> latest_operation(std::string_view target) = 0;
    // Those that were over before the instant.
    virtual void forget_operations(Instant ended_before) = 0;

    // Marks the state as it is now within the transaction. What is changed after it is either taken back or
    // kept; marks may be nested, the latest is meant.
    virtual void mark() = 0;
    virtual void take_back_to_mark() = 0;
    virtual void keep_since_mark() = 0;

    // Locks at the subscription or anywhere below it. They go with the resource or group they are on.
    virtual std::vector<Lock> locks(std::string_view subscription) = 0;
    virtual std::optional<Lock> find_lock(std::string_view id) = 0;
    virtual void save(const Lock& lock) = 0;
    // False when there was none.
    virtual bool erase_lock(std::string_view id) = 0;

    // The tag names that the subscription offers, in order of creation.
    virtual std::vector<TagName> tag_names(std::string_view subscription) = 0;
    virtual void save_tag_name(std::string_view subscription, std::string_view name) = 0;
    virtual void save_tag_value(std::string_view subscription, std::string_view name,
                                std::string_view value) = 0;
    // With its values.
    virtual void erase_tag_name(std::string_view subscription, std::string_view name) = 0;
    virtual void erase_tag_value(std::string_view subscription, std::string_view name,
                                 std::string_view value) = 0;

    // What somebody has made of a resource provider in the subscription: "Registered", "Unregistered". Empty:
    // nobody has touched it.
    virtual std::optional<std::string> registration(std::string_view subscription,
                                                    std::string_view provider) = 0;
    virtual void save_registration(std::string_view subscription, std::string_view provider,
                                   std::string_view state) = 0;

    // The settings of a tenant's management group tree, as JSON object text; empty when there are none.
    virtual std::string hierarchy_settings(std::string_view tenant) = 0;
    // An empty text takes them away.
    virtual void save_hierarchy_settings(std::string_view tenant, std::string_view settings) = 0;

    // Ordered by name.
    virtual std::vector<ManagementGroup> management_groups() = 0;
    virtual std::optional<ManagementGroup> find_management_group(std::string_view name) = 0;
    virtual void save(const ManagementGroup& group) = 0;
    // Its subscriptions move back to the root. It must have no groups below it.
    virtual void erase_management_group(std::string_view name) = 0;
    // Moves the subscription into a management group; an empty name means back to the root.
    virtual void place_subscription(std::string_view subscription, std::string_view management_group) = 0;
    // The ids of the subscriptions right below the management group.
    virtual std::vector<std::string> subscriptions_in(std::string_view management_group) = 0;
    // The scopes ("/providers/Microsoft.Management/managementGroups/<name>") of the management groups above a
    // subscription (by id) or a management group (by name), nearest first. The last is
    // the tenant's root group, which is named by the tenant's id and is stored nowhere.
    virtual std::vector<std::string> management_groups_above(std::string_view subscription_or_group) = 0;
};

}  // namespace azid::arm
