#include "core/keyvault/keys.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/key_versions.hpp"
#include "core/keyvault/object.hpp"
#include "core/keyvault/ports.hpp"
#include "core/keyvault/retention.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::keyvault {

namespace {

constexpr Operation read_operation = key_operation("Microsoft.KeyVault/vaults/keys/read", "get");
constexpr Operation list_operation = key_operation("Microsoft.KeyVault/vaults/keys/read", "list");
constexpr Operation create_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/create/action", "create");
constexpr Operation import_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/import/action", "import");
constexpr Operation rotate_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/rotate/action", "rotate");
constexpr Operation update_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/update/action", "update");
constexpr Operation delete_operation = key_operation("Microsoft.KeyVault/vaults/keys/delete", "delete");
constexpr Operation recover_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/recover/action", "recover");
constexpr Operation purge_operation = key_operation("Microsoft.KeyVault/vaults/keys/purge/action", "purge");
constexpr Operation backup_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/backup/action", "backup");
constexpr Operation restore_operation =
    key_operation("Microsoft.KeyVault/vaults/keys/restore/action", "restore");
constexpr Operation read_policy_operation =
    key_operation("Microsoft.KeyVault/vaults/keyrotationpolicies/read", "getrotationpolicy");
constexpr Operation write_policy_operation =
    key_operation("Microsoft.KeyVault/vaults/keyrotationpolicies/write", "setrotationpolicy");

constexpr std::string_view rsa_operations = R"(["encrypt","decrypt","sign","verify","wrapKey","unwrapKey"])";
constexpr std::string_view ec_operations = R"(["sign","verify"])";
constexpr int rsa_sizes[] = {2048, 3072, 4096};

[[noreturn]] void bad_parameter(const std::string& message) {
    throw Error(fault::vault_bad_parameter, message);
}

// "RSA" or "EC" of a kty that such a vault can have: those with -HSM only in a premium one.
std::string_view bare_kind(const arm::Resource& vault, std::string_view kind) {
    const bool in_hardware = kind.ends_with("-HSM");
    const std::string_view bare = in_hardware ? kind.substr(0, kind.size() - 4) : kind;
    if (bare != "RSA" && bare != "EC")
        bad_parameter(fmt::format("Key of type '{}' is not supported by a vault.", kind));
    const Json properties = Json::parse(vault.properties);
    const Json* sku = find(properties, "sku.name");
    if (in_hardware && (sku == nullptr || !sku->is_string() || sku->get<std::string>() != "premium"))
        bad_parameter(fmt::format("Key of type '{}' is not supported by a standard vault.", kind));
    return bare;
}

std::string new_rsa(Session& session, const Json& body) {
    const Json* size = find(body, "key_size");
    const int bits = size == nullptr || size->is_null() ? rsa_sizes[0]
                     : size->is_number_integer()        ? size->get<int>()
                                                        : 0;
    if (std::find(std::begin(rsa_sizes), std::end(rsa_sizes), bits) == std::end(rsa_sizes))
        bad_parameter(fmt::format("Key size {} is not supported. RSA keys have {} bits.",
                                  size == nullptr ? "" : compact(*size), fmt::join(rsa_sizes, ", ")));
    return session.keys.take(bits);
}

std::string new_ec(Session& session, const Json& body) {
    const std::string curve = text_at(body, "crv");
    const std::string name = curve.empty() ? "P-256" : curve;
    if (!crypto::is_curve(name)) bad_parameter(fmt::format("Curve '{}' is not supported.", name));
    return crypto::new_ec_key_pem(name, session.random);
}

// The version as a new one of the vault, behind those that there are.
Json keep(Session& session, const arm::Resource& vault, std::string_view name, KeyVersion version,
          const std::vector<KeyVersion>& before) {
    version.vault = vault.id.name();
    version.name = before.empty() ? std::string(name) : before.front().name;
    version.version = new_hex(session.random, 32);
    version.created = session.now;
    version.updated = session.now;
    session.keyvault.save(version);
    session.note("keyvault", before.empty() ? "key created" : "key version created",
                 fmt::format("{}/keys/{}", vault.id.text(), version.name));
    return key_wire(vault, version);
}

std::vector<KeyVersion> newest(Session& session, const arm::Resource& vault, bool deleted) {
    std::vector<KeyVersion> found;
    for (const KeyVersion& version : known_keys(session, vault.id.name())) {
        if (version.deleted.has_value() != deleted) continue;
        if (found.empty() || !iequals(found.back().name, version.name)) found.push_back(version);
    }
    return found;
}

// A member of a JSON Web Key as bytes. Throws Error (BadParameter) when it is no base64url.
std::string member_bytes(const Json& key, const char* member) {
    const std::string text = text_at(key, member);
    const std::optional<std::string> bytes = text.empty() ? std::string() : from_base64(text);
    if (!bytes) bad_parameter(fmt::format("Property {} has invalid value", member));
    return *bytes;
}

crypto::KeyNumbers numbers_of(const Json& key, std::string_view kind) {
    crypto::KeyNumbers numbers;
    numbers.kind = kind;
    numbers.curve = text_at(key, "crv");
    const std::pair<const char*, std::string*> members[] = {
        {"n", &numbers.n}, {"e", &numbers.e}, {"x", &numbers.x},   {"y", &numbers.y},   {"d", &numbers.d},
        {"p", &numbers.p}, {"q", &numbers.q}, {"dp", &numbers.dp}, {"dq", &numbers.dq}, {"qi", &numbers.qi},
    };
    for (const auto& [member, bytes] : members) *bytes = member_bytes(key, member);
    return numbers;
}

Json rotation_policy_wire(const arm::Resource& vault, std::string_view name, const RotationPolicy& policy) {
    const Json kept = Json::parse(policy.policy);
    Json attributes{{"expiryTime", kept.value("expiryTime", Json())}};
    if (policy.created) attributes["created"] = unix_seconds(*policy.created);
    if (policy.updated) attributes["updated"] = unix_seconds(*policy.updated);
    return {{"id", fmt::format("{}/keys/{}/rotationpolicy", base_url(vault), name)},
            {"lifetimeActions", kept.value("lifetimeActions", Json::array())},
            {"attributes", attributes}};
}

}  // namespace

