#include "cli/commands/ad_app_body.hpp"

#include "cli/commands/ad_resolve.hpp"
#include "cli/commands/json_argument.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/applications.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::commands {

namespace {

enum class Kind { text, truth, number, list, json };

// Option by option: where its value stands in Graph's application.
struct Place {
    std::string_view key;
    Kind kind;
    std::string_view path;
};
constexpr Place places[] = {
    {"display_name", Kind::text, "displayName"},
    {"identifier_uris", Kind::list, "identifierUris"},
    {"is_fallback_public_client", Kind::truth, "isFallbackPublicClient"},
    {"service_management_reference", Kind::text, "serviceManagementReference"},
    {"sign_in_audience", Kind::text, "signInAudience"},
    {"requested_access_token_version", Kind::number, "api.requestedAccessTokenVersion"},
    {"web_home_page_url", Kind::text, "web.homePageUrl"},
    {"web_redirect_uris", Kind::list, "web.redirectUris"},
    {"enable_id_token_issuance", Kind::truth, "web.implicitGrantSettings.enableIdTokenIssuance"},
    {"enable_access_token_issuance", Kind::truth, "web.implicitGrantSettings.enableAccessTokenIssuance"},
    {"public_client_redirect_uris", Kind::list, "publicClient.redirectUris"},
    {"app_roles", Kind::json, "appRoles"},
    {"optional_claims", Kind::json, "optionalClaims"},
    {"required_resource_accesses", Kind::json, "requiredResourceAccess"},
};

Json value_of(app::Context& context, const Place& place) {
    const std::string key(place.key);
    switch (place.kind) {
        case Kind::truth:
            return context.args.three_state(key).value_or(true);
        case Kind::number:
            return context.args.number(key);
        case Kind::list:
            return context.args.list(key);
        case Kind::json:
            return json_argument(context, context.args.text(key));
        case Kind::text:
            break;
    }
    return context.args.text(key);
}

Json& place_in(Json& body, std::string_view path) {
    Json* at = &body;
    for (const std::string& piece : split(path, '.')) at = &(*at)[piece];
    return *at;
}

// App roles in the form of manifests: ids are made where there are none, "true" is a truth.
void complete_app_roles(Session& session, Json& roles) {
    if (!roles.is_array()) return;
    for (Json& role : roles) {
        if (!role.is_object()) continue;
        if (text_at(role, "id").empty()) role["id"] = new_guid(session.random);
        if (role.contains("isEnabled") && role["isEnabled"].is_string())
            role["isEnabled"] = iequals(text_at(role, "isEnabled"), "true");
    }
}

std::optional<Instant> date_of(const app::Args& args, const char* key) {
    if (!args.given(key)) return {};
    const std::optional<Instant> date = parse_utc(args.text(key));
    if (!date)
        throw Error(fault::client, fmt::format("Unknown string format: {}. Write a date as 2030-12-31 or "
                                               "2030-12-31T11:59:59+00:00.",
                                               args.text(key)));
    return date;
}

// az's _build_key_credentials: a year from now where no dates are given.
Json key_credential(app::Context& context) {
    const app::Args& args = context.args;
    const Instant start = date_of(args, "start_date").value_or(context.session().now);
    const Instant end = date_of(args, "end_date").value_or(years_after(start, 1));
    return {{"displayName", args.text("key_display_name")},
            {"endDateTime", entra::graph_time(end)},
            {"key", args.text("key_value")},
            {"startDateTime", entra::graph_time(start)},
            {"type", args.text("key_type")},
            {"usage", args.text("key_usage")}};
}

std::vector<entra::Application> namesakes(Session& session, const Json& body) {
    std::vector<entra::Application> found;
    for (const entra::Application& one : entra::applications(session)) {
        if (one.display_name != text_at(body, "displayName")) continue;
        const Json uris = body.value("identifierUris", Json::array());
        const bool has_all = std::all_of(uris.begin(), uris.end(), [&](const Json& uri) {
            return std::find(one.identifier_uris.begin(), one.identifier_uris.end(), uri) !=
                   one.identifier_uris.end();
        });
        if (has_all) found.push_back(one);
    }
    return found;
}

}  // namespace

Json application_body(app::Context& context) {
    Json body = Json::object();
    for (const Place& place : places)
        if (context.args.given(place.key)) place_in(body, place.path) = value_of(context, place);
    if (body.contains("appRoles")) complete_app_roles(context.session(), body["appRoles"]);
    if (context.args.given("key_value")) body["keyCredentials"] = Json::array({key_credential(context)});
    return body;
}

Json create_or_patch_application(app::Context& context, const Json& body) {
    Session& session = context.session();
    const std::vector<entra::Application> same = namesakes(session, body);
    if (same.empty()) return entra::wire(session, entra::create_application(session, body));
    if (same.size() > 1) {
        std::vector<std::string> ids;
        for (const entra::Application& one : same) ids.push_back(one.id);
        throw Error(fault::client,
                    fmt::format("More than one application have the same display name '{}': (id) {}, please "
                                "remove them first.",
                                text_at(body, "displayName"), join(ids, ", ")));
    }
    context.messages.warn(
        fmt::format("Found an existing application instance: (id) {}. We will patch it.", same.front().id));
    entra::update_application(session, same.front().id, body);
    return entra::wire(session, entra::application(session, same.front().id));
}

}  // namespace azid::commands
