#include "core/crypto/vault_key.hpp"

#include "core/base/random.hpp"
#include "core/crypto/dice.hpp"
#include "core/crypto/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace azid::crypto {

namespace {

using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using CurveGroup = std::unique_ptr<EC_GROUP, Release<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Release<EC_POINT_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;

struct Curve {
    std::string_view name;   // Key Vault's
    const char* group;       // OpenSSL's
    std::size_t size;        // of a coordinate, in bytes
    std::string_view alias;  // the name that OpenSSL gives of a key that it read
};
constexpr Curve curves[] = {
    {"P-256", "prime256v1", 32, "P-256"},
    {"P-384", "secp384r1", 48, "P-384"},
    {"P-521", "secp521r1", 66, "P-521"},
    {"P-256K", "secp256k1", 32, "secp256k1"},
};

struct Signing {
    std::string_view name;
    std::string_view kind;
    std::string_view curve;
    std::size_t digest;
    const char* hash;
    bool pss = false;
};
constexpr Signing signings[] = {
    {"RS256", "RSA", "", 32, "SHA256"},       {"RS384", "RSA", "", 48, "SHA384"},
    {"RS512", "RSA", "", 64, "SHA512"},       {"PS256", "RSA", "", 32, "SHA256", true},
    {"PS384", "RSA", "", 48, "SHA384", true}, {"PS512", "RSA", "", 64, "SHA512", true},
    {"ES256", "EC", "P-256", 32, "SHA256"},   {"ES384", "EC", "P-384", 48, "SHA384"},
    {"ES512", "EC", "P-521", 64, "SHA512"},   {"ES256K", "EC", "P-256K", 32, "SHA256"},
};

struct Encryption {
    std::string_view name;
    int padding;
    const char* hash;  // of OAEP
};
constexpr Encryption encryptions[] = {
    {"RSA-OAEP", RSA_PKCS1_OAEP_PADDING, "SHA1"},
    {"RSA-OAEP-256", RSA_PKCS1_OAEP_PADDING, "SHA256"},
    {"RSA1_5", RSA_PKCS1_PADDING, nullptr},
};

template <typename Table>
const auto* named(const Table& table, std::string_view name) {
    const auto* found =
        std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.name == name; });
    return found == std::end(table) ? nullptr : found;
}

const Curve* curve_of(const EVP_PKEY* key) {
    std::array<char, 64> group{};
    std::size_t size = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &size) !=
        1)
        return nullptr;
    const std::string_view name(group.data(), size);
    const auto* found = std::find_if(std::begin(curves), std::end(curves), [&](const Curve& curve) {
        return name == curve.group || name == curve.alias || name == curve.name;
    });
    return found == std::end(curves) ? nullptr : found;
}

// Takes the key over. Null unless it is one that Key Vault has.
std::unique_ptr<KeyHandle> supported(EVP_PKEY* raw) {
    ERR_clear_error();
    Key key(raw);
    if (key == nullptr) return nullptr;
    const bool fits = EVP_PKEY_is_a(key.get(), "RSA") == 1 ||
                      (EVP_PKEY_is_a(key.get(), "EC") == 1 && curve_of(key.get()) != nullptr);
    return fits ? std::make_unique<KeyHandle>(KeyHandle{std::move(key)}) : nullptr;
}

// The parameter's bytes, with leading zeros up to the size; empty when the key has none such.
std::string bytes_of(const EVP_PKEY* key, const char* name, std::size_t size = 0) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) {
        ERR_clear_error();
        return {};
    }
    const Number number(raw);
    std::string bytes(std::max(size, static_cast<std::size_t>(BN_num_bytes(number.get()))), '\0');
    BN_bn2binpad(number.get(), octets(bytes), static_cast<int>(bytes.size()));
    return bytes;
}

std::unique_ptr<KeyHandle> key_from(const char* kind, int selection, const ParameterBuilder& builder) {
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    require(EVP_PKEY_fromdata_init(context.get()) == 1, "key from numbers");
    EVP_PKEY* raw = nullptr;
    if (EVP_PKEY_fromdata(context.get(), &raw, selection, parameters.get()) != 1) raw = nullptr;
    return supported(raw);
}

