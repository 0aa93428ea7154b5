#include "core/crypto/key.hpp"

#include "core/base/base64.hpp"
#include "core/crypto/openssl.hpp"
#include "core/crypto/parsed.hpp"

#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace azid::crypto {

namespace {

constexpr int least_bits = 2048;
constexpr int most_bits = 16384;  // beyond, a verification takes a second
constexpr int most_exponent_bits = 64;

// A key that is no RSA key is treated as none; what OpenSSL noted about a text it could not read is dropped.
std::unique_ptr<KeyHandle> rsa_handle(EVP_PKEY* raw) {
    ERR_clear_error();
    Key key(raw);
    if (key == nullptr || EVP_PKEY_is_a(key.get(), "RSA") != 1) return nullptr;
    return std::make_unique<KeyHandle>(KeyHandle{std::move(key)});
}

// Null where the text is no such key. Told what it looks for, OpenSSL need not get its readers of all other
// kinds ready. The empty pass phrase keeps it from asking for one at the terminal.
EVP_PKEY* rsa_key_in(std::string_view pem) {
    EVP_PKEY* key = nullptr;
    const std::unique_ptr<OSSL_DECODER_CTX, Release<OSSL_DECODER_CTX_free>> decoder(
        OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", nullptr, "RSA", EVP_PKEY_KEYPAIR, nullptr, nullptr));
    const unsigned char no_pass_phrase[] = "";
    OSSL_DECODER_CTX_set_passphrase(decoder.get(), no_pass_phrase, 0);
    OSSL_DECODER_from_bio(decoder.get(), reading(pem).get());
    return key;
}

// One more owner of the same key.
Key shared(EVP_PKEY* key) {
    EVP_PKEY_up_ref(key);
    return Key(key);
}

// Never destroyed: OpenSSL may be gone by then.
Parsed<EVP_PKEY>& known_keys() {
    static auto& known = *new Parsed<EVP_PKEY>;
    return known;
}

// Looked up once: OpenSSL does it anew for each use of EVP_sha256().
const EVP_MD* sha256_kind() {
    static const EVP_MD* const kind = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return kind == nullptr ? EVP_sha256() : kind;
}

// PS256 is RSASSA-PSS with a salt as long as the digest (RFC 7518 3.5).
void set_padding(EVP_PKEY_CTX* context, Algorithm algorithm) {
    const bool pss = algorithm == Algorithm::ps256;
    require(EVP_PKEY_CTX_set_rsa_padding(context, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1,
            "padding");
    require(EVP_PKEY_CTX_set_signature_md(context, sha256_kind()) == 1, "signature's digest");
    if (pss)
        require(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1, "PSS salt length");
}

enum class Purpose { sign, verify };

// What OpenSSL signs or verifies with, got ready. To get one ready takes as long as a fifth of a
// verification, so each thread keeps those it used last; each holds its key, so that no other can have that
// address.
EVP_PKEY_CTX* ready_context(EVP_PKEY* key, Algorithm algorithm, Purpose purpose) {
    struct Kept {
        EVP_PKEY* key;
        Algorithm algorithm;
        Purpose purpose;
        KeyContext context;
    };
    constexpr std::size_t most = 8;
    thread_local std::vector<Kept> kept;
    for (const Kept& one : kept)
        if (one.key == key && one.algorithm == algorithm && one.purpose == purpose) return one.context.get();
    KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    const bool signs = purpose == Purpose::sign;
    require((signs ? EVP_PKEY_sign_init(context.get()) : EVP_PKEY_verify_init(context.get())) == 1,
            signs ? "signature" : "verification");
    set_padding(context.get(), algorithm);
    if (kept.size() == most) kept.erase(kept.begin());
    return kept.emplace_back(Kept{key, algorithm, purpose, std::move(context)}).context.get();
}

std::string digest(const EVP_MD* kind, std::string_view bytes) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    require(EVP_Digest(bytes.data(), bytes.size(), octets(out), &size, kind, nullptr) == 1, "digest");
    out.resize(size);
    return out;
}

Number number_in(std::string_view base64url_text) {
    const std::optional<std::string> bytes = from_base64(base64url_text);
    if (!bytes || bytes->empty()) return nullptr;
    return number_of(*bytes);
}

// Whether a public key protects anything, and costs no more than a key should: with an exponent of 1
// everybody can sign. Exponents are odd (RFC 8017, 3.1).
bool is_sound(const BIGNUM* modulus, const BIGNUM* exponent) {
    const int bits = BN_num_bits(modulus);
    return bits >= least_bits && bits <= most_bits && BN_is_odd(exponent) == 1 && BN_is_one(exponent) == 0 &&
           BN_num_bits(exponent) <= most_exponent_bits;
}

// The same of a key, remembered by the object, which stays as it is: its numbers are copied to be read.
bool is_sound(EVP_PKEY* key) {
    static auto& sound = *new Parsed<EVP_PKEY>;
    const std::string name = std::to_string(reinterpret_cast<std::uintptr_t>(key));
    if (sound.find(name) != nullptr) return true;
    BIGNUM* modulus = nullptr;
    BIGNUM* exponent = nullptr;
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent);
    const Number n(modulus);
    const Number e(exponent);
    if (n == nullptr || e == nullptr || !is_sound(n.get(), e.get())) return false;
    sound.keep(name, shared(key));
    return true;
}

std::string number_text(const EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "key parameter");
    return base64url(bytes_of(Number(raw)));
}

