// Encrypting, decrypting, signing and verifying with a key of a vault.
#include "cli/commands/keyvault_key.hpp"
#include "cli/commands/keyvault_objects.hpp"
#include "core/base/base64.hpp"
#include "core/keyvault/keys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// A base64 argument in the alphabet of the wire. Throws Error (fault::client) in the words of Python's
// reader.
std::string wire_text(const app::Args& args, const char* option) {
    const std::optional<std::string> bytes = from_base64(args.text(option));
    if (!bytes) throw Error(fault::client, "Incorrect padding");
    return base64url(*bytes);
}

Json used(app::Context& context, keyvault::Use use, const Json& body) {
    const ObjectName key = object_of(context.args);
    return with_plain_exit(
        [&] { return keyvault::use_key(context.session(), key.vault, key.name, key.version, use, body); });
}

std::string bytes_of(const Json& answer) { return *from_base64(text_at(answer, "value")); }

// az reads the key before it signs or verifies with it, and tells its full address.
std::string key_id(app::Context& context) {
    const ObjectName key = object_of(context.args);
    const auto read = [&] {
        return keyvault::get_key(context.session(), key.vault, key.name, key.version)["key"]["kid"];
    };
    return with_plain_exit(read).get<std::string>();
}

}  // namespace

Json keyvault_key_encrypt(app::Context& context) {
    const app::Args& args = context.args;
    const bool plain = args.text("data_type") == "plaintext";
    const Json body{{"alg", args.text("algorithm")},
                    {"value", plain ? base64url(args.text("value")) : wire_text(args, "value")}};
    const Json answer = used(context, keyvault::Use::encrypt, body);
    return {{"aad", nullptr},       {"algorithm", args.text("algorithm")}, {"iv", nullptr},
            {"kid", answer["kid"]}, {"result", base64(bytes_of(answer))},  {"tag", nullptr}};
}

Json keyvault_key_decrypt(app::Context& context) {
    const app::Args& args = context.args;
    const Json answer = used(context, keyvault::Use::decrypt,
                             {{"alg", args.text("algorithm")}, {"value", wire_text(args, "value")}});
    const std::string text = bytes_of(answer);
    return {{"algorithm", args.text("algorithm")},
            {"kid", answer["kid"]},
            {"result", args.text("data_type") == "plaintext" ? text : base64(text)}};
}

Json keyvault_key_sign(app::Context& context) {
    const app::Args& args = context.args;
    const Json answer = used(context, keyvault::Use::sign,
                             {{"alg", args.text("algorithm")}, {"value", wire_text(args, "digest")}});
    return {{"algorithm", args.text("algorithm")},
            {"keyId", answer["kid"]},
            {"signature", base64(bytes_of(answer))}};
}

Json keyvault_key_verify(app::Context& context) {
    const app::Args& args = context.args;
    const Json answer = used(context, keyvault::Use::verify,
                             {{"alg", args.text("algorithm")},
                              {"digest", wire_text(args, "digest")},
                              {"value", wire_text(args, "signature")}});
    return {{"algorithm", args.text("algorithm")}, {"isValid", answer["value"]}, {"keyId", key_id(context)}};
}

Json keyvault_key_get_policy_template(app::Context&) {
    const Json claim{{"claim", "<claim name>"}, {"equals", "<value to match>"}};
    const Json rule{{"authority", "<issuer>"}, {"allOf", Json::array({claim})}};
    return {{"version", "1.0.0"}, {"anyOf", Json::array({rule})}};
}

Json keyvault_hsm_only(app::Context&) {
    throw Error(fault::not_modelled, "azid has vaults, not managed HSMs.");
}

}  // namespace azid::commands
