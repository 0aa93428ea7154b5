#include "cli/app/environment.hpp"
#include "cli/commands/keyvault.hpp"
#include "cli/commands/keyvault_objects.hpp"
#include "cli/commands/shape.hpp"
#include "cli/render/unicode.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/secrets.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace azid::commands {

namespace {

Json shaped_attributes(const Json& wire) {
    Json out;
    out["created"] = printed_date(wire, "created");
    out["enabled"] = wire["enabled"];
    out["expires"] = printed_date(wire, "exp");
    out["notBefore"] = printed_date(wire, "nbf");
    out["recoverableDays"] = wire["recoverableDays"];
    out["recoveryLevel"] = wire["recoveryLevel"];
    out["updated"] = printed_date(wire, "updated");
    return out;
}

// A secret as az prints it; its name is read out of its id.
Json shaped(const Json& wire, std::string_view fields) {
    Json secret = wire;
    secret["attributes"] = shaped_attributes(wire["attributes"]);
    secret["name"] = split(text_at(wire, "id"), '/').at(4);
    for (const char* date : {"deletedDate", "scheduledPurgeDate"})
        if (wire.contains(date)) secret[date] = printed_date(wire, date);
    return with_fields(secret, fields);
}

constexpr std::string_view secret_fields = "attributes contentType id kid managed name tags value";
constexpr std::string_view item_fields = "attributes contentType id managed name tags";
constexpr std::string_view deleted_item_fields =
    "attributes contentType deletedDate id managed name recoveryId scheduledPurgeDate tags";
constexpr std::string_view deleted_fields =
    "attributes contentType deletedDate id kid managed name recoveryId scheduledPurgeDate tags value";

Json first_of(const std::vector<Json>& secrets, const app::Args& args, std::string_view fields) {
    const std::size_t most = most_of(args, "max_page_size", secrets.size());
    Json shown = Json::array();
    for (const Json& secret : secrets)
        if (shown.size() < most) shown.push_back(shaped(secret, fields));
    return shown;
}

// Base64 as Python's encodebytes writes it: lines of 76, each with its line break.
std::string in_lines(const std::string& text) {
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += 76) lines += text.substr(at, 76) + "\n";
    return lines;
}

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

// The text that a file is sent as. The encodings of text change nothing but the tag: az reads such a file in
// the locale's encoding whatever they say.
std::string encoded_file(const std::string& path, const std::string& bytes, const std::string& encoding) {
    if (encoding == "base64") return in_lines(base64(bytes));
    if (encoding == "hex") return hex_lower(bytes);
    if (render::valid_utf8(bytes) != bytes || (encoding == "ascii" && !is_ascii(bytes)))
        throw Error(fault::client,
                    fmt::format("Unable to decode file '{}' with '{}' encoding.", path, encoding));
    // Python reads text with every line break as \n.
    return replace_all(replace_all(bytes, "\r\n", "\n"), "\r", "\n");
}

std::optional<std::string> from_hex(const std::string& digits) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
        unsigned int byte = 0;
        const char* const end = digits.data() + at + 2;
        if (std::from_chars(digits.data() + at, end, byte, 16).ptr != end) return {};
        bytes += static_cast<char>(byte);
    }
    return digits.size() % 2 == 0 ? std::optional(bytes) : std::nullopt;
}

std::string value_of(const app::Context& context) {
    const app::Args& args = context.args;
    if (!args.text("value").empty()) return args.text("value");
    const std::string path = args.text("file_path");
    return encoded_file(path, read_whole_file(context, path), args.text("encoding"));
}

// What a download writes for the secret's value.
std::string decoded_value(const std::string& value, const std::string& encoding) {
    std::optional<std::string> bytes = value;
    if (encoding == "hex") bytes = from_hex(value);
    if (encoding == "base64") {
        std::string digits = value;
        std::erase_if(digits, [](char c) { return c == '\n' || c == '\r'; });
        bytes = from_base64(digits);
    }
    if (!bytes) throw Error(fault::client, fmt::format("The secret's value is not {} text.", encoding));
    return *bytes;
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
    body["attributes"] = object_attributes(args, true);
    const ObjectName secret = object_of(args);
    return shaped(keyvault::set_secret(context.session(), secret.vault, secret.name, body), secret_fields);
}

Json keyvault_secret_show(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    return shaped(keyvault::get_secret(context.session(), secret.vault, secret.name, secret.version),
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
    const ObjectName secret = object_of(context.args);
    return with_plain_exit([&] {
        return shaped(keyvault::delete_secret(context.session(), secret.vault, secret.name), deleted_fields);
    });
}

Json keyvault_secret_list_versions(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    const std::vector<Json> versions =
        keyvault::list_secret_versions(context.session(), secret.vault, secret.name);
    return first_of(versions, context.args, item_fields);
}

Json keyvault_secret_set_attributes(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    Json body{{"attributes", object_attributes(context.args, false)}};
    const Json tags = app::tags_of(context.args);
    if (!tags.is_null()) body["tags"] = tags;
    if (context.args.given("content_type")) body["contentType"] = context.args.text("content_type");
    return with_plain_exit([&] {
        return shaped(
            keyvault::update_secret(context.session(), secret.vault, secret.name, secret.version, body),
            secret_fields);
    });
}

Json keyvault_secret_list_deleted(app::Context& context) {
    const std::vector<Json> secrets =
        keyvault::list_deleted_secrets(context.session(), vault_of(context.args));
    return first_of(secrets, context.args, deleted_item_fields);
}

Json keyvault_secret_show_deleted(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    return with_plain_exit([&] {
        return shaped(keyvault::get_deleted_secret(context.session(), secret.vault, secret.name),
                      deleted_fields);
    });
}

Json keyvault_secret_recover(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    return with_plain_exit([&] {
        return shaped(keyvault::recover_secret(context.session(), secret.vault, secret.name), secret_fields);
    });
}

Json keyvault_secret_purge(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    with_plain_exit([&] {
        keyvault::purge_secret(context.session(), secret.vault, secret.name);
        return Json(nullptr);
    });
    return nullptr;
}

Json keyvault_secret_download(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    const std::string path = context.args.text("file_path");
    refuse_existing_file(context, path);
    const Json wire = with_plain_exit(
        [&] { return keyvault::get_secret(context.session(), secret.vault, secret.name, secret.version); });
    std::string encoding = context.args.text("encoding");
    if (encoding.empty()) encoding = text_at(wire["tags"], "file-encoding");
    context.environment.write_private_file(path, decoded_value(text_at(wire, "value"), encoding));
    return nullptr;
}

Json keyvault_secret_backup(app::Context& context) {
    const ObjectName secret = object_of(context.args);
    return with_plain_exit([&] {
        const std::string sealed = keyvault::backup_secret(context.session(), secret.vault, secret.name);
        context.environment.write_private_file(context.args.text("file_path"), *from_base64(sealed));
        return Json(nullptr);
    });
}

Json keyvault_secret_restore(app::Context& context) {
    const std::string content = read_whole_file(context, context.args.text("file_path"));
    return shaped(keyvault::restore_secret(context.session(), vault_of(context.args), base64url(content)),
                  secret_fields);
}

}  // namespace azid::commands
