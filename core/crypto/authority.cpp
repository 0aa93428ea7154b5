#include "core/crypto/authority.hpp"

#include "core/base/text.hpp"
#include "core/crypto/certificate_parts.hpp"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cctype>

namespace azid::crypto {

namespace {

Key new_elliptic_key() {
    std::string curve = "P-256";  // OpenSSL's own short form casts away a const, of which clang warns
    Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.data()));
    require(key != nullptr, "new elliptic key");
    return key;
}

std::string text_of(const Key& key) {
    const Bio out = writing();
    require(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "key text");
    return contents(out);
}

std::string text_of(const X509Owner& certificate) {
    const Bio out = writing();
    require(PEM_write_bio_X509(out.get(), certificate.get()) == 1, "certificate text");
    return contents(out);
}

bool is_address(std::string_view host) {
    return !host.empty() && std::all_of(host.begin(), host.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

X509Owner begin(const Validity& validity, const std::string& serial, std::string_view name, const Key& key) {
    X509Owner made(X509_new());
    require(made != nullptr && X509_set_version(made.get(), X509_VERSION_3) == 1, "new certificate");
    set_serial(made.get(), serial);
    set_time(X509_getm_notBefore(made.get()), validity.not_before);
    set_time(X509_getm_notAfter(made.get()), validity.not_after);
    const NameOwner subject = common_name(name);
    require(X509_set_subject_name(made.get(), subject.get()) == 1, "certificate subject");
    require(X509_set_pubkey(made.get(), key.get()) == 1, "certificate key");
    return made;
}

}  // namespace

KeyAndCertificate new_authority(std::string_view name, std::span<const std::string_view> domains,
                                const Validity& validity, const std::string& serial) {
    const Key key = new_elliptic_key();
    const X509Owner made = begin(validity, serial, name, key);
    require(X509_set_issuer_name(made.get(), X509_get_subject_name(made.get())) == 1, "certificate issuer");
    std::string constraints = "critical,permitted;DNS:localhost";
    for (const std::string_view domain : domains) constraints += fmt::format(",permitted;DNS:{}", domain);
    constraints += ",permitted;IP:127.0.0.0/255.0.0.0,permitted;IP:169.254.169.254/255.255.255.255";
    add_extension(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(made.get(), made.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(made.get(), made.get(), NID_subject_key_identifier, "hash");
    add_extension(made.get(), made.get(), NID_name_constraints, constraints.c_str());
    require(X509_sign(made.get(), key.get(), EVP_sha256()) > 0, "certificate signature");
    return {text_of(key), text_of(made)};
}

KeyAndCertificate server_certificate(const KeyAndCertificate& authority, const std::string& host,
                                     const Validity& validity, const std::string& serial) {
    const X509Owner issuer(
        PEM_read_bio_X509(reading(authority.certificate_pem).get(), nullptr, nullptr, nullptr));
    const Key issuer_key(
        PEM_read_bio_PrivateKey(reading(authority.key_pem).get(), nullptr, nullptr, nullptr));
    require(issuer != nullptr && issuer_key != nullptr, "the authority cannot be read");
    const Key key = new_elliptic_key();
    // Clients hold a common name against the constraints too, as a DNS name.
    const X509Owner made = begin(validity, serial, is_address(host) ? "localhost" : host.substr(0, 64), key);
    require(X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get())) == 1, "certificate issuer");
    const std::string names = (is_address(host) ? "IP:" : "DNS:") + host;
    add_extension(made.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(made.get(), issuer.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(made.get(), issuer.get(), NID_ext_key_usage, "serverAuth");
    add_extension(made.get(), issuer.get(), NID_subject_alt_name, names.c_str());
    add_extension(made.get(), issuer.get(), NID_authority_key_identifier, "keyid");
    require(X509_sign(made.get(), issuer_key.get(), EVP_sha256()) > 0, "certificate signature");
    return {text_of(key), text_of(made)};
}

bool may_sign(std::span<const std::string_view> domains, std::string_view host) {
    if (is_address(host)) return host.starts_with("127.") || host == "169.254.169.254";
    const bool plain = !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '.';
    });
    if (!plain) return false;
    const std::string name = lower(host);
    return name == "localhost" || std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) {
               return name == domain || (name.size() > domain.size() + 1 && name.ends_with(domain) &&
                                         name[name.size() - domain.size() - 1] == '.');
           });
}

}  // namespace azid::crypto
