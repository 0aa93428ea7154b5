// What the directory needs stored of applications and service principals beside the objects themselves.
#pragma once

#include "core/entra/model.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace azid::entra {

// An object in the directory's deleted items.
struct DeletedObject {
    std::string id;
    std::string tenant_id;
    std::string type;  // "application", "group", "servicePrincipal" or "user"
    Instant deleted;
    std::string shown;  // what Microsoft Graph showed of it, JSON object text
};

class RegistrationStore {
  public:
    virtual ~RegistrationStore() = default;

    // Keeps what is stored of an object that is about to be erased: itself, credentials, memberships, owners.
    virtual void set_aside(const DeletedObject& object) = 0;
    // In the order of their deletion.
    virtual std::vector<DeletedObject> deleted_objects(std::string_view tenant) = 0;
    // Puts back what set_aside kept, less the ties to what is no longer there. Nothing may be in its place.
    virtual void bring_back(std::string_view id) = 0;
    virtual void erase_deleted_object(std::string_view id) = 0;

    // Of an application or service principal, oldest first.
    virtual std::vector<KeyCredential> key_credentials(std::string_view owner_id) = 0;
    virtual void save(const KeyCredential& credential) = 0;
    virtual void erase_key_credential(std::string_view key_id) = 0;

    // Of an application, by its object id, oldest first.
    virtual std::vector<FederatedIdentity> federated_identities(std::string_view application_id) = 0;
    virtual void save(const FederatedIdentity& identity) = 0;
    virtual void erase_federated_identity(std::string_view id) = 0;

    // Object ids, in the order in which they were added.
    virtual std::vector<std::string> owners_of(std::string_view object_id) = 0;
    virtual std::vector<std::string> owned_by(std::string_view owner_id) = 0;
    virtual void add_owner(std::string_view object_id, std::string_view owner_id) = 0;
    // False when it was no owner.
    virtual bool erase_owner(std::string_view object_id, std::string_view owner_id) = 0;

    virtual std::vector<PermissionGrant> permission_grants() = 0;
    virtual void save(const PermissionGrant& grant) = 0;
    virtual void erase_permission_grant(std::string_view id) = 0;

    // From when on Microsoft Graph shows a service principal that has to spread first; empty: from the
    // beginning.
    virtual std::optional<Instant> visible_from(std::string_view object_id) = 0;
    virtual void hide_until(std::string_view object_id, Instant visible_from) = 0;

    virtual std::vector<TrustedIssuer> trusted_issuers() = 0;
    virtual void save(const TrustedIssuer& issuer) = 0;
    // False when there was none.
    virtual bool erase_trusted_issuer(std::string_view issuer) = 0;
};

}  // namespace azid::entra
