// The state's own certificate authority, which signs what in Azure Microsoft's authorities do.
#pragma once

#include "core/base/session.hpp"
#include "core/crypto/authority.hpp"

#include <span>
#include <string_view>

namespace azid::account {

// The domains that all of azid's faces lie in: what the authority may sign for.
std::span<const std::string_view> signed_domains();

// The authority, made and kept at first use: so the transaction must be one that writes when there is none
// yet. It is good for ten years from the instant given, or from a day before it.
crypto::KeyAndCertificate require_authority(Session& session, Instant now);

}  // namespace azid::account
