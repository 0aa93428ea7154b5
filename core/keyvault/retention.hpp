// Soft delete runs out: what was deleted and not recovered in time is gone, from the instant on for which its
// purge was scheduled, purge protection or not (Key Vault's soft-delete overview). Nothing purges it then: it
// is told by the clock, and room is made when somebody takes the name anew.
#pragma once

#include "core/base/session.hpp"
#include "core/keyvault/model.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace azid::keyvault {

// The store's answers without what has run out by the session's instant.
std::optional<Vault> known_vault(Session& session, std::string_view name);
std::vector<Vault> known_vaults(Session& session);
std::vector<SecretVersion> known_secrets(Session& session, std::string_view vault);
std::vector<SecretVersion> known_secret_versions(Session& session, std::string_view vault,
                                                 std::string_view name);
std::vector<KeyVersion> known_keys(Session& session, std::string_view vault);
std::vector<KeyVersion> known_key_versions(Session& session, std::string_view vault, std::string_view name);

// Takes away what has run out under a name that is about to be used again. Nothing else is touched.
void make_room_for_vault(Session& session, std::string_view name);
void make_room_for_secret(Session& session, std::string_view vault, std::string_view name);
void make_room_for_key(Session& session, std::string_view vault, std::string_view name);

}  // namespace azid::keyvault
