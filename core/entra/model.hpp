// What Microsoft Entra ID keeps: tenants, the directory's objects, and the keys its token service signs with.
#pragma once

#include "core/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::entra {

struct Tenant {
    std::string id;
    std::string display_name;
    std::string default_domain;
};

// Kinds of directory objects that can be given roles, as RBAC names them.
enum class PrincipalType { user, group, service_principal };

struct ServicePrincipal {
    std::string id;  // object id = principalId
    std::string tenant_id;
    std::string app_id;  // = clientId
    std::string display_name;
    std::string type;  // "ManagedIdentity" or "Application"
    std::string
        resource_id;  // of a managed identity: the ARM id with lower-case "resourcegroups"; empty otherwise
    bool user_assigned = false;
    bool enabled = true;
    std::vector<std::string> names;  // servicePrincipalNames: appId first, then URIs
    Instant created;
    std::string properties;  // JSON object text: what else Graph keeps of it, as it was set; may be empty
};

struct Application {
    std::string id;  // object id of the app registration
    std::string tenant_id;
    std::string app_id;
    std::string display_name;
    std::vector<std::string> identifier_uris;
    std::string app_roles;  // JSON array text
    Instant created;
    std::string properties;  // JSON object text: what else Graph keeps of it, as it was set; may be empty
};

// A client secret or password: only its hash is kept.
struct Secret {
    std::string key_id;
    std::string owner_id;  // application's or user's object id
    std::string display_name;
    std::string hint;  // the first three characters, as Graph shows
    std::string hash;
    Instant start;
    Instant end;
};

// The public half of an application's or service principal's certificate. Those of managed identities are
// msi's.
struct KeyCredential {
    std::string key_id;
    std::string owner_id;
    std::string display_name;
    std::string certificate;  // DER
    std::string thumbprint;   // SHA-1, upper-case hexadecimal
    Instant start;
    Instant end;
};

// An outside issuer's subject that an application trusts to be itself.
struct FederatedIdentity {
    std::string id;
    std::string application_id;  // object id
    std::string name;
    std::string issuer;
    std::string subject;
    std::string description;
    std::string audience;
};

// The keys of an outside token issuer, which a state without network has to be told.
struct TrustedIssuer {
    std::string issuer;
    std::string keys;  // JSON Web Key Set text
    Instant added;
};

// A user's or administrator's consent to delegated permissions (Graph: oAuth2PermissionGrant).
struct PermissionGrant {
    std::string id;
    std::string client_id;     // object id of the client's service principal
    std::string consent_type;  // "AllPrincipals" or "Principal"
    std::string principal_id;  // the user, of "Principal"; empty otherwise
    std::string resource_id;   // object id of the API's service principal
    std::string scope;
};

struct User {
    std::string id;
    std::string tenant_id;
    std::string user_principal_name;
    std::string display_name;
    std::string given_name;
    std::string surname;
    std::string mail;
    std::string mail_nickname;
    bool enabled = true;
    Instant created;
};

struct DirectoryGroup {
    std::string id;
    std::string tenant_id;
    std::string display_name;
    std::string mail_nickname;
    std::string description;
    Instant created;
};

struct Membership {
    std::string group_id;
    std::string member_id;
    PrincipalType member_type;
};

// A directory role (Global Administrator, Directory Readers ...) given to a principal.
struct DirectoryRoleAssignment {
    std::string id;
    std::string tenant_id;
    std::string principal_id;
    std::string role_template_id;
    std::string directory_scope = "/";
};

struct AppRoleAssignment {
    std::string id;
    std::string principal_id;
    std::string resource_id;  // object id of the service principal of the API
    std::string app_role_id;
    std::string app_role_value;
    Instant created;
};

// Signs access tokens. Made when first needed.
struct SigningKey {
    std::string tenant_id;
    std::string kid;          // = x5t: base64url(SHA-1(certificate))
    std::string private_key;  // PEM
    std::string certificate;  // DER
    Instant created;
};

// A principal of whatever kind, as far as role assignments care.
struct Principal {
    std::string id;
    PrincipalType type = PrincipalType::user;
    std::string name;  // UPN, group's display name, or the first of servicePrincipalNames
    std::string display_name;
};

}  // namespace azid::entra
