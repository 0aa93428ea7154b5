// The federated identity credentials of applications (Microsoft Graph: federatedIdentityCredentials): which
// tokens of other issuers are taken in place of a secret. Those of managed identities are msi's.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string_view>
#include <vector>

namespace azid::entra {

// All of an application, by its object id. Throws Error: fault::graph_denied, missing_object.
std::vector<FederatedIdentity> federated_identities(Session& session, std::string_view application_id);
// One by id or name. Throws Error as above.
FederatedIdentity federated_identity(Session& session, std::string_view application_id,
                                     std::string_view id_or_name);
// By Graph's JSON: name, issuer, subject and one audience; at most twenty, issuer and subject together
// unique. Throws Error: fault::graph_denied, missing_object_of_change, fault::graph_bad_request,
// fault::graph_conflict.
FederatedIdentity create_federated_identity(Session& session, std::string_view application_id,
                                            const Json& body);
// A PATCH; the name cannot change. Throws Error as above.
void update_federated_identity(Session& session, std::string_view application_id, std::string_view id_or_name,
                               const Json& body);
void delete_federated_identity(Session& session, std::string_view application_id,
                               std::string_view id_or_name);

}  // namespace azid::entra
