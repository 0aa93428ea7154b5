#include "cli/commands/federated_credential.hpp"

#include "cli/commands/generic_update.hpp"
#include "cli/commands/shape.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/msi/federated.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::commands {

namespace {

arm::ResourceId identity_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group"),
            "Microsoft.ManagedIdentity",
            {{"userAssignedIdentities", context.args.text("identity_name")}}};
}

// az's own check, before it asks anybody.
bool is_credential_name(const std::string& name) {
    constexpr std::string_view inner = "-_";
    const auto is_plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    return name.size() >= 3 && name.size() <= 120 && is_plain(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_plain(c) || inner.find(c) != std::string_view::npos; });
}

arm::ResourceId credential_id(const app::Context& context) {
    const std::string name = context.args.text("name");
    if (!is_credential_name(name))
        throw Error(fault::client,
                    fmt::format("InvalidArgumentValue: -n: Invalid format: '{}' does not fully match regular "
                                "expression pattern '^[a-zA-Z0-9]{{1}}[a-zA-Z0-9-_]{{2,119}}$'",
                                name));
    return identity_id(context).child("federatedIdentityCredentials", name);
}

// The properties that options name, laid over those there are.
Json with_options(const app::Context& context, Json properties) {
    for (const char* name : {"issuer", "subject"})
        if (context.args.given(name)) properties[name] = context.args.text(name);
    if (context.args.given("audiences")) properties["audiences"] = context.args.list("audiences");
    if (context.args.given("subject") && context.args.text("subject") == "null") properties.erase("subject");
    Json& expression = properties["claimsMatchingExpression"];
    if (context.args.given("claims_matching_expression_value"))
        expression["value"] = context.args.text("claims_matching_expression_value");
    if (context.args.given("claims_matching_expression_version"))
        expression["languageVersion"] = context.args.number("claims_matching_expression_version");
    if (expression.is_null()) properties.erase("claimsMatchingExpression");
    return Json{{"properties", std::move(properties)}};
}

// Whether --set and the like go through "properties", as Azure's body has it, and not az's flattened view.
bool names_properties(const app::Context& context) {
    const std::vector<std::string> words = context.args.list("ordered_arguments");
    return std::any_of(words.begin(), words.end(),
                       [](const std::string& word) { return istarts_with(word, "properties"); });
}

}  // namespace

// Without --audiences the one that Entra recommends is sent, as most versions of az do.
Json federated_credential_create(app::Context& context) {
    const Json recommended{{"audiences", Json::array({"api://AzureADTokenExchange"})}};
    return flattened(
        msi::put_federated(context.session(), credential_id(context), with_options(context, recommended)));
}

Json federated_credential_update(app::Context& context) {
    const Json before = msi::get_federated(context.session(), credential_id(context));
    Json wanted = with_options(context, before["properties"]);
    apply_generic_update(context, names_properties(context) ? wanted : wanted["properties"]);
    return flattened(msi::put_federated(context.session(), credential_id(context), wanted));
}

Json federated_credential_show(app::Context& context) {
    return flattened(msi::get_federated(context.session(), credential_id(context)));
}

Json federated_credential_list(app::Context& context) {
    Json all = Json::array();
    for (const Json& one : msi::list_federated(context.session(), identity_id(context)))
        all.push_back(flattened(one));
    return all;
}

Json federated_credential_delete(app::Context& context) {
    msi::remove_federated(context.session(), credential_id(context));
    return nullptr;
}

}  // namespace azid::commands