std::string public_pem(EVP_PKEY* key) {
    const Bio out = writing();
    require(PEM_write_bio_PUBKEY(out.get(), key) == 1, "public key text");
    return contents(out);
}

}  // namespace

std::string_view name_of(Algorithm algorithm) { return algorithm == Algorithm::rs256 ? "RS256" : "PS256"; }

std::optional<Algorithm> algorithm_named(std::string_view name) {
    for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256})
        if (name == name_of(algorithm)) return algorithm;
    return {};
}

PublicKey::PublicKey(std::unique_ptr<KeyHandle> handle) : handle_(std::move(handle)) {}
PublicKey::PublicKey(PublicKey&&) noexcept = default;
PublicKey& PublicKey::operator=(PublicKey&&) noexcept = default;
PublicKey::~PublicKey() = default;

std::optional<PublicKey> PublicKey::from_pem(std::string_view pem) {
    std::string no_pass_phrase;  // as in rsa_key_in
    std::unique_ptr<KeyHandle> handle =
        rsa_handle(PEM_read_bio_PUBKEY(reading(pem).get(), nullptr, nullptr, no_pass_phrase.data()));
    if (handle == nullptr) return {};
    return PublicKey(std::move(handle));
}

std::optional<PublicKey> PublicKey::from_jwk(std::string_view modulus, std::string_view exponent) {
    const Number n = number_in(modulus);
    const Number e = number_in(exponent);
    if (n == nullptr || e == nullptr || !is_sound(n.get(), e.get())) return {};
    const std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    const std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* raw = nullptr;
    require(EVP_PKEY_fromdata_init(context.get()) == 1, "key from numbers");
    if (EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        ERR_clear_error();
        return {};
    }
    std::unique_ptr<KeyHandle> handle = rsa_handle(raw);
    if (handle == nullptr) return {};
    return PublicKey(std::move(handle));
}

bool PublicKey::verify(Algorithm algorithm, std::string_view text, std::string_view signature) const {
    if (!is_sound(handle_->key.get())) return false;
    const std::string hash = sha256(text);
    const int verdict = EVP_PKEY_verify(ready_context(handle_->key.get(), algorithm, Purpose::verify),
                                        octets(signature), signature.size(), octets(hash), hash.size());
    ERR_clear_error();
    return verdict == 1;
}

bool PublicKey::verify_rs256(std::string_view text, std::string_view signature) const {
    return verify(Algorithm::rs256, text, signature);
}

bool PublicKey::verify_ps256(std::string_view text, std::string_view signature) const {
    return verify(Algorithm::ps256, text, signature);
}

std::string PublicKey::modulus() const { return number_text(handle_->key.get(), OSSL_PKEY_PARAM_RSA_N); }

std::string PublicKey::exponent() const { return number_text(handle_->key.get(), OSSL_PKEY_PARAM_RSA_E); }

std::string PublicKey::pem() const { return public_pem(handle_->key.get()); }

PrivateKey::PrivateKey(std::unique_ptr<KeyHandle> handle) : handle_(std::move(handle)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

std::optional<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
    if (const std::shared_ptr<EVP_PKEY> known = known_keys().find(pem))
        return PrivateKey(std::make_unique<KeyHandle>(KeyHandle{shared(known.get())}));
    std::unique_ptr<KeyHandle> handle = rsa_handle(rsa_key_in(pem));
    if (handle == nullptr) return {};
    known_keys().keep(pem, shared(handle->key.get()));
    return PrivateKey(std::move(handle));
}

std::string PrivateKey::sign(Algorithm algorithm, std::string_view text) const {
    const std::string hash = sha256(text);
    EVP_PKEY_CTX* const context = ready_context(handle_->key.get(), algorithm, Purpose::sign);
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(handle_->key.get()));
    std::string signature(size, '\0');
    require(EVP_PKEY_sign(context, octets(signature), &size, octets(hash), hash.size()) == 1, "signature");
    signature.resize(size);
    return signature;
}

std::string PrivateKey::sign_rs256(std::string_view text) const { return sign(Algorithm::rs256, text); }

std::string PrivateKey::sign_ps256(std::string_view text) const { return sign(Algorithm::ps256, text); }

std::string PrivateKey::pem() const {
    const Bio out = writing();
    const int written =
        PEM_write_bio_PKCS8PrivateKey(out.get(), handle_->key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    require(written == 1, "private key text");
    return contents(out);
}

PublicKey PrivateKey::public_key() const {
    std::optional<PublicKey> key = PublicKey::from_pem(public_pem(handle_->key.get()));
    require(key.has_value(), "public half of a key");
    return std::move(*key);
}

std::string sha1(std::string_view bytes) { return digest(EVP_sha1(), bytes); }

std::string sha256(std::string_view bytes) { return digest(sha256_kind(), bytes); }

}  // namespace azid::crypto