Json create_key(Session& session, std::string_view vault_name, std::string_view name, const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, create_operation, name);
    check_object_name(name);
    make_room_for_key(session, vault.id.name(), name);
    const std::vector<KeyVersion> before = known_key_versions(session, vault.id.name(), name);
    refuse_deleted_key(before);
    KeyVersion version;
    version.kind = text_at(body, "kty");
    const bool is_rsa = bare_kind(vault, version.kind) == "RSA";
    version.operations = is_rsa ? rsa_operations : ec_operations;
    take_key(version, body);
    version.private_key = is_rsa ? new_rsa(session, body) : new_ec(session, body);
    return keep(session, vault, name, version, before);
}

Json import_key(Session& session, std::string_view vault_name, std::string_view name, const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, import_operation, name);
    check_object_name(name);
    make_room_for_key(session, vault.id.name(), name);
    const std::vector<KeyVersion> before = known_key_versions(session, vault.id.name(), name);
    refuse_deleted_key(before);
    const Json* key = find(body, "key");
    if (key == nullptr || !key->is_object()) bad_parameter("The parameter is missing or invalid: key");
    KeyVersion version;
    version.kind = text_at(*key, "kty");
    if (body.value("Hsm", false) && !version.kind.ends_with("-HSM")) version.kind += "-HSM";
    const std::string_view kind = bare_kind(vault, version.kind);
    const crypto::KeyNumbers numbers = numbers_of(*key, kind);
    const std::optional<crypto::VaultKey> made =
        numbers.d.empty() ? std::nullopt : crypto::VaultKey::from_numbers(numbers);
    if (!made) bad_parameter("The parameter is missing or invalid: key");
    if (kind == "RSA" &&
        std::find(std::begin(rsa_sizes), std::end(rsa_sizes), made->bits()) == std::end(rsa_sizes))
        bad_parameter(fmt::format("Key size {} is not supported. RSA keys have {} bits.", made->bits(),
                                  fmt::join(rsa_sizes, ", ")));
    version.operations = kind == "RSA" ? rsa_operations : ec_operations;
    take_key(version, body);
    if (const Json* operations = find(*key, "key_ops"); operations != nullptr && operations->is_array())
        take_key(version, Json{{"key_ops", *operations}});
    version.private_key = made->pem();
    return keep(session, vault, name, version, before);
}

Json rotate_key(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, rotate_operation, name);
    const std::vector<KeyVersion> before = require_key(session, vault, name);
    KeyVersion version = before.front();
    const crypto::VaultKey key = opened(version);
    version.private_key = key.numbers().kind == "RSA"
                              ? session.keys.take(key.bits())
                              : crypto::new_ec_key_pem(key.numbers().curve, session.random);
    return keep(session, vault, name, version, before);
}

Json get_key(Session& session, std::string_view vault_name, std::string_view name, std::string_view wanted) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, read_operation, name);
    return key_wire(vault, require_key_version(session, vault, name, wanted));
}

Json update_key(Session& session, std::string_view vault_name, std::string_view name, std::string_view wanted,
                const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, update_operation, name);
    KeyVersion version = require_key_version(session, vault, name, wanted);
    take_key(version, body);
    version.updated = session.now;
    session.keyvault.save(version);
    return key_wire(vault, version);
}

std::vector<Json> list_keys(Session& session, std::string_view vault_name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, list_operation, "");
    std::vector<Json> found;
    for (const KeyVersion& version : newest(session, vault, false))
        found.push_back(key_item_wire(vault, version, false));
    return found;
}

std::vector<Json> list_key_versions(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, list_operation, name);
    std::vector<Json> found;
    // Of a key that is not there Key Vault lists no versions, and says nothing.
    for (const KeyVersion& version : known_key_versions(session, vault.id.name(), name))
        if (!version.deleted) found.push_back(key_item_wire(vault, version, true));
    return found;
}

