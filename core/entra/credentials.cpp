#include "core/entra/credentials.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/secret.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace azid::entra {

namespace {

constexpr std::chrono::days usual_secret_life{730};
constexpr std::string_view proof_audience = "00000002-0000-0000-c000-000000000000";

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

std::optional<Instant> instant_at(const Json& credential, const char* member) {
    const auto found = credential.find(member);
    if (found == credential.end() || found->is_null()) return {};
    const std::optional<Instant> instant =
        found->is_string() ? parse_utc(found->get_ref<const std::string&>()) : std::nullopt;
    if (!instant) refuse(fmt::format("Invalid value specified for property '{}' of the credential.", member));
    return instant;
}

// Entra's shape: forty characters, "8Q~" behind the first three.
std::string new_secret_text(Random& random) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~-";
    constexpr size_t letters_and_digits = 62;
    constexpr size_t length = 40;
    const std::string bytes = random.bytes(length);
    std::string text;
    for (size_t i = 0; i < length; ++i) {
        // The ends are plain, so that the text survives shells and sentences.
        const bool plain = i < 3 || i + 1 == length;
        text +=
            alphabet[static_cast<unsigned char>(bytes[i]) % (plain ? letters_and_digits : alphabet.size())];
    }
    return text.replace(3, 3, "8Q~");
}

std::optional<KeyCredential> find_key(Session& session, std::string_view owner_id, std::string_view key_id) {
    for (KeyCredential& one : session.entra.registrations().key_credentials(owner_id))
        if (iequals(one.key_id, key_id)) return std::move(one);
    return {};
}

// The certificate in "key": Graph takes the base64 of the DER; some clients send that of the PEM.
crypto::Certificate certificate_of(const Json& credential) {
    const std::string text = text_at(credential, "key");
    const std::string bytes = from_base64(replace_all(replace_all(text, "\n", ""), "\r", "")).value_or("");
    std::optional<crypto::Certificate> certificate = crypto::Certificate::from_der(bytes);
    if (!certificate) certificate = crypto::Certificate::from_pem(bytes);
    if (!certificate)
        refuse("Key credential value is not a certificate: 'key' is the base64 of its DER form.");
    try {
        certificate->public_key();
    } catch (const std::runtime_error&) {
        refuse("Key credential value is not valid: azid knows RSA certificates only.");
    }
    return std::move(*certificate);
}

KeyCredential new_key(Session& session, std::string_view owner_id, const Json& credential) {
    const std::string type = text_at(credential, "type");
    if (!type.empty() && !iequals(type, "AsymmetricX509Cert"))
        refuse(fmt::format("azid keeps key credentials of the type AsymmetricX509Cert, not '{}'.", type));
    const crypto::Certificate certificate = certificate_of(credential);
    KeyCredential key;
    key.key_id =
        is_guid(text_at(credential, "keyId")) ? text_at(credential, "keyId") : new_guid(session.random);
    key.owner_id = owner_id;
    key.display_name = text_at(credential, "displayName");
    if (key.display_name.empty()) key.display_name = certificate.subject();
    key.certificate = certificate.der();
    key.thumbprint = certificate.thumbprint();
    key.start = instant_at(credential, "startDateTime").value_or(certificate.not_before());
    key.end = instant_at(credential, "endDateTime").value_or(certificate.not_after());
    if (key.end > certificate.not_after() || key.end <= key.start)
        refuse("Key credential end date is invalid.");
    // Clients give their own clock's now, which may be a second before the certificate's beginning.
    if (key.start + std::chrono::days(1) < certificate.not_before())
        refuse("Key credential start date is invalid.");
    return key;
}

[[noreturn]] void refuse_proof() {
    throw Error(fault::graph_unauthenticated, "Authentication_MissingOrMalformed: the proof is not valid.");
}

