#include "core/account/authority.hpp"

#include "core/account/ports.hpp"
#include "core/base/random.hpp"

#include <chrono>

namespace azid::account {

std::span<const std::string_view> signed_domains() {
    static constexpr std::string_view domains[] = {"azure.com", "azure.net", "microsoft.com",
                                                   "microsoftonline.com", "windows.net"};
    return domains;
}

crypto::KeyAndCertificate require_authority(Session& session, Instant now) {
    if (const std::optional<TlsAuthority> kept = session.account.tls_authority())
        return {kept->key_pem, kept->certificate_pem};
    constexpr std::chrono::hours day(24);
    crypto::KeyAndCertificate made =
        crypto::new_authority("azid (this state's own; it is not Azure)", signed_domains(),
                              {now - day, now + 3650 * day}, session.random.bytes(16));
    session.account.save(TlsAuthority{made.key_pem, made.certificate_pem});
    return made;
}

}  // namespace azid::account
