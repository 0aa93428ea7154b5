#include "core/msi/certificates.hpp"

#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/crypto/certificate.hpp"
#include "core/entra/model.hpp"
#include "core/msi/ports.hpp"

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
    class Digest : public Random {
      public:
        explicit Digest(std::string bytes) : bytes_(std::move(bytes)) {}
        std::string bytes(std::size_t count) override { return bytes_.substr(0, count); }

      private:
        std::string bytes_;
    };
    Digest digest(crypto::sha256(principal_id + utc_seconds(start)));
    return new_guid(digest);
}

}  // namespace

std::vector<Certificate> certificates_at(const entra::ServicePrincipal& principal,
                                         const std::vector<Certificate>& stored, Instant now) {
    const Instant first = std::chrono::floor<std::chrono::minutes>(principal.created - back_dating);
    const std::int64_t rolls = std::max<std::int64_t>(0, (now - first) / certificate_roll);
    std::vector<Certificate> certificates;
    for (std::int64_t roll = rolls; roll >= 0 && certificates.size() < certificates_kept; --roll) {
        const Instant start = first + certificate_roll * roll;
        const auto made = std::find_if(stored.begin(), stored.end(),
                                       [&](const Certificate& one) { return one.not_before == start; });
        if (made != stored.end()) {
            certificates.push_back(*made);
            continue;
        }
        Certificate window;
        window.key_id = key_id_of(principal.id, start);
        window.principal_id = principal.id;
        window.not_before = start;
        window.not_after = start + certificate_validity;
        certificates.push_back(std::move(window));
    }
    return certificates;
}

Certificate ensure_certificate(Session& session, const entra::ServicePrincipal& principal) {
    const std::vector<Certificate> stored = session.msi.certificates(principal.id);
    const std::vector<Certificate> current = certificates_at(principal, stored, session.now);
    Certificate newest = current.front();
    if (!newest.private_key.empty()) return newest;
    newest.private_key = session.keys.take();
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(newest.private_key);
    if (!key) throw std::runtime_error("the key pool gave no key");
    const crypto::Certificate certificate = crypto::Certificate::self_signed(
        {principal.app_id, newest.not_before, newest.not_after, session.random.bytes(16)}, *key);
    newest.certificate = certificate.der();
    newest.thumbprint = certificate.thumbprint();
    session.msi.save(newest);
    for (const Certificate& old : stored)
        if (old.not_before < current.back().not_before) session.msi.erase_certificate(old.key_id);
    session.note("msi", "certificate made", principal.id,
                 fmt::format(R"({{"thumbprint":"{}","subject":"{}","notBefore":"{}","notAfter":"{}"}})",
                             newest.thumbprint, certificate.subject(), utc_seconds(newest.not_before),
                             utc_seconds(newest.not_after)));
    return newest;
}

}  // namespace azid::msi