std::unique_ptr<KeyHandle> rsa_from(const KeyNumbers& numbers) {
    const bool is_private = !numbers.d.empty();
    const std::pair<const char*, const std::string*> members[] = {
        {OSSL_PKEY_PARAM_RSA_N, &numbers.n},          {OSSL_PKEY_PARAM_RSA_E, &numbers.e},
        {OSSL_PKEY_PARAM_RSA_D, &numbers.d},          {OSSL_PKEY_PARAM_RSA_FACTOR1, &numbers.p},
        {OSSL_PKEY_PARAM_RSA_FACTOR2, &numbers.q},    {OSSL_PKEY_PARAM_RSA_EXPONENT1, &numbers.dp},
        {OSSL_PKEY_PARAM_RSA_EXPONENT2, &numbers.dq}, {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, &numbers.qi}};
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    std::vector<Number> kept;
    for (const auto& [name, bytes] : members) {
        if (bytes->empty()) continue;
        kept.push_back(number_of(*bytes));
        OSSL_PARAM_BLD_push_BN(builder.get(), name, kept.back().get());
    }
    return key_from("RSA", is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder);
}

std::unique_ptr<KeyHandle> ec_from(const KeyNumbers& numbers) {
    const Curve* curve = named(curves, numbers.curve);
    if (curve == nullptr || numbers.x.size() > curve->size || numbers.y.size() > curve->size) return nullptr;
    const auto padded = [&](const std::string& bytes) {
        return std::string(curve->size - bytes.size(), '\0') + bytes;
    };
    const std::string point = '\x04' + padded(numbers.x) + padded(numbers.y);
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    const Number secret = numbers.d.empty() ? nullptr : number_of(numbers.d);
    if (secret != nullptr) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
    return key_from("EC", secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder);
}

void set_signing(EVP_PKEY_CTX* context, const Signing& signing) {
    require(EVP_PKEY_CTX_set_signature_md(context, EVP_get_digestbyname(signing.hash)) == 1, "digest");
    if (signing.kind != "RSA") return;
    const int padding = signing.pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    require(EVP_PKEY_CTX_set_rsa_padding(context, padding) == 1, "padding");
    if (signing.pss)
        require(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1, "salt length");
}

std::string joined_numbers(const std::string& der, std::size_t size) {
    const unsigned char* at = octets(std::string_view(der));
    const EcSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    require(signature != nullptr, "signature");
    std::string out(2 * size, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), octets(out), static_cast<int>(size));
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), octets(out) + size, static_cast<int>(size));
    return out;
}

// The DER form of r and s one behind the other. Empty when they are not of the curve's size.
std::string der_signature(std::string_view joined, std::size_t size) {
    if (joined.size() != 2 * size) return {};
    const EcSignature signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(signature.get(), number_of(joined.substr(0, size)).release(),
                   number_of(joined.substr(size)).release());
    unsigned char* raw = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &raw);
    std::string der(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(std::max(length, 0)));
    OPENSSL_free(raw);
    return der;
}

using Cipher = int (*)(EVP_PKEY_CTX*, unsigned char*, std::size_t*, const unsigned char*, std::size_t);

// One use of a key. With dice it is read once more, into a library context that draws from them.
struct Operation {
    LibraryContext library;
    Key copy;
    KeyContext context;
};

Operation operation_with(const VaultKey& key, EVP_PKEY* handle, Random* dice) {
    Operation operation;
    if (dice != nullptr) {
        operation.library = library_drawing_from(*dice);
        operation.copy.reset(PEM_read_bio_PrivateKey_ex(reading(key.pem()).get(), nullptr, nullptr, nullptr,
                                                        operation.library.get(), nullptr));
        require(operation.copy != nullptr, "key");
        handle = operation.copy.get();
    }
    operation.context.reset(EVP_PKEY_CTX_new_from_pkey(operation.library.get(), handle, nullptr));
    require(operation.context != nullptr, "key context");
    return operation;
}

