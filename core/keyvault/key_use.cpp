// Encrypting, wrapping and signing with a key of a vault.
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/keyvault/key_versions.hpp"
#include "core/keyvault/keys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::keyvault {

namespace {

struct UseRule {
    Use use;
    Operation operation;
    std::string_view name;  // in "key_ops" and in Key Vault's messages
    bool outside_validity;  // allowed with an expired or not yet valid key too
};
constexpr UseRule rules[] = {
    {Use::encrypt, key_operation("Microsoft.KeyVault/vaults/keys/encrypt/action", "encrypt"), "encrypt",
     false},
    {Use::decrypt, key_operation("Microsoft.KeyVault/vaults/keys/decrypt/action", "decrypt"), "decrypt",
     true},
    {Use::wrap, key_operation("Microsoft.KeyVault/vaults/keys/wrap/action", "wrapKey"), "wrapKey", false},
    {Use::unwrap, key_operation("Microsoft.KeyVault/vaults/keys/unwrap/action", "unwrapKey"), "unwrapKey",
     true},
    {Use::sign, key_operation("Microsoft.KeyVault/vaults/keys/sign/action", "sign"), "sign", false},
    {Use::verify, key_operation("Microsoft.KeyVault/vaults/keys/verify/action", "verify"), "verify", true},
};

const UseRule& rule_of(Use use) {
    return *std::find_if(std::begin(rules), std::end(rules),
                         [&](const UseRule& rule) { return rule.use == use; });
}

[[noreturn]] void bad_parameter(const std::string& message) {
    throw Error(fault::vault_bad_parameter, message);
}

[[noreturn]] void forbid(const std::string& message, const char* inner) {
    Error error(fault::vault_forbidden, message);
    throw error.with_inner_code(inner);
}

void check_usable(const KeyVersion& version, const UseRule& rule, Instant now) {
    if (!version.enabled)
        forbid(fmt::format("Operation {} is not allowed on a disabled key.", rule.name), "KeyDisabled");
    const Json operations = Json::parse(version.operations);
    if (std::find(operations.begin(), operations.end(), std::string(rule.name)) == operations.end())
        forbid(fmt::format("Operation {} is not permitted on this key.", rule.name), "KeyOperationForbidden");
    if (rule.outside_validity) return;
    if (version.expires && now >= *version.expires)
        forbid(fmt::format("Operation {} is not allowed on an expired key.", rule.name), "KeyExpired");
    if (version.not_before && now < *version.not_before)
        forbid(fmt::format("Operation {} is not allowed on a key that is not yet valid.", rule.name),
               "KeyNotYetValid");
}

std::string bytes_at(const Json& body, const char* member) {
    const std::optional<std::string> bytes = from_base64(text_at(body, member));
    if (!bytes || bytes->empty())
        bad_parameter(fmt::format("The parameter is missing or invalid: {}", member));
    return *bytes;
}

// The bytes of a digest, as many as the algorithm takes.
std::string digest_at(const Json& body, const char* member, const std::string& algorithm) {
    std::string digest = bytes_at(body, member);
    if (digest.size() != crypto::digest_size(algorithm))
        bad_parameter(
            fmt::format("Invalid length of '{}': {} bytes. {} requires {} bytes, encoded with "
                        "base64url.",
                        member, digest.size(), algorithm, crypto::digest_size(algorithm)));
    return digest;
}

void check_algorithm(const crypto::VaultKey& key, const UseRule& rule, const std::string& algorithm) {
    const crypto::KeyNumbers numbers = key.numbers();
    const bool signs = rule.use == Use::sign || rule.use == Use::verify;
    const bool fits = signs ? crypto::signs_with(algorithm, numbers.kind, numbers.curve)
                            : numbers.kind == "RSA" && crypto::is_encryption(algorithm);
    if (!fits)
        bad_parameter(
            fmt::format("Key and signing key type or algorithm do not match: {} with a key of type "
                        "{}{}.",
                        algorithm, numbers.kind, numbers.curve.empty() ? "" : " on curve " + numbers.curve));
}

std::optional<std::string> outcome(Session& session, const crypto::VaultKey& key, Use use,
                                   const std::string& algorithm, const Json& body) {
    Random* dice = session.keys.is_seeded() ? &session.random : nullptr;
    switch (use) {
        case Use::encrypt:
        case Use::wrap:
            return key.encrypt(algorithm, bytes_at(body, "value"), dice);
        case Use::decrypt:
        case Use::unwrap:
            return key.decrypt(algorithm, bytes_at(body, "value"));
        default:
            return key.sign(algorithm, digest_at(body, "value", algorithm), dice);
    }
}

}  // namespace

Json use_key(Session& session, std::string_view vault_name, std::string_view name, std::string_view wanted,
             Use use, const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    const UseRule& rule = rule_of(use);
    authorise(session, vault, rule.operation, name);
    const KeyVersion version = require_key_version(session, vault, name, wanted);
    check_usable(version, rule, session.now);
    const crypto::VaultKey key = opened(version);
    const std::string algorithm = text_at(body, "alg");
    check_algorithm(key, rule, algorithm);
    session.note("keyvault", fmt::format("key used to {}", rule.name),
                 fmt::format("{}/keys/{}", vault.id.text(), version.name));
    if (use == Use::verify)
        return {
            {"value", key.verify(algorithm, digest_at(body, "digest", algorithm), bytes_at(body, "value"))}};
    const std::optional<std::string> result = outcome(session, key, use, algorithm, body);
    if (!result) bad_parameter("The parameter is incorrect.\r\n");
    return {{"kid", key_id(vault, version)}, {"value", base64url(*result)}};
}

}  // namespace azid::keyvault
