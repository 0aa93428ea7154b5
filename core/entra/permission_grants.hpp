// Consent that administrators or users give to delegated permissions (Microsoft Graph:
// oauth2PermissionGrants). azid keeps and shows it; users sign in to every API without being asked.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string_view>
#include <vector>

namespace azid::entra {

// All of the tenant. Throws Error (fault::graph_denied).
std::vector<PermissionGrant> permission_grants(Session& session);
// By Graph's JSON: clientId, consentType, resourceId, scope and, for one user, principalId. Throws Error:
// fault::graph_denied, missing_object_of_change, fault::graph_bad_request.
PermissionGrant create_permission_grant(Session& session, const Json& body);
// Throws Error: fault::graph_denied, missing_object_of_change.
void update_permission_grant(Session& session, std::string_view id, std::string_view scope);
void delete_permission_grant(Session& session, std::string_view id);

// Consents to everything that the application asks for in requiredResourceAccess: app roles are given,
// delegated permissions granted for everybody. What is there already stays. Throws Error:
// fault::graph_denied, missing_object_of_change, fault::graph_bad_request for permissions that the API has
// not.
void consent_to_all(Session& session, std::string_view application_id);

}  // namespace azid::entra
