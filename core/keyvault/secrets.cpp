#include "core/keyvault/secrets.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/access.hpp"
#include "core/keyvault/object.hpp"
#include "core/keyvault/ports.hpp"
#include "core/keyvault/retention.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::keyvault {

namespace {

constexpr Operation get_operation{"Microsoft.KeyVault/vaults/secrets/getSecret/action", "get"};
constexpr Operation list_operation{"Microsoft.KeyVault/vaults/secrets/readMetadata/action", "list"};
constexpr Operation get_deleted_operation{"Microsoft.KeyVault/vaults/secrets/readMetadata/action", "get"};
constexpr Operation set_operation{"Microsoft.KeyVault/vaults/secrets/setSecret/action", "set"};
constexpr Operation update_operation{"Microsoft.KeyVault/vaults/secrets/update/action", "set"};
constexpr Operation delete_operation{"Microsoft.KeyVault/vaults/secrets/delete", "delete"};
constexpr Operation recover_operation{"Microsoft.KeyVault/vaults/secrets/recover/action", "recover"};
constexpr Operation purge_operation{"Microsoft.KeyVault/vaults/secrets/purge/action", "purge"};
constexpr Operation backup_operation{"Microsoft.KeyVault/vaults/secrets/backup/action", "backup"};
constexpr Operation restore_operation{"Microsoft.KeyVault/vaults/secrets/restore/action", "restore"};

[[noreturn]] void not_found(std::string_view name_or_id) {
    throw Error(
        fault::secret_not_found,
        fmt::format(
            "A secret with (name/id) {} was not found in this key vault. If you recently deleted this secret "
            "you "
            "may be able to recover it using the correct recovery command. For help resolving this issue, "
            "please see https://go.microsoft.com/fwlink/?linkid=2125182",
            name_or_id));
}

Attributes attributes_of(const SecretVersion& version) {
    return {version.enabled, version.not_before, version.expires, version.created, version.updated};
}

enum class Show { value, with_version, without_version };

Json wire(const arm::Resource& vault, const SecretVersion& version, Show show) {
    const Json properties = Json::parse(vault.properties);
    Json body;
    if (show == Show::value) body["value"] = version.value;
    if (!version.content_type.empty()) body["contentType"] = version.content_type;
    body["id"] = fmt::format("{}/secrets/{}", base_url(vault), version.name);
    if (show != Show::without_version) body["id"] = body["id"].get<std::string>() + "/" + version.version;
    body["attributes"] = attributes_wire(attributes_of(version), properties);
    body["tags"] = version.tags.empty() ? Json::object() : Json::parse(version.tags);
    return body;
}

Json deleted_wire(const arm::Resource& vault, const SecretVersion& version, Show show) {
    Json body;
    body["recoveryId"] = fmt::format("{}/deletedsecrets/{}", base_url(vault), version.name);
    body["deletedDate"] = unix_seconds(*version.deleted);
    body["scheduledPurgeDate"] = unix_seconds(*version.scheduled_purge);
    body.update(wire(vault, version, show));
    return body;
}

void take(SecretVersion& version, const Json& body) {
    if (const Json* type = find(body, "contentType"))
        version.content_type = type->is_string() ? type->get<std::string>() : "";
    if (const Json* tags = find(body, "tags")) version.tags = kept_tags(*tags);
    Attributes attributes = attributes_of(version);
    take_attributes(attributes, body);
    version.enabled = attributes.enabled;
    version.not_before = attributes.not_before;
    version.expires = attributes.expires;
}

// The live versions, newest first. Throws when there are none.
std::vector<SecretVersion> require_versions(Session& session, const arm::Resource& vault,
                                            std::string_view name) {
    std::vector<SecretVersion> versions = known_secret_versions(session, vault.id.name(), name);
    if (versions.empty() || versions.front().deleted) not_found(name);
    return versions;
}

SecretVersion require_version(Session& session, const arm::Resource& vault, std::string_view name,
                              std::string_view version) {
    const std::vector<SecretVersion> versions = require_versions(session, vault, name);
    if (version.empty()) return versions.front();
    for (const SecretVersion& candidate : versions)
        if (iequals(candidate.version, version)) return candidate;
    not_found(fmt::format("{}/{}", name, version));
}

std::vector<SecretVersion> require_deleted(Session& session, const arm::Resource& vault,
                                           std::string_view name) {
    std::vector<SecretVersion> versions = known_secret_versions(session, vault.id.name(), name);
    if (versions.empty() || !versions.front().deleted)
        throw Error(fault::secret_not_found, fmt::format("Deleted Secret not found: {}", name));
    return versions;
}

void refuse_deleted(const std::vector<SecretVersion>& versions) {
    if (!versions.empty() && versions.front().deleted) refuse_reuse("Secret", versions.front().name);
}

// One version in a backup.
Json packed(const SecretVersion& version) {
    Json out{{"version", version.version},
             {"value", version.value},
             {"contentType", version.content_type},
             {"tags", version.tags},
             {"enabled", version.enabled},
             {"created", unix_seconds(version.created)},
             {"updated", unix_seconds(version.updated)}};
    if (version.not_before) out["nbf"] = unix_seconds(*version.not_before);
    if (version.expires) out["exp"] = unix_seconds(*version.expires);
    return out;
}

SecretVersion unpacked(const Json& packed) {
    SecretVersion version;
    version.version = text_at(packed, "version");
    version.value = text_at(packed, "value");
    version.content_type = text_at(packed, "contentType");
    version.tags = text_at(packed, "tags");
    version.enabled = packed.value("enabled", true);
    version.created = from_unix_seconds(packed.value("created", std::int64_t{0}));
    version.updated = from_unix_seconds(packed.value("updated", std::int64_t{0}));
    if (packed.contains("nbf")) version.not_before = from_unix_seconds(packed["nbf"].get<std::int64_t>());
    if (packed.contains("exp")) version.expires = from_unix_seconds(packed["exp"].get<std::int64_t>());
    return version;
}

// The newest version of each secret, deleted ones or live ones.
std::vector<SecretVersion> newest(Session& session, const arm::Resource& vault, bool deleted) {
    std::vector<SecretVersion> found;
    for (const SecretVersion& version : known_secrets(session, vault.id.name())) {
        if (version.deleted.has_value() != deleted) continue;
        if (found.empty() || !iequals(found.back().name, version.name)) found.push_back(version);
    }
    return found;
}

}  // namespace