std::optional<std::string> ciphered(const KeyContext& context, const Encryption& encryption,
                                    int (*start)(EVP_PKEY_CTX*), Cipher run, std::string_view text) {
    require(start(context.get()) == 1, "cipher");
    require(EVP_PKEY_CTX_set_rsa_padding(context.get(), encryption.padding) == 1, "padding");
    if (encryption.hash != nullptr)
        require(EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), EVP_get_digestbyname(encryption.hash)) == 1,
                "OAEP digest");
    std::size_t size = 0;
    std::string out;
    bool worked = run(context.get(), nullptr, &size, octets(text), text.size()) == 1;
    if (worked) {
        out.resize(size);
        worked = run(context.get(), octets(out), &size, octets(text), text.size()) == 1;
        out.resize(worked ? size : 0);
    }
    ERR_clear_error();
    return worked ? std::optional(out) : std::nullopt;
}

}  // namespace

VaultKey::VaultKey(std::unique_ptr<KeyHandle> handle) : handle_(std::move(handle)) {}
VaultKey::VaultKey(VaultKey&&) noexcept = default;
VaultKey& VaultKey::operator=(VaultKey&&) noexcept = default;
VaultKey::~VaultKey() = default;

std::optional<VaultKey> VaultKey::from_pem(std::string_view pem, std::string_view pass_phrase) {
    std::string phrase(pass_phrase);
    std::unique_ptr<KeyHandle> handle =
        supported(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, phrase.data()));
    if (handle == nullptr) return {};
    return VaultKey(std::move(handle));
}

std::optional<VaultKey> VaultKey::from_numbers(const KeyNumbers& numbers) {
    std::unique_ptr<KeyHandle> handle = numbers.kind == "RSA"  ? rsa_from(numbers)
                                        : numbers.kind == "EC" ? ec_from(numbers)
                                                               : nullptr;
    if (handle == nullptr) return {};
    return VaultKey(std::move(handle));
}

