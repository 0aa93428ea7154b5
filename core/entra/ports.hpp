// What the directory and the token service need stored.
#pragma once

#include "core/entra/model.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace azid::entra {

class RegistrationStore;

// How many of each a tenant has.
struct DirectorySize {
    std::size_t users = 0;
    std::size_t groups = 0;
    std::size_t managed_identities = 0;
};

class Store {
  public:
    virtual ~Store() = default;

    virtual std::vector<Tenant> tenants() = 0;
    // By id or by default domain. Empty when there is none.
    virtual std::optional<Tenant> find_tenant(std::string_view id_or_domain) = 0;
    virtual void save(const Tenant& tenant) = 0;

    // A principal of any kind by object id. Empty when the directory has none.
    virtual std::optional<Principal> find_principal(std::string_view object_id) = 0;

    virtual DirectorySize size_of(std::string_view tenant) = 0;

    virtual std::vector<ServicePrincipal> service_principals(std::string_view tenant) = 0;
    virtual std::optional<ServicePrincipal> find_service_principal(std::string_view object_id) = 0;
    // Those with that display name, without case; a tenant's, in order of creation.
    virtual std::vector<ServicePrincipal> service_principals_called(std::string_view tenant,
                                                                    std::string_view display_name) = 0;
    // The managed identity of that resource (a user-assigned identity, or a host with its own).
    virtual std::optional<ServicePrincipal> find_service_principal_of(std::string_view resource_id) = 0;
    // By appId or any other of its servicePrincipalNames.
    virtual std::optional<ServicePrincipal> find_service_principal_named(std::string_view tenant,
                                                                         std::string_view name) = 0;
    virtual void save(const ServicePrincipal& principal) = 0;
    // Also takes away its memberships, directory roles and app roles. Role assignments stay: they are RBAC's.
    virtual void erase_service_principal(std::string_view object_id) = 0;

    virtual std::vector<Application> applications(std::string_view tenant) = 0;
    // By object id, appId or identifier URI.
    virtual std::optional<Application> find_application(std::string_view tenant, std::string_view id) = 0;
    virtual void save(const Application& application) = 0;
    virtual void erase_application(std::string_view object_id) = 0;

    virtual std::vector<Secret> secrets(std::string_view owner_id) = 0;
    virtual void save(const Secret& secret) = 0;
    virtual void erase_secret(std::string_view key_id) = 0;

    virtual std::vector<User> users(std::string_view tenant) = 0;
    // By object id or user principal name.
    virtual std::optional<User> find_user(std::string_view tenant, std::string_view id_or_upn) = 0;
    virtual void save(const User& user) = 0;
    virtual void erase_user(std::string_view object_id) = 0;

    virtual std::vector<DirectoryGroup> groups(std::string_view tenant) = 0;
    // By object id only: display names are not unique.
    virtual std::optional<DirectoryGroup> find_group(std::string_view object_id) = 0;
    virtual void save(const DirectoryGroup& group) = 0;
    virtual void erase_group(std::string_view object_id) = 0;

    virtual std::vector<Membership> members(std::string_view group_id) = 0;
    virtual void save(const Membership& membership) = 0;
    // False when it was no member.
    virtual bool erase_membership(std::string_view group_id, std::string_view member_id) = 0;
    // Ids of all groups the object is in, directly or through other groups.
    virtual std::vector<std::string> transitive_groups(std::string_view object_id) = 0;

    virtual std::vector<DirectoryRoleAssignment> directory_roles(std::string_view tenant) = 0;
    virtual void save(const DirectoryRoleAssignment& assignment) = 0;
    virtual void erase_directory_role(std::string_view id) = 0;

    virtual std::vector<AppRoleAssignment> app_roles_of(std::string_view principal_id) = 0;
    // Of the API whose service principal this is.
    virtual std::vector<AppRoleAssignment> app_roles_in(std::string_view resource_id) = 0;
    virtual void save(const AppRoleAssignment& assignment) = 0;
    virtual void erase_app_role(std::string_view id) = 0;

    // What belongs to applications and service principals: see registration_ports.hpp.
    virtual RegistrationStore& registrations() = 0;

    // Newest first.
    virtual std::vector<SigningKey> signing_keys(std::string_view tenant) = 0;
    virtual void save(const SigningKey& key) = 0;
};

}  // namespace azid::entra
