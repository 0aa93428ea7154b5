#include "core/msi/certificates.hpp"

#include "core/base/derived.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/crypto/certificate.hpp"
#include "core/entra/model.hpp"
#include "core/msi/ports.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace azid::msi {

namespace {

constexpr std::chrono::minutes back_dating{5};

// A GUID that is a function of the window, so that a listing that makes nothing shows the same ids as later
// ones.
std::string key_id_of(const std::string& principal_id, Instant start) {
    return derived_guid(principal_id + utc_seconds(start));
}

Certificate window_from(const entra::ServicePrincipal& principal, Instant start) {
    Certificate window;
    window.key_id = key_id_of(principal.id, start);
    window.principal_id = principal.id;
    window.not_before = start;
    window.not_after = start + certificate_validity;
    return window;
}

// The last of the roll's beginnings that is not after that instant, counted from the first; negative before
// it.
std::int64_t rolls_until(Instant first, Instant now, std::chrono::days roll) {
    const std::chrono::microseconds since = now - first;
    const std::int64_t whole = since / roll;
    return since < whole * std::chrono::microseconds(roll) ? whole - 1 : whole;
}

// Gives it a key and keeps it. Who rolls what is told: the resource provider, and the metadata service that
// signs with it from here on.
Certificate made(Session& session, const entra::ServicePrincipal& principal, Certificate window,
                 bool rolled) {
    window.private_key = session.keys.take();
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(window.private_key);
    if (!key) throw std::runtime_error("the key pool gave no key");
    const crypto::Certificate certificate = crypto::Certificate::self_signed(
        {principal.app_id, window.not_before, window.not_after, session.random.bytes(16)}, *key);
    window.certificate = certificate.der();
    window.thumbprint = certificate.thumbprint();
    session.msi.save(window);
    session.note("msi", rolled ? "certificate rolled" : "certificate made", principal.id,
                 fmt::format(R"({{"thumbprint":"{}","subject":"{}","notBefore":"{}","notAfter":"{}"}})",
                             window.thumbprint, certificate.subject(), utc_seconds(window.not_before),
                             utc_seconds(window.not_after)));
    return window;
}

void erase_pushed_out(Session& session, const std::vector<Certificate>& stored, Instant oldest_kept) {
    for (const Certificate& old : stored)
        if (old.not_before < oldest_kept) session.msi.erase_certificate(old.key_id);
}

}  // namespace

std::vector<Certificate> certificates_at(const entra::ServicePrincipal& principal,
                                         const std::vector<Certificate>& stored, Instant now,
                                         std::chrono::days roll) {
    const Instant first = std::chrono::floor<std::chrono::minutes>(principal.created - back_dating);
    const std::int64_t newest = rolls_until(first, now, roll);
    std::vector<Certificate> certificates;
    // Those that another roll made stay where they are.
    for (const Certificate& one : stored)
        if (one.not_before <= now) certificates.push_back(one);
    const auto oldest = newest - static_cast<std::int64_t>(certificates_kept);
    for (std::int64_t at = newest; at >= std::min<std::int64_t>(0, newest) && at > oldest; --at) {
        const Instant start = first + roll * at;
        const bool known = std::any_of(certificates.begin(), certificates.end(),
                                       [&](const Certificate& one) { return one.not_before == start; });
        if (!known) certificates.push_back(window_from(principal, start));
    }
    std::sort(
        certificates.begin(), certificates.end(),
        [](const Certificate& left, const Certificate& right) { return left.not_before > right.not_before; });
    if (certificates.size() > certificates_kept) certificates.resize(certificates_kept);
    return certificates;
}

std::vector<Certificate> current_certificates(Session& session, const entra::ServicePrincipal& principal) {
    const std::chrono::days roll(settings::number(session, settings::certificates_roll_after_days));
    return certificates_at(principal, session.msi.certificates(principal.id), session.now, roll);
}

Certificate ensure_certificate(Session& session, const entra::ServicePrincipal& principal) {
    const std::vector<Certificate> current = current_certificates(session, principal);
    if (!current.front().private_key.empty()) return current.front();
    const Certificate newest = made(session, principal, current.front(), current.size() > 1);
    erase_pushed_out(session, session.msi.certificates(principal.id), current.back().not_before);
    return newest;
}

std::vector<Certificate> ensure_certificates(Session& session, const entra::ServicePrincipal& principal) {
    std::vector<Certificate> current = current_certificates(session, principal);
    for (std::size_t at = current.size(); at-- > 0;)
        if (current[at].private_key.empty())
            current[at] = made(session, principal, current[at], at + 1 < current.size());
    erase_pushed_out(session, session.msi.certificates(principal.id), current.back().not_before);
    return current;
}

}  // namespace azid::msi
