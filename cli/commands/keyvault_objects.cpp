#include "cli/commands/keyvault_objects.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/dates.hpp"
#include "core/base/http.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// The vault's name out of "https://kv-one.vault.azure.net/...", or the name itself.
std::string bare_name(const std::string& text) {
    if (!istarts_with(text, "https://")) return text;
    const std::string host = http::request_to(text).host;
    return host.substr(0, host.find('.'));
}

}  // namespace

ObjectName object_of(const app::Args& args) {
    if (args.text("identifier").empty())
        return {bare_name(args.text("vault_base_url")), args.text("name"), args.text("version")};
    const std::string id = args.text("identifier");
    const std::vector<std::string> pieces = split(id, '/');
    const bool versioned = pieces.size() > 5 && !pieces[5].empty();
    return {bare_name(id), pieces.at(4), versioned ? pieces[5] : args.text("version")};
}

std::string vault_of(const app::Args& args) {
    return bare_name(args.text(args.text("identifier").empty() ? "vault_base_url" : "identifier"));
}

Json object_attributes(const app::Args& args, bool is_new) {
    Json attributes = Json::object();
    const std::optional<bool> enabled = args.three_state("enabled");
    const std::optional<bool> disabled = args.three_state("disabled");
    if (enabled && !is_new) attributes["enabled"] = *enabled;
    if (disabled) attributes["enabled"] = !*disabled;
    for (const auto& [option, member] : {std::pair("not_before", "nbf"), {"expires_on", "exp"}}) {
        if (!args.given(option)) continue;
        if (const std::optional<Instant> instant = instant_given(args.text(option)))
            attributes[member] = unix_seconds(*instant);
    }
    return attributes;
}

Json printed_date(const Json& wire, const char* member) {
    const auto found = wire.find(member);
    return found == wire.end() ? Json(nullptr) : Json(az_iso(from_unix_seconds(found->get<std::int64_t>())));
}

std::size_t most_of(const app::Args& args, const char* option, std::size_t all) {
    return args.given(option) ? static_cast<std::size_t>(args.count(option)) : all;
}

void refuse_existing_file(const app::Context& context, const std::string& path) {
    if (context.environment.exists(path))
        throw Error(fault::client, fmt::format("File or directory named '{}' already exists.", path));
}

std::string read_whole_file(const app::Context& context, const std::string& path) {
    const std::optional<std::string> content = context.environment.read_file(path);
    if (!content) throw Error(fault::client, fmt::format("[Errno 2] No such file or directory: '{}'", path));
    return *content;
}

Json with_plain_exit(const std::function<Json()>& operation) {
    try {
        return operation();
    } catch (const Error& error) {
        if (error.fault().exit_code != 3) throw;
        Fault plain = error.fault();
        plain.exit_code = 1;
        throw Error(plain, error.message());
    }
}

}  // namespace azid::commands
