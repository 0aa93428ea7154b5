#include "cli/app/environment.hpp"
#include "cli/commands/keyvault.hpp"
#include "cli/commands/shape.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/keyvault/secrets.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view id_usage =
    "incorrect usage: --id ID | --vault-name/--hsm-name VAULT/HSM --name/-n NAME [--version VERSION]";

struct SecretName {
    std::string vault;
    std::string name;
    std::string version;
};

// --id https://VAULT.vault.azure.net/secrets/NAME[/VERSION], or --vault-name and --name.
SecretName secret_of(const app::Args& args) {
    if (!args.given("identifier")) {
        if (args.text("vault_base_url").empty() || args.text("name").empty())
            throw Error(fault::client, std::string(id_usage));
        return {args.text("vault_base_url"), args.text("name"), args.text("version")};
    }
    const std::string id = args.text("identifier");
    const std::vector<std::string> pieces = split(id, '/');
    if (pieces.size() < 5 || !istarts_with(id, "https://") || !iequals(pieces[3], "secrets"))
        throw Error(fault::usage, fmt::format("'{}' is not a valid ID", id));
    const std::string host = pieces[2];
    return {host.substr(0, host.find('.')), pieces[4], pieces.size() > 5 ? pieces[5] : args.text("version")};
}

// --vault-name also takes the whole address.
std::string vault_name(const std::string& text) {
    if (!istarts_with(text, "https://")) return text;
    const std::string host = http::request_to(text).host;
    return host.substr(0, host.find('.'));
}

Json date_or_null(const Json& attributes, const char* name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? Json(nullptr)
                                     : Json(az_iso(from_unix_seconds(found->get<std::int64_t>())));
}

Json shaped_attributes(const Json& wire) {
    Json out;
    out["created"] = date_or_null(wire, "created");
    out["enabled"] = wire["enabled"];
    out["expires"] = date_or_null(wire, "exp");
    out["notBefore"] = date_or_null(wire, "nbf");
    out["recoverableDays"] = wire["recoverableDays"];
    out["recoveryLevel"] = wire["recoveryLevel"];
    out["updated"] = date_or_null(wire, "updated");
    return out;
}

// A secret as az prints it; its name is read out of its id.
Json shaped(const Json& wire, std::string_view fields) {
    Json secret = wire;
    secret["attributes"] = shaped_attributes(wire["attributes"]);
    secret["name"] = split(text_at(wire, "id"), '/').at(4);
    for (const char* date : {"deletedDate", "scheduledPurgeDate"})
        if (wire.contains(date)) secret[date] = date_or_null(wire, date);
    return with_fields(secret, fields);
}

constexpr std::string_view secret_fields = "attributes contentType id kid managed name tags value";
constexpr std::string_view item_fields = "attributes contentType id managed name tags";
constexpr std::string_view deleted_item_fields =
    "attributes contentType deletedDate id managed name recoveryId scheduledPurgeDate tags";
constexpr std::string_view deleted_fields =
    "attributes contentType deletedDate id kid managed name recoveryId scheduledPurgeDate tags value";

// What az makes of a 404 behind its long-running secret operations: exit code 1 (shapes.txt).
template <typename Operation>
auto with_plain_exit(Operation operation) {
    try {
        return operation();
    } catch (const Error& error) {
        if (error.fault().code != fault::secret_not_found.code) throw;
        throw Error(fault::deleted_secret_not_found, error.message());
    }
}

// --vault-name, or --id with the address of the vault.
std::string vault_of(const app::Args& args) {
    if (!args.given("vault_base_url") && !args.given("identifier"))
        throw Error(fault::client, "incorrect usage: --id ID | --vault-name/--hsm-name VAULT/HSM");
    return vault_name(args.given("identifier") ? args.text("identifier") : args.text("vault_base_url"));
}

// az's --maxresults: the first so many; all without it.
Json first_of(const std::vector<Json>& secrets, const app::Args& args, std::string_view fields) {
    const size_t most = args.given("max_page_size") ? std::stoul(args.text("max_page_size")) : secrets.size();
    Json shown = Json::array();
    for (const Json& secret : secrets)
        if (shown.size() < most) shown.push_back(shaped(secret, fields));
    return shown;
}

std::string encoded_file(const std::string& bytes, const std::string& encoding) {
    if (encoding == "base64") return base64(bytes);
    if (encoding == "hex") return hex_lower(bytes);
    if (encoding == "utf-8" || encoding == "ascii") return bytes;
    throw Error(fault::not_modelled,
                fmt::format("azid does not read files as {}: use utf-8, ascii, base64 or hex.", encoding));
}

