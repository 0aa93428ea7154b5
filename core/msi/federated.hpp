// Federated credentials of a user-assigned identity: which tokens of other issuers Entra takes for it. Rules
// and messages as in entra-docs' considerations on workload identity federation.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <vector>

namespace azid::msi {

// PUT: creates or replaces. Throws Error: AuthorizationFailed, NotFound (no such identity), BadRequest (name,
// missing issuer, subject or audience, not exactly one audience, more than 20), Conflict (issuer and subject
// taken).
Json put_federated(Session& session, const arm::ResourceId& id, const Json& body);
// Throws Error: AuthorizationFailed, NotFound.
Json get_federated(Session& session, const arm::ResourceId& id);
bool has_federated(Session& session, const arm::ResourceId& id);
// All of an identity, by name.
std::vector<Json> list_federated(Session& session, const arm::ResourceId& identity);
// False when there was none.
bool remove_federated(Session& session, const arm::ResourceId& id);

}  // namespace azid::msi
