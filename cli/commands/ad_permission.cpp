// "az ad app permission": what an application asks of APIs, and the consent to it.
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_filter.hpp"
#include "cli/commands/ad_resolve.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/permission_grants.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

Json required_access(app::Context& context, const entra::Application& application) {
    return entra::wire(context.session(), application)["requiredResourceAccess"];
}

Json* access_to(Json& required, const std::string& api) {
    for (Json& access : required)
        if (iequals(text_at(access, "resourceAppId"), api)) return &access;
    return nullptr;
}

Json permission_of(const std::string& word) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos || word.find('=', equals + 1) != std::string::npos)
        throw Error(fault::client,
                    "Usage error: Please provide both permission id and type, such as `--api-permissions "
                    "e1fe6dd8-ba31-4d61-89e7-88639da4683d=Scope`");
    return {{"id", word.substr(0, equals)}, {"type", word.substr(equals + 1)}};
}

void put_permission(Json& permissions, const Json& permission) {
    for (Json& one : permissions)
        if (iequals(text_at(one, "id"), text_at(permission, "id"))) {
            one = permission;
            return;
        }
    permissions.push_back(permission);
}

// Drops the permissions of these ids; false when the application asks for none of them.
bool drop_permissions(app::Context& context, Json& access, const std::vector<std::string>& ids) {
    Json kept = Json::array();
    std::vector<std::string> unknown = ids;
    for (const Json& permission : access["resourceAccess"]) {
        const std::string id = text_at(permission, "id");
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) kept.push_back(permission);
        std::erase(unknown, id);
    }
    if (!unknown.empty())
        context.messages.warn(fmt::format("App {} doesn't require access to API {}'s permission {}.",
                                          context.args.text("identifier"), context.args.text("api"),
                                          join(unknown, ", ")));
    access["resourceAccess"] = std::move(kept);
    return unknown.size() < ids.size();
}

void keep(app::Context& context, const entra::Application& application, Json required) {
    entra::update_application(context.session(), application.id,
                              Json{{"requiredResourceAccess", std::move(required)}});
}

entra::ServicePrincipal principal_named(app::Context& context, const std::string& identifier) {
    return entra::service_principal(context.session(), service_principal_id(context.session(), identifier));
}

}  // namespace

Json ad_app_permission_add(app::Context& context) {
    const entra::Application application = application_given(context);
    const std::string api = context.args.text("api");
    Json required = required_access(context, application);
    Json* access = access_to(required, api);
    if (access == nullptr) {
        required.push_back({{"resourceAppId", api}, {"resourceAccess", Json::array()}});
        access = &required.back();
    }
    for (const std::string& word : context.args.list("api_permissions"))
        put_permission((*access)["resourceAccess"], permission_of(word));
    keep(context, application, std::move(required));
    context.messages.warn(fmt::format(
        "Invoking `az ad app permission grant --id {} --api {}` is needed to make the change effective",
        context.args.text("identifier"), api));
    return nullptr;
}

Json ad_app_permission_delete(app::Context& context) {
    const entra::Application application = application_given(context);
    const std::string api = context.args.text("api");
    Json required = required_access(context, application);
    Json* access = access_to(required, api);
    if (access == nullptr) {
        context.messages.warn(
            fmt::format("App {} doesn't require access to API {}.", context.args.text("identifier"), api));
        return nullptr;
    }
    const std::vector<std::string> ids = context.args.list("api_permissions");
    if (!ids.empty() && !drop_permissions(context, *access, ids)) return nullptr;
    if (ids.empty() || (*access)["resourceAccess"].empty())
        required.erase(required.begin() + (access - &required.front()));
    keep(context, application, std::move(required));
    return nullptr;
}

Json ad_app_permission_list(app::Context& context) {
    return required_access(context, application_given(context));
}

Json ad_app_permission_grant(app::Context& context) {
    const app::Args& args = context.args;
    Session& session = context.session();
    Json body{{"clientId", principal_named(context, args.text("identifier")).id},
              {"consentType", args.text("consent_type")},
              {"resourceId", principal_named(context, args.text("api")).id},
              {"scope", join(args.list("scope"), " ")}};
    if (args.given("principal_id")) body["principalId"] = args.text("principal_id");
    for (const entra::PermissionGrant& old : entra::permission_grants(session)) {
        const bool same = old.client_id == text_at(body, "clientId") &&
                          old.resource_id == text_at(body, "resourceId") &&
                          iequals(old.principal_id, args.text("principal_id"));
        if (!same) continue;
        entra::update_permission_grant(session, old.id, text_at(body, "scope"));
        Json shown = entra::wire(old);
        shown["scope"] = body["scope"];
        return entra::entity("oauth2PermissionGrants", shown);
    }
    return entra::entity("oauth2PermissionGrants",
                         entra::wire(entra::create_permission_grant(session, body)));
}

Json ad_app_permission_list_grants(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> terms;
    if (args.given("query_filter")) terms.push_back(args.text("query_filter"));
    if (args.given("identifier"))
        terms.push_back(
            filter_term("clientId eq '", principal_named(context, args.text("identifier")).id, "'"));
    std::vector<Json> all;
    for (const entra::PermissionGrant& one : entra::permission_grants(context.session())) {
        Json shown = entra::wire(one);
        if (args.flag("show_resource_name"))
            shown["resourceDisplayName"] =
                entra::service_principal(context.session(), one.resource_id).display_name;
        all.push_back(std::move(shown));
    }
    return passing(all, terms);
}

Json ad_app_permission_admin_consent(app::Context& context) {
    entra::consent_to_all(context.session(), application_given(context).id);
    return nullptr;
}

}  // namespace azid::commands