KeyNumbers VaultKey::numbers() const {
    const EVP_PKEY* key = handle_->key.get();
    KeyNumbers numbers;
    if (const Curve* curve = curve_of(key); curve != nullptr && EVP_PKEY_is_a(key, "EC") == 1) {
        numbers.kind = "EC";
        numbers.curve = curve->name;
        numbers.x = bytes_of(key, OSSL_PKEY_PARAM_EC_PUB_X, curve->size);
        numbers.y = bytes_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve->size);
        numbers.d = bytes_of(key, OSSL_PKEY_PARAM_PRIV_KEY, curve->size);
        return numbers;
    }
    numbers.kind = "RSA";
    numbers.n = bytes_of(key, OSSL_PKEY_PARAM_RSA_N);
    numbers.e = bytes_of(key, OSSL_PKEY_PARAM_RSA_E);
    numbers.d = bytes_of(key, OSSL_PKEY_PARAM_RSA_D);
    numbers.p = bytes_of(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    numbers.q = bytes_of(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    numbers.dp = bytes_of(key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    numbers.dq = bytes_of(key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    numbers.qi = bytes_of(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    return numbers;
}

int VaultKey::bits() const { return EVP_PKEY_get_bits(handle_->key.get()); }

std::string VaultKey::pem() const {
    const Bio out = writing();
    require(PEM_write_bio_PKCS8PrivateKey(out.get(), handle_->key.get(), nullptr, nullptr, 0, nullptr,
                                          nullptr) == 1,
            "private key text");
    return contents(out);
}

std::string VaultKey::public_pem() const {
    const Bio out = writing();
    require(PEM_write_bio_PUBKEY(out.get(), handle_->key.get()) == 1, "public key text");
    return contents(out);
}

std::string VaultKey::public_der() const {
    const Bio out = writing();
    require(i2d_PUBKEY_bio(out.get(), handle_->key.get()) == 1, "public key");
    return contents(out);
}

std::string VaultKey::sign(std::string_view algorithm, std::string_view digest, Random* dice) const {
    const Signing* signing = named(signings, algorithm);
    require(signing != nullptr, "signature algorithm");
    const Operation operation = operation_with(*this, handle_->key.get(), dice);
    const KeyContext& context = operation.context;
    require(EVP_PKEY_sign_init(context.get()) == 1, "signature");
    set_signing(context.get(), *signing);
    std::size_t size = 0;
    require(EVP_PKEY_sign(context.get(), nullptr, &size, octets(digest), digest.size()) == 1,
            "signature size");
    std::string signature(size, '\0');
    require(EVP_PKEY_sign(context.get(), octets(signature), &size, octets(digest), digest.size()) == 1,
            "signature");
    signature.resize(size);
    const Curve* curve = named(curves, signing->curve);
    return curve == nullptr ? signature : joined_numbers(signature, curve->size);
}

bool VaultKey::verify(std::string_view algorithm, std::string_view digest, std::string_view given) const {
    const Signing* signing = named(signings, algorithm);
    require(signing != nullptr, "signature algorithm");
    const Curve* curve = named(curves, signing->curve);
    const std::string signature = curve == nullptr ? std::string(given) : der_signature(given, curve->size);
    const KeyContext context(EVP_PKEY_CTX_new(handle_->key.get(), nullptr));
    require(EVP_PKEY_verify_init(context.get()) == 1, "verification");
    set_signing(context.get(), *signing);
    const int verdict = EVP_PKEY_verify(context.get(), octets(std::string_view(signature)), signature.size(),
                                        octets(digest), digest.size());
    ERR_clear_error();
    return verdict == 1;
}

std::optional<std::string> VaultKey::encrypt(std::string_view algorithm, std::string_view text,
                                             Random* dice) const {
    const Encryption* encryption = named(encryptions, algorithm);
    require(encryption != nullptr, "encryption algorithm");
    const Operation operation = operation_with(*this, handle_->key.get(), dice);
    return ciphered(operation.context, *encryption, EVP_PKEY_encrypt_init, EVP_PKEY_encrypt, text);
}

std::optional<std::string> VaultKey::decrypt(std::string_view algorithm, std::string_view cipher) const {
    const Encryption* encryption = named(encryptions, algorithm);
    require(encryption != nullptr, "encryption algorithm");
    const Operation operation = operation_with(*this, handle_->key.get(), nullptr);
    return ciphered(operation.context, *encryption, EVP_PKEY_decrypt_init, EVP_PKEY_decrypt, cipher);
}

std::size_t digest_size(std::string_view algorithm) {
    const Signing* signing = named(signings, algorithm);
    return signing == nullptr ? 0 : signing->digest;
}

bool signs_with(std::string_view algorithm, std::string_view kind, std::string_view curve) {
    const Signing* signing = named(signings, algorithm);
    return signing != nullptr && signing->kind == kind && signing->curve == curve;
}

bool is_encryption(std::string_view algorithm) { return named(encryptions, algorithm) != nullptr; }

bool is_curve(std::string_view curve) { return named(curves, curve) != nullptr; }

std::string new_ec_key_pem(std::string_view curve, Random& random) {
    const Curve* found = named(curves, curve);
    require(found != nullptr, "curve");
    const CurveGroup group(EC_GROUP_new_by_curve_name(OBJ_txt2nid(found->group)));
    require(group != nullptr, "curve");
    const BIGNUM* order = EC_GROUP_get0_order(group.get());
    // Eight bytes more than the order has make every number as likely (FIPS 186-4 B.4.1).
    const Number drawn = number_of(random.bytes(found->size + 8));
    const Number secret(BN_dup(order));
    const Scratch scratch(BN_CTX_new());
    BN_sub_word(secret.get(), 1);
    require(BN_mod(secret.get(), drawn.get(), secret.get(), scratch.get()) == 1, "number");
    BN_add_word(secret.get(), 1);
    const Point point(EC_POINT_new(group.get()));
    const Number x(BN_new());
    const Number y(BN_new());
    require(
        EC_POINT_mul(group.get(), point.get(), secret.get(), nullptr, nullptr, scratch.get()) == 1 &&
            EC_POINT_get_affine_coordinates(group.get(), point.get(), x.get(), y.get(), scratch.get()) == 1,
        "point");
    KeyNumbers numbers;
    numbers.kind = "EC";
    numbers.curve = found->name;
    const std::pair<std::string*, const Number*> members[] = {
        {&numbers.x, &x}, {&numbers.y, &y}, {&numbers.d, &secret}};
    for (const auto& [bytes, number] : members) {
        bytes->resize(found->size);
        BN_bn2binpad(number->get(), octets(*bytes), static_cast<int>(found->size));
    }
    const std::optional<VaultKey> key = VaultKey::from_numbers(numbers);
    require(key.has_value(), "key generation");
    return key->pem();
}

}  // namespace azid::crypto
