// Secrets and certificates of applications and service principals, as Microsoft Graph's addPassword,
// removePassword, addKey and keyCredentials change them.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid::entra {

// Makes a secret by Graph's passwordCredential ("displayName", "startDateTime", "endDateTime", all optional;
// two years without an end). Gives the passwordCredential with its "secretText", which is never seen again:
// only a hash is kept. Throws Error (fault::graph_bad_request) for dates that are none.
Json add_password(Session& session, std::string_view owner_id, const Json& credential);
// Throws Error (fault::graph_bad_request) when the owner has no such secret.
void remove_password(Session& session, std::string_view owner_id, std::string_view key_id);
// Keeps the secrets that the list names by "keyId" and takes the others away. Throws Error
// (fault::graph_bad_request) for an item that is none of them: new secrets come from add_password.
void keep_passwords(Session& session, std::string_view owner_id, const Json& credentials);

// Makes the owner's certificates those of the list: items with "key" (base64 of the DER) are new, others are
// found by "keyId". Throws Error (fault::graph_bad_request) for what is no RSA certificate, for dates outside
// the certificate's, and for an unknown keyId.
void replace_keys(Session& session, std::string_view owner_id, const Json& credentials);

// addKey and removeKey: changes that the owner itself may make, by a proof signed with one of its valid
// certificates. The proof is a JWT with aud 00000002-0000-0000-c000-000000000000 and iss the owner's object
// id. Throws Error: fault::graph_unauthenticated for a bad proof, fault::graph_bad_request as above.
Json add_key(Session& session, std::string_view owner_id, const Json& credential, std::string_view proof);
void remove_key(Session& session, std::string_view owner_id, std::string_view key_id, std::string_view proof);

}  // namespace azid::entra
