#include "cli/commands/keyvault_key.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/json_argument.hpp"
#include "cli/commands/keyvault_objects.hpp"
#include "cli/commands/shape.hpp"
#include "core/base/base64.hpp"
#include "core/base/text.hpp"
#include "core/crypto/vault_key.hpp"
#include "core/keyvault/keys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view number_names[] = {"n", "e", "x", "y", "d", "p", "q", "dp", "dq", "qi"};

// The key itself as az prints it: every member of its model, numbers in plain base64.
Json shaped_numbers(const Json& wire) {
    Json key;
    for (const char* name :
         {"crv", "d", "dp", "dq", "e", "k", "keyOps", "kid", "kty", "n", "p", "q", "qi", "t", "x", "y"})
        key[name] = wire.contains(name) ? wire[name] : Json(nullptr);
    key["keyOps"] = wire["key_ops"];
    for (const std::string_view name : number_names)
        if (key[std::string(name)].is_string())
            key[std::string(name)] = base64(*from_base64(key[std::string(name)].get<std::string>()));
    return key;
}

void add_deletion(Json& shaped, const Json& wire) {
    if (!wire.contains("recoveryId")) return;
    shaped["deletedDate"] = printed_date(wire, "deletedDate");
    shaped["recoveryId"] = wire["recoveryId"];
    shaped["scheduledPurgeDate"] = printed_date(wire, "scheduledPurgeDate");
}

// A key as az prints it; its attributes stay as Key Vault sent them (shapes.txt).
Json shaped(const Json& wire) {
    Json key{{"attributes", wire["attributes"]},
             {"key", shaped_numbers(wire["key"])},
             {"managed", nullptr},
             {"releasePolicy", nullptr},
             {"tags", wire.value("tags", Json())}};
    add_deletion(key, wire);
    return key;
}

Json shaped_item(const Json& wire) {
    Json item{{"attributes", wire["attributes"]},
              {"kid", wire["kid"]},
              {"managed", nullptr},
              {"name", split(text_at(wire, "kid"), '/').at(4)},
              {"releasePolicy", nullptr},
              {"tags", wire.value("tags", Json())}};
    add_deletion(item, wire);
    return item;
}

Json shaped_list(const std::vector<Json>& keys, const app::Args& args) {
    const std::size_t most =
        most_of(args, args.given("maxresults") ? "maxresults" : "max_page_size", keys.size());
    Json shown = Json::array();
    for (const Json& key : keys)
        if (shown.size() < most) shown.push_back(shaped_item(key));
    return shown;
}

// What create, import and set-attributes have in common.
Json body_of(const app::Args& args, const char* operations, bool is_new) {
    Json body{{"attributes", object_attributes(args, is_new)}};
    const Json tags = app::tags_of(args);
    if (!tags.is_null()) body["tags"] = tags;
    if (args.given(operations)) body["key_ops"] = args.list(operations);
    return body;
}

// --kty, or what --curve says; in hardware with --protection hsm.
std::string kind_of(const app::Args& args) {
    std::string kind = args.text("kty");
    if (kind.empty()) kind = args.given("curve") ? "EC" : "RSA";
    if (args.text("protection") == "hsm" && !kind.ends_with("-HSM")) kind += "-HSM";
    return kind;
}

Json jwk_of(const crypto::KeyNumbers& numbers) {
    Json key{{"kty", numbers.kind}};
    if (!numbers.curve.empty()) key["crv"] = numbers.curve;
    const std::string* bytes[] = {&numbers.n, &numbers.e, &numbers.x,  &numbers.y,  &numbers.d,
                                  &numbers.p, &numbers.q, &numbers.dp, &numbers.dq, &numbers.qi};
    for (std::size_t i = 0; i < std::size(bytes); ++i)
        if (!bytes[i]->empty()) key[std::string(number_names[i])] = base64url(*bytes[i]);
    return key;
}

