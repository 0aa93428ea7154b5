// The certificates by which identities prove themselves to Entra: how long they live, when they are rolled,
// and their making when one is first needed. Facts: managed identities' FAQ (90 days) and
// recorded keyCredentials (rolled after 46
// days, dates on the whole minute, back-dated five to six minutes, at most three kept).
#pragma once

#include "core/base/time.hpp"
#include "core/msi/model.hpp"

#include <vector>

namespace azid {
struct Session;
namespace entra {
struct ServicePrincipal;
}
}  // namespace azid

namespace azid::msi {

inline constexpr std::chrono::days certificate_validity{90};
// As observed; the documents say 45. The setting certificates.rollAfterDays has the last word.
inline constexpr std::chrono::days certificate_roll{46};
inline constexpr std::size_t certificates_kept = 3;

// The certificates that the identity has at that instant, newest first, at most three: after each `roll` a
// new one beside the older ones, which stay until pushed out. The stored ones are given with what they hold;
// those of which no key was needed yet have only their dates. A function of the principal and the instant:
// the same windows whoever asks, however long nobody did. Before the principal's time, to which a clock may
// go back, the windows go on as far as needed: there is always one that is valid.
std::vector<Certificate> certificates_at(const entra::ServicePrincipal& principal,
                                         const std::vector<Certificate>& stored, Instant now,
                                         std::chrono::days roll = certificate_roll);

// The same of the session's instant, with the state's setting: what the directory holds.
std::vector<Certificate> current_certificates(Session& session, const entra::ServicePrincipal& principal);

// The newest certificate with its key, made and stored now if it has none yet (CN=<appId>, as in the
// directory). Throws KeyWanted when one has to be made and the pool has no key ready.
Certificate ensure_certificate(Session& session, const entra::ServicePrincipal& principal);

// The same of all that the identity has, for those who look at them.
std::vector<Certificate> ensure_certificates(Session& session, const entra::ServicePrincipal& principal);

}  // namespace azid::msi