Json set_secret(Session& session, std::string_view vault_name, std::string_view name, const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, set_operation, name);
    check_object_name(name);
    make_room_for_secret(session, vault.id.name(), name);
    const std::vector<SecretVersion> before = known_secret_versions(session, vault.id.name(), name);
    refuse_deleted(before);
    const Json* value = find(body, "value");
    if (value == nullptr || !value->is_string())
        throw Error(fault::vault_bad_parameter, "The parameter is missing or invalid: value");
    if (value->get_ref<const std::string&>().size() > 25600)
        throw Error(fault::vault_bad_parameter,
                    "The secret value is longer than the 25600 characters that are allowed.");
    SecretVersion version;
    version.vault = vault.id.name();
    version.name = before.empty() ? std::string(name) : before.front().name;
    version.version = new_hex(session.random, 32);
    version.value = value->get<std::string>();
    version.created = session.now;
    version.updated = session.now;
    take(version, body);
    session.keyvault.save(version);
    session.note("keyvault", "secret set", fmt::format("{}/secrets/{}", vault.id.text(), version.name));
    return wire(vault, version, Show::value);
}

Json get_secret(Session& session, std::string_view vault_name, std::string_view name,
                std::string_view wanted) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, get_operation, name);
    const SecretVersion version = require_version(session, vault, name, wanted);
    if (!version.enabled) {
        Error error(fault::vault_forbidden, "Operation get is not allowed on a disabled secret.");
        throw error.with_inner_code("SecretDisabled");
    }
    return wire(vault, version, Show::value);
}

