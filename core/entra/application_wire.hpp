// Applications, their credentials and what hangs on them, as Microsoft Graph v1.0 writes them, all members,
// in its order (recorded answers).
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid::entra {

Json wire(Session& session, const Application& application);
// Without its text, which nobody sees again after it was made.
Json wire(const Secret& secret);
// The key itself is left out, as Graph does where it is not selected.
Json wire(const KeyCredential& credential);
Json wire(const FederatedIdentity& identity);
Json wire(const PermissionGrant& grant);

// Both lists of an application's or service principal's credentials.
Json password_credentials(Session& session, std::string_view owner_id);
Json key_credentials(Session& session, std::string_view owner_id);

// Lays what was set (JSON object text, may be empty) over the members that Graph shows without it; objects
// member by member.
void lay_over(Json& body, std::string_view properties);

// "2024-01-02T03:04:05.1234Z": the fraction only as far as there is one.
std::string graph_time(Instant instant);

}  // namespace azid::entra
