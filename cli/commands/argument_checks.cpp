#include "cli/commands/argument_checks.hpp"

#include "cli/commands/managed_identity.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

namespace azid::commands {

namespace {

struct EmptyOption {
    std::string_view key;
    std::string_view name;
};

constexpr EmptyOption never_empty[] = {
    {"assignee", "--assignee"}, {"assignee_object_id", "--assignee-object-id"},
    {"role", "--role"},         {"resource_group_name", "--resource-group"},
    {"scope", "--scope"},
};

void refuse_two_addresses(const app::Args& args) {
    if (!args.text("identifier").empty() && !args.text("vault_base_url").empty())
        throw Error(fault::client, "--vault-name and --id are mutually exclusive.");
}

void check_item(const app::Args& args, std::string_view kind) {
    refuse_two_addresses(args);
    const std::string id = args.text("identifier");
    if (id.empty()) {
        const bool vault = !args.text("vault_base_url").empty() || !args.text("hsm_name").empty();
        if (!vault || args.text("name").empty())
            throw Error(
                fault::client,
                "incorrect usage: --id ID | --vault-name/--hsm-name VAULT/HSM --name/-n NAME [--version "
                "VERSION]");
        return;
    }
    const std::vector<std::string> pieces = split(id, '/');
    const bool sound = pieces.size() >= 5 && istarts_with(id, "https://") &&
                       iequals(replace_all(lower(pieces[3]), "deleted", ""), kind) && !pieces[4].empty();
    if (!sound) throw Error(fault::usage, fmt::format("'{}' is not a valid ID", id));
}

}  // namespace

void check_nothing_empty(const app::Args& args, app::Messages&) {
    for (const EmptyOption& option : never_empty) {
        if (!args.typed(option.key) || !args.text(option.key).empty()) continue;
        throw Error(
            fault::client,
            fmt::format(
                "usage error: {} can't be an empty string. Either omit it or provide a non-empty string.",
                option.name));
    }
}

void check_role_definition(const app::Args& args, app::Messages&) {
    if (args.given("role_id")) return;
    if (!args.given("name") && !args.given("scope"))
        throw Error(fault::client, "Usage error: Provide --scope and --name, or --id");
    if (!args.given("name") || !args.given("scope"))
        throw Error(fault::client, "Usage error: Provide both --scope and --name");
}

void check_role_with_scope(const app::Args& args, app::Messages&) {
    require_role_with_scope(args.given("identity_role"), args.given("identity_scope"));
}

void check_vault_name(const app::Args& args, app::Messages&) {
    if (args.text("vault_name").empty() && args.text("hsm_name").empty())
        throw Error(fault::client, "Please specify --vault-name or --hsm-name.");
}

void check_secret(const app::Args& args, app::Messages&) { check_item(args, "secrets"); }

void check_key(const app::Args& args, app::Messages&) { check_item(args, "keys"); }

void check_key_create(const app::Args& args, app::Messages&) {
    check_item(args, "keys");
    // az forgot to put the kind into its message.
    if (args.text("protection") == "software" && args.text("kty").ends_with("-HSM"))
        throw Error(fault::client,
                    "The key type {} is invalid for software protected keys. Omit --protection");
}

void check_key_import(const app::Args& args, app::Messages&) {
    check_item(args, "keys");
    const bool file = !args.text("pem_file").empty();
    const bool text = !args.text("pem_string").empty();
    if (file == text)
        throw Error(fault::client,
                    "supply exactly one: --byok-file, --byok-string, --pem-file, --pem-string");
    if ((args.text("kty") == "EC") != args.given("curve"))
        throw Error(fault::client, "parameter --curve should be specified when key type --kty is EC.");
}

void check_vault(const app::Args& args, app::Messages&) {
    refuse_two_addresses(args);
    const std::string id = args.text("identifier");
    if (id.empty() && args.text("vault_base_url").empty())
        throw Error(fault::client, "Please specify --vault-name or --hsm-name.");
    if (!id.empty() && split(id, '/').size() < 3) throw Error(fault::client, "Invalid id for Vault or HSM.");
}

void check_secret_source(const app::Args& args, app::Messages&) {
    if (args.text("value").empty() == args.text("file_path").empty())
        throw Error(fault::client, "incorrect usage: [Required] --value VALUE | --file PATH");
}

void check_principal(const app::Args& args, app::Messages&) {
    int given = 0;
    for (const char* option : {"object_id", "spn", "upn"}) given += args.text(option).empty() ? 0 : 1;
    if (given != 1) throw Error(fault::usage, "specify exactly one: --object-id, --spn, --upn");
}

void check_set_policy(const app::Args& args, app::Messages& messages) {
    check_principal(args, messages);
    for (const char* option :
         {"key_permissions", "secret_permissions", "certificate_permissions", "storage_permissions"})
        if (!args.list(option).empty()) return;
    throw Error(fault::usage,
                "specify at least one: --key-permissions, --secret-permissions, "
                "--certificate-permissions --storage-permissions");
}

void check_resource_ids(const app::Args& args, app::Messages&) {
    for (const std::string& id : args.list("resource_ids"))
        if (!istarts_with(id, "/subscriptions/") && !istarts_with(id, "/providers/"))
            throw Error(
                fault::client,
                fmt::format("az resource: error: argument --ids: invalid ResourceId value: '{}'", id));
}

void warn_of_default_size(const app::Args&, app::Messages& messages) {
    messages.warn(
        "The default value of '--size' will be changed to 'Standard_D2s_v5' from 'Standard_DS1_v2' in a "
        "future release.");
}

}  // namespace azid::commands