crypto::VaultKey private_key_given(const app::Context& context) {
    const app::Args& args = context.args;
    const std::string pem =
        args.given("pem_file") ? read_whole_file(context, args.text("pem_file")) : args.text("pem_string");
    std::optional<crypto::VaultKey> key = crypto::VaultKey::from_pem(pem, args.text("pem_password"));
    if (!key)
        throw Error(fault::client,
                    "Import failed: Could not deserialize key data. The data may be in an incorrect format, "
                    "the provided password may be incorrect, it may be encrypted with an unsupported "
                    "algorithm, or it may be an unsupported key type.");
    return std::move(*key);
}

// A member of a rotation policy under the wire's name or as az's own model has it.
Json either(const Json& object, const char* wire, const char* own) {
    if (!object.is_object()) return nullptr;
    const Json value = object.value(wire, Json());
    return value.is_null() ? object.value(own, Json()) : value;
}

Json policy_body(const Json& given) {
    Json actions = Json::array();
    const Json listed = either(given, "lifetimeActions", "lifetime_actions");
    if (!listed.is_array()) return {{"lifetimeActions", actions}, {"attributes", Json::object()}};
    for (const Json& item : listed) {
        const Json trigger = item.value("trigger", item);
        const Json action = item.value("action", Json());
        Json when = Json::object();
        const Json after = either(trigger, "timeAfterCreate", "time_after_create");
        const Json before = either(trigger, "timeBeforeExpiry", "time_before_expiry");
        if (!after.is_null()) when["timeAfterCreate"] = after;
        if (!before.is_null()) when["timeBeforeExpiry"] = before;
        actions.push_back(
            {{"trigger", when}, {"action", {{"type", action.is_object() ? action["type"] : action}}}});
    }
    const Json attributes = given.value("attributes", given);
    Json expiry = either(attributes, "expiryTime", "expiry_time");
    if (expiry.is_null()) expiry = either(attributes, "expiresIn", "expires_in");
    return {{"lifetimeActions", actions}, {"attributes", {{"expiryTime", expiry}}}};
}

Json shaped_policy(const Json& wire) {
    Json actions = Json::array();
    for (const Json& item : wire["lifetimeActions"])
        actions.push_back({{"action", item["action"]["type"]},
                           {"timeAfterCreate", item["trigger"].value("timeAfterCreate", Json())},
                           {"timeBeforeExpiry", item["trigger"].value("timeBeforeExpiry", Json())}});
    const Json& attributes = wire["attributes"];
    return {{"createdOn", printed_date(attributes, "created")},
            {"expiresIn", attributes.value("expiryTime", Json())},
            {"id", wire["id"]},
            {"lifetimeActions", actions},
            {"updatedOn", printed_date(attributes, "updated")}};
}

}  // namespace

Json keyvault_key_create(app::Context& context) {
    const app::Args& args = context.args;
    const ObjectName key = object_of(args);
    Json body = body_of(args, "key_ops", true);
    body["kty"] = kind_of(args);
    if (args.given("key_size")) body["key_size"] = args.count("key_size");
    if (args.given("curve")) body["crv"] = args.text("curve");
    return shaped(keyvault::create_key(context.session(), key.vault, key.name, body));
}

Json keyvault_key_import(app::Context& context) {
    const app::Args& args = context.args;
    const ObjectName key = object_of(args);
    Json body = body_of(args, "key_ops", true);
    body["key"] = jwk_of(private_key_given(context).numbers());
    if (args.text("protection") == "hsm") body["Hsm"] = true;
    return shaped(keyvault::import_key(context.session(), key.vault, key.name, body));
}

Json keyvault_key_show(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return shaped(keyvault::get_key(context.session(), key.vault, key.name, key.version));
}

Json keyvault_key_list(app::Context& context) {
    return shaped_list(keyvault::list_keys(context.session(), vault_of(context.args)), context.args);
}

Json keyvault_key_list_versions(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return shaped_list(keyvault::list_key_versions(context.session(), key.vault, key.name), context.args);
}

