#include "core/keyvault/key_versions.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/faults.hpp"
#include "core/keyvault/object.hpp"
#include "core/keyvault/ports.hpp"
#include "core/keyvault/retention.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace azid::keyvault {

namespace {

constexpr std::string_view known_operations[] = {"encrypt", "decrypt",   "sign",   "verify",
                                                 "wrapKey", "unwrapKey", "import", "export"};

Attributes attributes_of(const KeyVersion& version) {
    return {version.enabled, version.not_before, version.expires, version.created, version.updated};
}

Json key_attributes(const arm::Resource& vault, const KeyVersion& version) {
    Json attributes = attributes_wire(attributes_of(version), Json::parse(vault.properties));
    attributes["exportable"] = false;
    return attributes;
}

[[noreturn]] void not_found(std::string_view name_or_id) {
    throw Error(
        fault::key_not_found,
        fmt::format("A key with (name/id) {} was not found in this key vault. If you recently deleted "
                    "this key you may be able to recover it using the correct recovery command. For "
                    "help resolving this issue, please see "
                    "https://go.microsoft.com/fwlink/?linkid=2125182",
                    name_or_id));
}

std::string operations_text(const Json& operations) {
    for (const Json& operation : operations) {
        const bool known =
            operation.is_string() && std::find(std::begin(known_operations), std::end(known_operations),
                                               operation.get<std::string>()) != std::end(known_operations);
        if (!known)
            throw Error(fault::vault_bad_parameter,
                        fmt::format("Property key_ops has invalid value {}", compact(operation)));
    }
    return compact(operations);
}

}  // namespace

std::string key_id(const arm::Resource& vault, const KeyVersion& version) {
    return fmt::format("{}/keys/{}/{}", base_url(vault), version.name, version.version);
}

Json key_wire(const arm::Resource& vault, const KeyVersion& version) {
    const crypto::KeyNumbers numbers = opened(version).numbers();
    Json key{
        {"kid", key_id(vault, version)}, {"kty", version.kind}, {"key_ops", Json::parse(version.operations)}};
    if (numbers.kind == "RSA") {
        key["n"] = base64url(numbers.n);
        key["e"] = base64url(numbers.e);
    } else {
        key["crv"] = numbers.curve;
        key["x"] = base64url(numbers.x);
        key["y"] = base64url(numbers.y);
    }
    Json body{{"key", key}, {"attributes", key_attributes(vault, version)}};
    if (!version.tags.empty()) body["tags"] = Json::parse(version.tags);
    return body;
}

Json key_item_wire(const arm::Resource& vault, const KeyVersion& version, bool with_version) {
    Json body;
    body["kid"] =
        with_version ? key_id(vault, version) : fmt::format("{}/keys/{}", base_url(vault), version.name);
    body["attributes"] = key_attributes(vault, version);
    if (!version.tags.empty()) body["tags"] = Json::parse(version.tags);
    return body;
}

Json deleted_key_wire(const arm::Resource& vault, const KeyVersion& version, const Json& rest) {
    Json body;
    body["recoveryId"] = fmt::format("{}/deletedkeys/{}", base_url(vault), version.name);
    body["deletedDate"] = unix_seconds(*version.deleted);
    body["scheduledPurgeDate"] = unix_seconds(*version.scheduled_purge);
    body.update(rest);
    return body;
}

void take_key(KeyVersion& version, const Json& body) {
    if (const Json* tags = find(body, "tags")) version.tags = kept_tags(*tags);
    if (const Json* operations = find(body, "key_ops"); operations != nullptr && operations->is_array())
        version.operations = operations_text(*operations);
    Attributes attributes = attributes_of(version);
    take_attributes(attributes, body);
    version.enabled = attributes.enabled;
    version.not_before = attributes.not_before;
    version.expires = attributes.expires;
}

Json packed_key(const KeyVersion& version) {
    Json out{{"version", version.version},
             {"kind", version.kind},
             {"operations", version.operations},
             {"key", version.private_key},
             {"tags", version.tags},
             {"enabled", version.enabled},
             {"created", unix_seconds(version.created)},
             {"updated", unix_seconds(version.updated)}};
    if (version.not_before) out["nbf"] = unix_seconds(*version.not_before);
    if (version.expires) out["exp"] = unix_seconds(*version.expires);
    return out;
}

KeyVersion unpacked_key(const Json& packed) {
    KeyVersion version;
    version.version = text_at(packed, "version");
    version.kind = text_at(packed, "kind");
    version.operations = text_at(packed, "operations");
    version.private_key = text_at(packed, "key");
    version.tags = text_at(packed, "tags");
    version.enabled = packed.value("enabled", true);
    version.created = from_unix_seconds(packed.value("created", std::int64_t{0}));
    version.updated = from_unix_seconds(packed.value("updated", std::int64_t{0}));
    if (packed.contains("nbf")) version.not_before = from_unix_seconds(packed["nbf"].get<std::int64_t>());
    if (packed.contains("exp")) version.expires = from_unix_seconds(packed["exp"].get<std::int64_t>());
    if (!crypto::VaultKey::from_pem(version.private_key))
        throw Error(fault::vault_bad_parameter, "Backup blob is invalid or corrupt.");
    return version;
}

std::vector<KeyVersion> require_key(Session& session, const arm::Resource& vault, std::string_view name) {
    std::vector<KeyVersion> versions = known_key_versions(session, vault.id.name(), name);
    if (versions.empty() || versions.front().deleted) not_found(name);
    return versions;
}

KeyVersion require_key_version(Session& session, const arm::Resource& vault, std::string_view name,
                               std::string_view version) {
    const std::vector<KeyVersion> versions = require_key(session, vault, name);
    if (version.empty()) return versions.front();
    for (const KeyVersion& candidate : versions)
        if (iequals(candidate.version, version)) return candidate;
    not_found(fmt::format("{}/{}", name, version));
}

std::vector<KeyVersion> require_deleted_key(Session& session, const arm::Resource& vault,
                                            std::string_view name) {
    std::vector<KeyVersion> versions = known_key_versions(session, vault.id.name(), name);
    if (versions.empty() || !versions.front().deleted)
        throw Error(fault::key_not_found, fmt::format("Deleted Key not found: {}", name));
    return versions;
}

void refuse_deleted_key(const std::vector<KeyVersion>& versions) {
    if (!versions.empty() && versions.front().deleted) refuse_reuse("Key", versions.front().name);
}

crypto::VaultKey opened(const KeyVersion& version) {
    std::optional<crypto::VaultKey> key = crypto::VaultKey::from_pem(version.private_key);
    if (!key) throw std::runtime_error("a key of the state file cannot be read");
    return std::move(*key);
}

}  // namespace azid::keyvault