Json update_secret(Session& session, std::string_view vault_name, std::string_view name,
                   std::string_view wanted, const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, update_operation, name);
    SecretVersion version = require_version(session, vault, name, wanted);
    take(version, body);
    version.updated = session.now;
    session.keyvault.save(version);
    return wire(vault, version, Show::with_version);
}

std::vector<Json> list_secrets(Session& session, std::string_view vault_name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, list_operation, "");
    std::vector<Json> found;
    for (const SecretVersion& version : newest(session, vault, false))
        found.push_back(wire(vault, version, Show::without_version));
    return found;
}

std::vector<Json> list_secret_versions(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, list_operation, name);
    std::vector<Json> found;
    // Of a secret that is not there Key Vault lists no versions, and says nothing.
    for (const SecretVersion& version : known_secret_versions(session, vault.id.name(), name))
        if (!version.deleted) found.push_back(wire(vault, version, Show::with_version));
    return found;
}

Json delete_secret(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, delete_operation, name);
    std::vector<SecretVersion> versions = require_versions(session, vault, name);
    const Instant purge = session.now + std::chrono::days(recoverable_days(Json::parse(vault.properties)));
    for (SecretVersion& version : versions) {
        version.deleted = session.now;
        version.scheduled_purge = purge;
        session.keyvault.save(version);
    }
    session.note("keyvault", "secret soft-deleted",
                 fmt::format("{}/secrets/{}", vault.id.text(), versions.front().name));
    return deleted_wire(vault, versions.front(), Show::with_version);
}

std::vector<Json> list_deleted_secrets(Session& session, std::string_view vault_name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, list_operation, "");
    std::vector<Json> found;
    for (const SecretVersion& version : newest(session, vault, true))
        found.push_back(deleted_wire(vault, version, Show::without_version));
    return found;
}

Json get_deleted_secret(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, get_deleted_operation, name);
    return deleted_wire(vault, require_deleted(session, vault, name).front(), Show::with_version);
}

Json recover_secret(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, recover_operation, name);
    const std::vector<SecretVersion> there = known_secret_versions(session, vault.id.name(), name);
    if (!there.empty() && !there.front().deleted) refuse_recovery("Secret", there.front().name);
    std::vector<SecretVersion> versions = require_deleted(session, vault, name);
    for (SecretVersion& version : versions) {
        version.deleted.reset();
        version.scheduled_purge.reset();
        session.keyvault.save(version);
    }
    return wire(vault, versions.front(), Show::with_version);
}

void purge_secret(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, purge_operation, name);
    const std::string kept = require_deleted(session, vault, name).front().name;
    refuse_purge(Json::parse(vault.properties));
    session.keyvault.erase_secret(vault.id.name(), kept);
}

std::string backup_secret(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, backup_operation, name);
    const std::vector<SecretVersion> versions = require_versions(session, vault, name);
    Json content{{"name", versions.front().name}, {"versions", Json::array()}};
    for (const SecretVersion& version : versions) content["versions"].push_back(packed(version));
    return sealed_backup("Secret", vault.id.subscription(), content);
}

Json restore_secret(Session& session, std::string_view vault_name, std::string_view sealed) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, restore_operation, "");
    const Json content = opened_backup("Secret", vault.id.subscription(), sealed);
    const std::string name = text_at(content, "name");
    make_room_for_secret(session, vault.id.name(), name);
    const std::vector<SecretVersion> before = known_secret_versions(session, vault.id.name(), name);
    refuse_deleted(before);
    if (!before.empty())
        throw Error(
            fault::vault_data_conflict,
            fmt::format("There was a conflict restoring the secret '{}/secrets/{}'.", base_url(vault), name));
    std::vector<SecretVersion> versions;
    for (const Json& packed : content["versions"]) {
        SecretVersion version = unpacked(packed);
        version.vault = vault.id.name();
        version.name = name;
        versions.push_back(version);
    }
    // Oldest first: of equal times the one kept last is the newest.
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        session.keyvault.save(*version);
    session.note("keyvault", "secret restored", fmt::format("{}/secrets/{}", vault.id.text(), name));
    return wire(vault, versions.front(), Show::with_version);
}

}  // namespace azid::keyvault