// Microsoft Graph's "generate proof-of-possession tokens for rolling keys".
void require_proof(Session& session, std::string_view owner_id, std::string_view proof) {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(proof);
    if (!jwt || text_at(*jwt->payload, "aud") != proof_audience ||
        !iequals(text_at(*jwt->payload, "iss"), owner_id))
        refuse_proof();
    const auto expires = jwt->payload->find("exp");
    if (expires == jwt->payload->end() || !expires->is_number() ||
        from_unix_seconds(static_cast<std::int64_t>(expires->get<double>())) <= session.now)
        refuse_proof();
    for (const KeyCredential& one : session.entra.registrations().key_credentials(owner_id)) {
        if (session.now < one.start || session.now >= one.end) continue;
        const std::optional<crypto::Certificate> certificate = crypto::Certificate::from_der(one.certificate);
        if (certificate && crypto::verify_jwt(*jwt, certificate->public_key(),
                                              {crypto::Algorithm::rs256, crypto::Algorithm::ps256}))
            return;
    }
    refuse_proof();
}

}  // namespace

Json add_password(Session& session, std::string_view owner_id, const Json& credential) {
    const std::string text = new_secret_text(session.random);
    Secret secret;
    secret.key_id = new_guid(session.random);
    secret.owner_id = owner_id;
    secret.display_name = text_at(credential, "displayName");
    secret.hint = text.substr(0, 3);
    secret.hash = crypto::hash_secret(text, session.random.bytes(16));
    secret.start = instant_at(credential, "startDateTime").value_or(session.now);
    secret.end = instant_at(credential, "endDateTime").value_or(secret.start + usual_secret_life);
    if (secret.end <= secret.start)
        refuse("The end date of the credential must be later than its start date.");
    session.entra.save(secret);
    session.note("entra", "client secret added", secret.owner_id);
    Json shown = wire(secret);
    shown["secretText"] = text;
    return shown;
}

void remove_password(Session& session, std::string_view owner_id, std::string_view key_id) {
    for (const Secret& one : session.entra.secrets(owner_id)) {
        if (!iequals(one.key_id, key_id)) continue;
        session.entra.erase_secret(one.key_id);
        session.note("entra", "client secret removed", std::string(owner_id));
        return;
    }
    refuse(fmt::format("No password credential found with keyId '{}'.", key_id));
}

void keep_passwords(Session& session, std::string_view owner_id, const Json& credentials) {
    std::vector<Secret> secrets = session.entra.secrets(owner_id);
    for (const Json& item : credentials) {
        const std::string id = text_at(item, "keyId");
        if (std::erase_if(secrets, [&](const Secret& one) { return iequals(one.key_id, id); }) == 0)
            refuse("New password credentials are made by addPassword.");
    }
    for (const Secret& one : secrets) session.entra.erase_secret(one.key_id);
}

void replace_keys(Session& session, std::string_view owner_id, const Json& credentials) {
    std::vector<KeyCredential> wanted;
    for (const Json& item : credentials) {
        if (!text_at(item, "key").empty()) {
            wanted.push_back(new_key(session, owner_id, item));
            continue;
        }
        std::optional<KeyCredential> known = find_key(session, owner_id, text_at(item, "keyId"));
        if (!known) refuse("Key credential has no 'key' and names no existing 'keyId'.");
        wanted.push_back(std::move(*known));
    }
    for (const KeyCredential& old : session.entra.registrations().key_credentials(owner_id))
        session.entra.registrations().erase_key_credential(old.key_id);
    for (const KeyCredential& key : wanted) session.entra.registrations().save(key);
    session.note("entra", "certificates replaced", std::string(owner_id));
}

Json add_key(Session& session, std::string_view owner_id, const Json& credential, std::string_view proof) {
    require_proof(session, owner_id, proof);
    const KeyCredential key = new_key(session, owner_id, credential);
    session.entra.registrations().save(key);
    session.note("entra", "certificate added", key.owner_id);
    return wire(key);
}

void remove_key(Session& session, std::string_view owner_id, std::string_view key_id,
                std::string_view proof) {
    require_proof(session, owner_id, proof);
    const std::optional<KeyCredential> key = find_key(session, owner_id, key_id);
    if (!key) refuse(fmt::format("No key credential found with keyId '{}'.", key_id));
    session.entra.registrations().erase_key_credential(key->key_id);
    session.note("entra", "certificate removed", key->owner_id);
}

}  // namespace azid::entra