Json keyvault_key_set_attributes(app::Context& context) {
    const ObjectName key = object_of(context.args);
    const Json body = body_of(context.args, "key_operations", false);
    return with_plain_exit([&] {
        return shaped(keyvault::update_key(context.session(), key.vault, key.name, key.version, body));
    });
}

Json keyvault_key_delete(app::Context& context) {
    context.messages.warn(
        "Warning! If you have soft-delete protection enabled on this key vault, this key will be moved to "
        "the soft deleted state. You will not be able to create a key with the same name within this key "
        "vault until the key has been purged from the soft-deleted state. Please see the following "
        "documentation for additional guidance.\n"
        "https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview");
    const ObjectName key = object_of(context.args);
    return with_plain_exit(
        [&] { return shaped(keyvault::delete_key(context.session(), key.vault, key.name)); });
}

Json keyvault_key_list_deleted(app::Context& context) {
    return shaped_list(keyvault::list_deleted_keys(context.session(), vault_of(context.args)), context.args);
}

Json keyvault_key_show_deleted(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return with_plain_exit(
        [&] { return shaped(keyvault::get_deleted_key(context.session(), key.vault, key.name)); });
}

Json keyvault_key_recover(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return with_plain_exit(
        [&] { return shaped(keyvault::recover_key(context.session(), key.vault, key.name)); });
}

Json keyvault_key_purge(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return with_plain_exit([&] {
        keyvault::purge_key(context.session(), key.vault, key.name);
        return Json(nullptr);
    });
}

Json keyvault_key_backup(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return with_plain_exit([&] {
        const std::string sealed = keyvault::backup_key(context.session(), key.vault, key.name);
        context.environment.write_private_file(context.args.text("file_path"), *from_base64(sealed));
        return Json(nullptr);
    });
}

Json keyvault_key_restore(app::Context& context) {
    if (!context.args.given("file_path"))
        throw Error(fault::usage,
                    "Please specify --file/-f or --storage-account-name & --blob-container-name & "
                    "--storage-container-SAS-token & --backup-folder");
    const std::string content = read_whole_file(context, context.args.text("file_path"));
    return shaped(keyvault::restore_key(context.session(), vault_of(context.args), base64url(content)));
}

Json keyvault_key_download(app::Context& context) {
    const ObjectName key = object_of(context.args);
    const std::string path = context.args.text("file_path");
    refuse_existing_file(context, path);
    return with_plain_exit([&] {
        const Json wire = keyvault::get_key(context.session(), key.vault, key.name, key.version)["key"];
        crypto::KeyNumbers numbers;
        numbers.kind = wire.contains("n") ? "RSA" : "EC";
        numbers.curve = text_at(wire, "crv");
        numbers.n = *from_base64(text_at(wire, "n"));
        numbers.e = *from_base64(text_at(wire, "e"));
        numbers.x = *from_base64(text_at(wire, "x"));
        numbers.y = *from_base64(text_at(wire, "y"));
        const crypto::VaultKey half = crypto::VaultKey::from_numbers(numbers).value();
        const bool der = context.args.text("encoding") == "DER";
        context.environment.write_file(path, der ? half.public_der() : half.public_pem());
        return Json(nullptr);
    });
}

Json keyvault_key_rotate(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return with_plain_exit(
        [&] { return shaped(keyvault::rotate_key(context.session(), key.vault, key.name)); });
}

Json keyvault_key_rotation_policy_show(app::Context& context) {
    const ObjectName key = object_of(context.args);
    return shaped_policy(keyvault::get_rotation_policy(context.session(), key.vault, key.name));
}

Json keyvault_key_rotation_policy_update(app::Context& context) {
    const ObjectName key = object_of(context.args);
    const Json given = json_argument(context, context.args.text("value"));
    if (given.empty()) throw Error(fault::client, "Please specify a valid policy");
    return with_plain_exit([&] {
        return shaped_policy(
            keyvault::set_rotation_policy(context.session(), key.vault, key.name, policy_body(given)));
    });
}

}  // namespace azid::commands
