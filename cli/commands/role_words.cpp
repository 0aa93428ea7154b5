#include "cli/commands/role_words.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/replication.hpp"
#include "core/entra/rights.hpp"
#include "core/rbac/definitions.hpp"
#include "core/rbac/scope.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace azid::commands {

namespace {

// az checks the form only, not that the subscription's id is a GUID: that is the service's to say.
bool has_form_of_id(std::string_view scope) {
    std::vector<std::string> pieces = split(scope.substr(1), '/');
    if (pieces.size() < 2 || pieces[1].empty()) return false;
    pieces[1] = rbac::everyone_id;
    return rbac::is_scope("/" + join(pieces, "/"));
}

bool names_definition(const std::string& role) {
    return istarts_with(role, "/subscriptions/") &&
           lower(role).find("/providers/microsoft.authorization/roledefinitions/") != std::string::npos;
}

std::optional<Assignee> found_in_directory(Session& session, const std::string& given) {
    const std::string& tenant = session.caller.tenant_id;
    if (given.find('@') != std::string::npos) {
        const std::optional<entra::User> user = session.entra.find_user(tenant, given);
        if (user) return Assignee{user->id, "User"};
    }
    const std::optional<entra::ServicePrincipal> service =
        entra::visible_service_principal_named(session, given);
    if (service) return Assignee{service->id, "ServicePrincipal"};
    if (!is_guid(given)) return std::nullopt;
    const std::optional<entra::Principal> principal = entra::visible_principal(session, given);
    if (!principal) return std::nullopt;
    return Assignee{principal->id, std::string(type_text(principal->type))};
}

}  // namespace

std::string_view type_text(entra::PrincipalType type) {
    switch (type) {
        case entra::PrincipalType::user:
            return "User";
        case entra::PrincipalType::group:
            return "Group";
        case entra::PrincipalType::service_principal:
            break;
    }
    return "ServicePrincipal";
}

std::string scope_from(app::Context& context, const std::string& given) {
    if (istarts_with(given, "/subscriptions/") && !has_form_of_id(given))
        throw Error(fault::client, "Invalid scope. Please use --help to view the valid format.");
    if (given.starts_with('/')) return given;
    for (const arm::Subscription& subscription : context.session().arm.subscriptions()) {
        if (!iequals(subscription.name, given) && !iequals(subscription.id, given)) continue;
        const std::string scope = arm::subscription_scope(subscription.id);
        context.messages.warn(fmt::format(
            "The scope '{}' is taken as the subscription of that name. Azure wants the whole id: {}", given,
            scope));
        return scope;
    }
    return given;
}

std::string role_scope(app::Context& context) {
    const bool grouped = context.args.given("resource_group_name");
    if (context.args.given("scope")) {
        if (grouped && context.args.typed("resource_group_name"))
            throw Error(fault::client,
                        fmt::format("Resource group \"{}\" is redundant because scope is supplied",
                                    context.args.text("resource_group_name")));
        return scope_from(context, context.args.text("scope"));
    }
    return grouped ? context.group_scope() : context.subscription_scope();
}

std::string role_definition_from(app::Context& context, const std::string& role, const std::string& scope) {
    if (names_definition(role)) return role;
    if (is_guid(role)) return rbac::definition_id(context.subscription, role);
    const std::vector<Json> found = rbac::list_role_definitions(context.session(), scope, {role, ""});
    if (found.empty()) throw Error(fault::client, fmt::format("Role '{}' doesn't exist.", role));
    if (found.size() == 1) return text_at(found.front(), "id");
    std::vector<std::string> ids;
    for (const Json& definition : found) ids.push_back("'" + text_at(definition, "id") + "'");
    throw Error(fault::client,
                fmt::format("More than one role matches the given name '{}'. Please pick a value from '[{}]'",
                            role, join(ids, ", ")));
}

Assignee assignee_from(app::Context& context, const std::string& given) {
    Session& session = context.session();
    if (!entra::has_right(session, entra::Right::read)) {
        context.messages.warn(fmt::format(
            "Failed to query principal type for {} by invoking Graph API. If you don't have permission to "
            "query Graph API, please specify --assignee-object-id and --assignee-principal-type.",
            given));
        if (!is_guid(given)) entra::require_right(session, entra::Right::read);
        context.messages.warn(fmt::format("Assuming {} as an object ID.", given));
        return {given, ""};
    }
    const std::optional<Assignee> found = found_in_directory(session, given);
    if (found) return *found;
    throw Error(
        fault::client,
        fmt::format(
            "Cannot find user or service principal in graph database for '{0}'. If the assignee is an "
            "appId, make sure the corresponding service principal is created with 'az ad sp create "
            "--id {0}'.",
            given));
}

std::string type_from_graph(app::Context& context, const std::string& object_id) {
    Session& session = context.session();
    if (!entra::has_right(session, entra::Right::read)) {
        context.messages.warn(fmt::format(
            "Failed to query --assignee-principal-type for --assignee-object-id {} by invoking Graph API.",
            object_id));
        return {};
    }
    const std::optional<entra::Principal> principal = entra::visible_principal(session, object_id);
    return principal ? std::string(type_text(principal->type)) : std::string();
}

std::string shown_name(Session& session, std::string_view object_id) {
    const std::optional<entra::Principal> principal = entra::visible_principal(session, object_id);
    return principal ? principal->name : std::string();
}

}  // namespace azid::commands
