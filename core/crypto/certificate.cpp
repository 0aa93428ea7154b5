#include "core/crypto/certificate.hpp"

#include "core/base/base64.hpp"
#include "core/crypto/certificate_parts.hpp"
#include "core/crypto/key.hpp"
#include "core/crypto/openssl.hpp"
#include "core/crypto/parsed.hpp"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>

namespace azid::crypto {

namespace {

constexpr size_t longest_serial = 20;

Instant time_of(const ASN1_TIME* field) {
    std::tm parts{};
    require(ASN1_TIME_to_tm(field, &parts) == 1, "certificate date");
    return from_unix_seconds(static_cast<std::int64_t>(timegm(&parts)));
}

// Whether both its dates can be read: in some that OpenSSL takes there is no date at all.
bool has_dates(const X509* certificate) {
    std::tm parts{};
    return ASN1_TIME_to_tm(X509_get0_notBefore(certificate), &parts) == 1 &&
           ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) == 1;
}

// Empty where OpenSSL cannot write what it has read.
std::string der_of(const X509* certificate) {
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate, &data);
    if (size <= 0) return {};
    std::string bytes(reinterpret_cast<const char*>(data), static_cast<size_t>(size));
    OPENSSL_free(data);
    return bytes;
}

// Whether it can be kept and read again: some that OpenSSL takes it writes so that it does not take them.
bool is_given_back(const X509* certificate) {
    const std::string der = der_of(certificate);
    const unsigned char* at = octets(der);
    const X509Owner again(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    return !der.empty() && again != nullptr && der_of(again.get()) == der;
}

// Empty where the subject has a name that is no text, or is empty.
std::string subject_of(const X509* certificate) {
    const Bio out = writing();
    const X509_NAME* name = X509_get_subject_name(certificate);
    const int size = X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    ERR_clear_error();
    return size < 0 ? std::string() : contents(out);
}

// Null where there is none, or not all of it can be read.
X509Owner readable(X509Owner certificate) {
    ERR_clear_error();
    if (certificate == nullptr || !has_dates(certificate.get()) || !is_given_back(certificate.get()))
        return {};
    return certificate;
}

}  // namespace

NameOwner common_name(std::string_view text) {
    NameOwner name(X509_NAME_new());
    require(X509_NAME_add_entry_by_txt(name.get(), "CN", MBSTRING_UTF8, octets(text),
                                       static_cast<int>(text.size()), -1, 0) == 1,
            "certificate name");
    return name;
}

void set_time(ASN1_TIME* field, Instant instant) {
    require(ASN1_TIME_set(field, static_cast<std::time_t>(unix_seconds(instant))) != nullptr,
            "certificate date");
}

void set_serial(X509* certificate, std::string serial) {
    serial.resize(std::min(serial.size(), longest_serial));
    if (serial.empty()) serial = '\1';
    // A positive number without leading zero byte, of full length.
    serial[0] = static_cast<char>((static_cast<unsigned char>(serial[0]) & 0x7F) | 0x40);
    const Number number = number_of(serial);
    require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr, "serial number");
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1,
            "certificate extension");
}

// What a token's certificate is asked for, at hand: OpenSSL writes it anew each time.
struct Certificate::Handle {
    explicit Handle(X509Owner certificate)
        : x509(std::move(certificate)),
          der(der_of(x509.get())),
          subject(subject_of(x509.get())),
          not_before(time_of(X509_get0_notBefore(x509.get()))),
          not_after(time_of(X509_get0_notAfter(x509.get()))),
          sha1(crypto::sha1(der)),
          x5t_s256(base64url(sha256(der))) {
        require(!der.empty(), "certificate bytes");
    }

    X509Owner x509;
    std::string der;
    std::string subject;
    Instant not_before;
    Instant not_after;
    std::string sha1;  // raw bytes
    std::string x5t_s256;
};

Certificate::Certificate(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}

Certificate Certificate::self_signed(const CertificateRequest& request, const PrivateKey& key) {
    X509Owner made(X509_new());
    X509* certificate = made.get();
    require(certificate != nullptr && X509_set_version(certificate, X509_VERSION_3) == 1, "new certificate");
    set_serial(certificate, request.serial);
    set_time(X509_getm_notBefore(certificate), request.not_before);
    set_time(X509_getm_notAfter(certificate), request.not_after);
    const NameOwner name = common_name(request.common_name);
    require(X509_set_subject_name(certificate, name.get()) == 1, "certificate subject");
    require(X509_set_issuer_name(certificate, name.get()) == 1, "certificate issuer");
    require(X509_set_pubkey(certificate, key.handle().key.get()) == 1, "certificate key");
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate, certificate, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
    require(X509_sign(certificate, key.handle().key.get(), EVP_sha256()) > 0, "certificate signature");
    return Certificate(std::make_shared<const Handle>(std::move(made)));
}

std::optional<Certificate> Certificate::from_pem(std::string_view pem) {
    // An encrypted one is none; without a pass phrase given OpenSSL would ask the terminal for it.
    std::string no_pass_phrase;
    X509Owner x509(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, no_pass_phrase.data()));
    x509 = readable(std::move(x509));
    if (x509 == nullptr) return {};
    return Certificate(std::make_shared<const Handle>(std::move(x509)));
}

std::optional<Certificate> Certificate::from_der(std::string_view der) {
    static auto& known_certificates =
        *new Parsed<const Handle>;  // never destroyed: OpenSSL may be gone by then
    if (std::shared_ptr<const Handle> known = known_certificates.find(der))
        return Certificate(std::move(known));
    const unsigned char* at = octets(der);
    X509Owner x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (at != octets(der) + der.size()) x509.reset();
    x509 = readable(std::move(x509));
    if (x509 == nullptr) return {};
    auto handle = std::make_shared<const Handle>(std::move(x509));
    known_certificates.keep(der, handle);
    return Certificate(std::move(handle));
}

const std::string& Certificate::der() const { return handle_->der; }

std::string Certificate::pem() const {
    const Bio out = writing();
    require(PEM_write_bio_X509(out.get(), handle_->x509.get()) == 1, "certificate text");
    return contents(out);
}

const std::string& Certificate::subject() const { return handle_->subject; }

Instant Certificate::not_before() const { return handle_->not_before; }

Instant Certificate::not_after() const { return handle_->not_after; }

std::string Certificate::serial() const {
    const Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(handle_->x509.get()), nullptr));
    require(number != nullptr, "serial number");
    return hex_upper(bytes_of(number));
}

PublicKey Certificate::public_key() const {
    Key key(X509_get_pubkey(handle_->x509.get()));
    require(key != nullptr && EVP_PKEY_is_a(key.get(), "RSA") == 1, "certificate key is not RSA");
    return PublicKey(std::make_unique<KeyHandle>(KeyHandle{std::move(key)}));
}

std::string Certificate::thumbprint() const { return hex_upper(handle_->sha1); }

std::string Certificate::x5t() const { return base64url(handle_->sha1); }

const std::string& Certificate::x5t_s256() const { return handle_->x5t_s256; }

}  // namespace azid::crypto