Json delete_key(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, delete_operation, name);
    std::vector<KeyVersion> versions = require_key(session, vault, name);
    const Instant purge = session.now + std::chrono::days(recoverable_days(Json::parse(vault.properties)));
    for (KeyVersion& version : versions) {
        version.deleted = session.now;
        version.scheduled_purge = purge;
        session.keyvault.save(version);
    }
    session.note("keyvault", "key soft-deleted",
                 fmt::format("{}/keys/{}", vault.id.text(), versions.front().name));
    return deleted_key_wire(vault, versions.front(), key_wire(vault, versions.front()));
}

std::vector<Json> list_deleted_keys(Session& session, std::string_view vault_name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, list_operation, "");
    std::vector<Json> found;
    for (const KeyVersion& version : newest(session, vault, true))
        found.push_back(deleted_key_wire(vault, version, key_item_wire(vault, version, false)));
    return found;
}

Json get_deleted_key(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, read_operation, name);
    const KeyVersion version = require_deleted_key(session, vault, name).front();
    return deleted_key_wire(vault, version, key_wire(vault, version));
}

Json recover_key(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, recover_operation, name);
    const std::vector<KeyVersion> there = known_key_versions(session, vault.id.name(), name);
    if (!there.empty() && !there.front().deleted) refuse_recovery("Key", there.front().name);
    std::vector<KeyVersion> versions = require_deleted_key(session, vault, name);
    for (KeyVersion& version : versions) {
        version.deleted.reset();
        version.scheduled_purge.reset();
        session.keyvault.save(version);
    }
    return key_wire(vault, versions.front());
}

void purge_key(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, purge_operation, name);
    const std::string kept = require_deleted_key(session, vault, name).front().name;
    refuse_purge(Json::parse(vault.properties));
    session.keyvault.erase_key(vault.id.name(), kept);
}

std::string backup_key(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, backup_operation, name);
    const std::vector<KeyVersion> versions = require_key(session, vault, name);
    Json content{{"name", versions.front().name}, {"versions", Json::array()}};
    for (const KeyVersion& version : versions) content["versions"].push_back(packed_key(version));
    return sealed_backup("Key", vault.id.subscription(), content);
}

Json restore_key(Session& session, std::string_view vault_name, std::string_view sealed) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, restore_operation, "");
    const Json content = opened_backup("Key", vault.id.subscription(), sealed);
    const std::string name = text_at(content, "name");
    make_room_for_key(session, vault.id.name(), name);
    const std::vector<KeyVersion> before = known_key_versions(session, vault.id.name(), name);
    refuse_deleted_key(before);
    if (!before.empty())
        throw Error(
            fault::vault_data_conflict,
            fmt::format("There was a conflict restoring the key '{}/keys/{}'.", base_url(vault), name));
    std::vector<KeyVersion> versions;
    for (const Json& packed : content["versions"]) {
        KeyVersion version = unpacked_key(packed);
        version.vault = vault.id.name();
        version.name = name;
        versions.push_back(version);
    }
    // Oldest first: of equal times the one kept last is the newest.
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        session.keyvault.save(*version);
    session.note("keyvault", "key restored", fmt::format("{}/keys/{}", vault.id.text(), name));
    return key_wire(vault, versions.front());
}

Json get_rotation_policy(Session& session, std::string_view vault_name, std::string_view name) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, read_policy_operation, name);
    const std::string kept = require_key(session, vault, name).front().name;
    const std::optional<RotationPolicy> policy = session.keyvault.rotation_policy(vault.id.name(), kept);
    if (policy) return rotation_policy_wire(vault, kept, *policy);
    // What every key has until it is given another: a notice thirty days before its end.
    RotationPolicy usual;
    usual.policy =
        R"({"lifetimeActions":[{"trigger":{"timeBeforeExpiry":"P30D"},"action":{"type":"Notify"}}]})";
    return rotation_policy_wire(vault, kept, usual);
}

Json set_rotation_policy(Session& session, std::string_view vault_name, std::string_view name,
                         const Json& body) {
    const arm::Resource vault = require_vault(session, vault_name);
    authorise(session, vault, write_policy_operation, name);
    const std::string kept = require_key(session, vault, name).front().name;
    const std::optional<RotationPolicy> before = session.keyvault.rotation_policy(vault.id.name(), kept);
    Json policy{{"lifetimeActions", body.value("lifetimeActions", Json::array())}};
    if (const Json* expiry = find(body, "attributes.expiryTime"); expiry != nullptr && !expiry->is_null())
        policy["expiryTime"] = *expiry;
    const RotationPolicy saved{vault.id.name(), kept, compact(policy),
                               before ? before->created : std::optional(session.now), session.now};
    session.keyvault.save(saved);
    return rotation_policy_wire(vault, kept, saved);
}

}  // namespace azid::keyvault
