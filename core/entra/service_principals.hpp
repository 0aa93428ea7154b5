// Service principals: how the systems make and unmake those of managed identities, and what callers of
// Microsoft Graph may change.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::entra {

// Makes the service principal of a managed identity in the tenant that the resource's subscription trusts:
// new object id (= principalId) and appId (= clientId), no application, as entra-docs' overview of managed
// identities says. Nobody is authorised here: the resource provider acts, not the caller. The resource id is
// kept with lower-case "resourcegroups", as the directory shows it; the certificate is msi's.
ServicePrincipal create_managed_identity_principal(Session& session, std::string_view resource_id,
                                                   std::string_view display_name, bool user_assigned);

// Takes a service principal out of the directory with its memberships and directory roles. Role assignments
// stay, orphaned. Nothing happens when there is none.
void remove_principal(Session& session, std::string_view object_id);

// The names of an application's service principal: its appId and its identifier URIs.
std::vector<std::string> service_principal_names(const Application& application);

// A caller makes the service principal of an application through Graph: of one of its tenant by the appId, or
// of Microsoft's own. The other members of the body are taken as in update_service_principal. Throws Error:
// fault::graph_denied, fault::graph_no_application, fault::graph_conflict when there is one already,
// fault::graph_bad_request.
ServicePrincipal create_service_principal(Session& session, const Json& body);

// A PATCH: what the body names is replaced. Throws Error: fault::graph_denied, missing_object_of_change,
// fault::graph_bad_request for unknown or read-only members, and for anything of a managed identity but its
// tags and whether it is enabled.
void update_service_principal(Session& session, std::string_view object_id, const Json& body);

// By object id, for those who may change it. Throws Error: fault::graph_denied, missing_object_of_change.
ServicePrincipal service_principal_to_change(Session& session, std::string_view object_id);

// A caller deletes a service principal through Graph. Throws Error: fault::graph_denied,
// missing_object_of_change, fault::graph_bad_request for a managed identity's: it lives and dies with its
// resource (managed identities' FAQ).
void delete_service_principal(Session& session, std::string_view object_id);

}  // namespace azid::entra