std::string value_of(const app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("value") == args.given("file_path"))
        throw Error(fault::client, "incorrect usage: [Required] --value VALUE | --file PATH");
    if (args.given("value")) return args.text("value");
    const std::optional<std::string> content = context.environment.read_file(args.text("file_path"));
    if (!content)
        throw Error(fault::client,
                    fmt::format("[Errno 2] No such file or directory: '{}'", args.text("file_path")));
    return encoded_file(*content, args.text("encoding"));
}

void add_date(Json& attributes, const app::Args& args, const char* option, const char* member,
              const char* spelling) {
    if (!args.given(option)) return;
    const std::optional<Instant> instant = parse_utc(args.text(option));
    if (!instant)
        throw Error(fault::usage, fmt::format("argument {}: invalid datetime_type value: '{}'", spelling,
                                              args.text(option)));
    attributes[member] = unix_seconds(*instant);
}

Json attributes_of(const app::Args& args) {
    Json attributes = Json::object();
    if (const std::optional<bool> enabled = args.three_state("enabled")) attributes["enabled"] = *enabled;
    if (const std::optional<bool> disabled = args.three_state("disabled")) attributes["enabled"] = !*disabled;
    add_date(attributes, args, "not_before", "nbf", "--not-before");
    add_date(attributes, args, "expires_on", "exp", "--expires");
    return attributes;
}

}  // namespace

Json keyvault_secret_set(app::Context& context) {
    const app::Args& args = context.args;
    Json body{{"value", value_of(context)}};
    Json tags = app::tags_of(args);
    if (tags.is_null()) tags = Json::object();
    // az always notes the encoding (TRANSFORMS.md).
    tags["file-encoding"] = args.text("encoding");
    body["tags"] = tags;
    if (args.given("content_type")) body["contentType"] = args.text("content_type");
    body["attributes"] = attributes_of(args);
    const std::string vault = vault_name(args.text("vault_base_url"));
    return shaped(keyvault::set_secret(context.session(), vault, args.text("name"), body), secret_fields);
}

Json keyvault_secret_show(app::Context& context) {
    const SecretName secret = secret_of(context.args);
    return shaped(
        keyvault::get_secret(context.session(), vault_name(secret.vault), secret.name, secret.version),
        secret_fields);
}

Json keyvault_secret_list(app::Context& context) {
    const std::vector<Json> secrets = keyvault::list_secrets(context.session(), vault_of(context.args));
    return first_of(secrets, context.args, item_fields);
}

Json keyvault_secret_delete(app::Context& context) {
    context.messages.warn(
        "Warning! If you have soft-delete protection enabled on this key vault, this secret will be moved to "
        "the soft deleted "
        "state. You will not be able to create a secret with the same name within this key vault until the "
        "secret has been "
        "purged from the soft-deleted state. Please see the following documentation for additional "
        "guidance.\n"
        "https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview");
    const SecretName secret = secret_of(context.args);
    return with_plain_exit([&] {
        return shaped(keyvault::delete_secret(context.session(), vault_name(secret.vault), secret.name),
                      deleted_fields);
    });
}

Json keyvault_secret_list_versions(app::Context& context) {
    const SecretName secret = secret_of(context.args);
    const std::vector<Json> versions =
        keyvault::list_secret_versions(context.session(), vault_name(secret.vault), secret.name);
    return first_of(versions, context.args, item_fields);
}

Json keyvault_secret_set_attributes(app::Context& context) {
    const SecretName secret = secret_of(context.args);
    Json body{{"attributes", attributes_of(context.args)}};
    const Json tags = app::tags_of(context.args);
    if (!tags.is_null()) body["tags"] = tags;
    if (context.args.given("content_type")) body["contentType"] = context.args.text("content_type");
    return shaped(keyvault::update_secret(context.session(), vault_name(secret.vault), secret.name,
                                          secret.version, body),
                  secret_fields);
}

Json keyvault_secret_list_deleted(app::Context& context) {
    const std::vector<Json> secrets =
        keyvault::list_deleted_secrets(context.session(), vault_of(context.args));
    return first_of(secrets, context.args, deleted_item_fields);
}

Json keyvault_secret_recover(app::Context& context) {
    const SecretName secret = secret_of(context.args);
    return with_plain_exit([&] {
        return shaped(keyvault::recover_secret(context.session(), vault_name(secret.vault), secret.name),
                      secret_fields);
    });
}

Json keyvault_secret_purge(app::Context& context) {
    const SecretName secret = secret_of(context.args);
    with_plain_exit([&] {
        keyvault::purge_secret(context.session(), vault_name(secret.vault), secret.name);
        return Json(nullptr);
    });
    return nullptr;
}

}  // namespace azid::commands
