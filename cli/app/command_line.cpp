#include "cli/app/command_line.hpp"

#include "cli/app/args.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/spec.hpp"

#include <algorithm>
#include <array>

namespace azid::app {

namespace {

// Options whose values name something, by az's names of the values. What is not here, and tells it in no
// other way, stays hidden: rather too little in the journal than a secret.
constexpr std::array named = std::to_array<std::string_view>({"account_name",
                                                              "action",
                                                              "actions",
                                                              "app",
                                                              "app_id",
                                                              "application_id",
                                                              "assign_identity",
                                                              "assignee",
                                                              "assignee_object_id",
                                                              "assignee_principal_type",
                                                              "assignment_name",
                                                              "blob_name",
                                                              "client_id",
                                                              "condition_version",
                                                              "container_name",
                                                              "correlation_id",
                                                              "credential_name",
                                                              "data_actions",
                                                              "deployment_name",
                                                              "destination_name",
                                                              "disk_name",
                                                              "display_name",
                                                              "duration",
                                                              "extension_name",
                                                              "federated_identity_credential_id_or_name",
                                                              "group_id",
                                                              "group_name",
                                                              "id",
                                                              "identifier",
                                                              "identities",
                                                              "identity",
                                                              "identity_name",
                                                              "identity_role",
                                                              "identity_scope",
                                                              "image",
                                                              "instant",
                                                              "issuer",
                                                              "key_name",
                                                              "kind",
                                                              "location",
                                                              "lock_name",
                                                              "member_object_id",
                                                              "mi_res_id",
                                                              "name",
                                                              "namespace",
                                                              "object_id",
                                                              "owner_object_id",
                                                              "parent",
                                                              "parent_resource_path",
                                                              "principal_id",
                                                              "publisher",
                                                              "resource",
                                                              "resource_group",
                                                              "resource_group_name",
                                                              "resource_id",
                                                              "resource_ids",
                                                              "resource_name",
                                                              "resource_provider",
                                                              "resource_provider_namespace",
                                                              "resource_type",
                                                              "rg_name",
                                                              "role",
                                                              "role_assignment_name",
                                                              "role_definition",
                                                              "role_definition_name",
                                                              "role_id",
                                                              "scope",
                                                              "scopes",
                                                              "secret_name",
                                                              "service_principal",
                                                              "size",
                                                              "sku",
                                                              "spn",
                                                              "storage_account_name",
                                                              "subject",
                                                              "subscription_id",
                                                              "tenant",
                                                              "time",
                                                              "upn",
                                                              "upn_or_object_id",
                                                              "user_identity_id",
                                                              "username",
                                                              "vault_name",
                                                              "vm",
                                                              "vm_extension_name",
                                                              "vm_name",
                                                              "vnet_name"});

// What follows "@file" is a file's text by now, and settings may hold anything.
bool completes_a_name(const spec::Option& option) {
    return !option.completes.empty() && option.completes != "file" && option.completes != "setting-value";
}

bool is_shown(const spec::Option& option) {
    return !option.choices.empty() || !option.id_part.empty() || completes_a_name(option) ||
           option.type == spec::ValueType::integer || option.type == spec::ValueType::real ||
           option.arity == spec::Arity::three_state ||
           std::find(named.begin(), named.end(), option.key) != named.end();
}

// As a shell would take it again; control characters do not belong in a line.
std::string shell_word(std::string_view value) {
    constexpr std::size_t longest = 200;
    std::string text(value.substr(0, longest));
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    if (value.size() > longest) text += "...";
    if (!text.empty() && text.find_first_of(" '\"$&|<>;()*?") == std::string::npos) return text;
    return text.find('\'') == std::string::npos ? "'" + text + "'" : "\"" + text + "\"";
}

// Of a URL the query may hold a signature.
std::string without_query(const std::string& url) {
    const std::size_t query = url.find_first_of("?#");
    const std::size_t user = url.find('@');
    if (user != std::string::npos) return "...";
    return query == std::string::npos ? url : url.substr(0, query);
}

}  // namespace

std::string command_line(const spec::Command& command, const Args& args) {
    std::string line = "azid " + std::string(command.name);
    for (const spec::Option& option : command.options) {
        if (!args.typed(option.key)) continue;
        std::string_view names = option.names;
        const std::string_view name = spec::next_word(names);
        if (name.starts_with('-')) line += " " + std::string(name);
        for (const std::string& value : args.list(option.key)) {
            if (option.arity == spec::Arity::flag) break;
            const bool url = option.key == "url";
            line += " " + (url                ? shell_word(without_query(value))
                           : is_shown(option) ? shell_word(value)
                                              : "...");
            if (!url && !is_shown(option)) break;
        }
    }
    return line;
}

}  // namespace azid::app
