#include "core/web/identity_endpoint.hpp"

#include "core/arm/resources.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/secret.hpp"
#include "core/imds/token.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace azid::web {

namespace {

// What the two versions of the endpoint call the same things.
struct Version {
    std::string_view name;
    std::string_view header;
    std::vector<std::string_view> client_id;
    std::vector<std::string_view> object_id;
    std::vector<std::string_view> resource_id;
    bool legacy;
};

const Version* version_named(std::string_view name) {
    static const Version versions[] = {
        {"2019-08-01",
         "X-IDENTITY-HEADER",
         {"client_id"},
         {"principal_id", "object_id"},
         {"mi_res_id"},
         false},
        {"2017-09-01", "secret", {"clientid"}, {}, {}, true},
    };
    for (const Version& version : versions)
        if (version.name == name) return &version;
    return nullptr;
}

http::Response answered(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

http::Response refused(int status, std::string_view message) {
    return answered(status, Json{{"statusCode", status}, {"message", message}});
}

// The two versions' words, as MSAL's tests hold them.
http::Response no_such_identity(Session& session, const Version& version) {
    if (version.legacy)
        return answered(400, Json{{"StatusCode", 400},
                                  {"Message", "No MSI found for specified ClientId/ResourceId."},
                                  {"CorrelationId", new_guid(session.random)}});
    return refused(400,
                   "No User Assigned or Delegated Managed Identity found for specified "
                   "ClientId/ResourceId/PrincipalId.");
}

std::string value_of(const http::Request& request, const std::vector<std::string_view>& names) {
    for (const std::string_view name : names)
        if (const std::string value = http::query_value(request, name).value_or(""); !value.empty())
            return value;
    return {};
}

const imds::HostIdentity* chosen(const std::vector<imds::HostIdentity>& identities,
                                 const imds::Selector& selector) {
    const imds::HostIdentity* const found = imds::select_identity(identities, selector).identity;
    const bool fallen_back = found != nullptr && selector.empty() && !found->system_assigned;
    return fallen_back ? nullptr : found;
}

// "06/20/2019 02:57:58 +00:00" on Linux, "6/20/2019 2:57:58 AM +00:00" on Windows: Azure's SDKs know both.
std::string date_text(Instant instant, bool linux) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
    const unsigned month = static_cast<unsigned>(date.month());
    const unsigned of_month = static_cast<unsigned>(date.day());
    const int year = static_cast<int>(date.year());
    const long hours = time.hours().count();
    const long minutes = time.minutes().count();
    const long long seconds = time.seconds().count();
    if (linux)
        return fmt::format("{:02}/{:02}/{} {:02}:{:02}:{:02} +00:00", month, of_month, year, hours, minutes,
                           seconds);
    return fmt::format("{}/{}/{} {}:{:02}:{:02} {} +00:00", month, of_month, year,
                       hours % 12 == 0 ? 12 : hours % 12, minutes, seconds, hours < 12 ? "AM" : "PM");
}

// expires_in is not among what App Service answers.
http::Response token_answer(const arm::Resource& app, const Version& version, const imds::CachedToken& token,
                            const std::string& client_id) {
    const Json properties = Json::parse(app.properties);
    const bool linux = properties.value("reserved", false);
    Json body{{"access_token", token.access_token},
              {"expires_on", version.legacy ? date_text(token.expires, linux)
                                            : std::to_string(unix_seconds(token.expires))},
              {"not_before", std::to_string(unix_seconds(token.not_before))},
              {"resource", token.resource},
              {"token_type", "Bearer"}};
    if (version.legacy)
        body.erase("not_before");
    else
        body["client_id"] = client_id;
    return answered(200, body);
}

http::Response answer_token(Session& session, const arm::Resource& app, const Version& version,
                            const http::Request& request) {
    const std::string resource = http::query_value(request, "resource").value_or("");
    if (resource.empty()) return refused(400, "The 'resource' parameter is required.");
    const imds::Selector selector{value_of(request, version.client_id), value_of(request, version.object_id),
                                  value_of(request, version.resource_id)};
    if (selector.several())
        return refused(400, "Only one of client_id, principal_id and mi_res_id may be specified.");
    const std::vector<imds::HostIdentity> identities = imds::identities_of(session, app);
    const imds::HostIdentity* const identity = chosen(identities, selector);
    if (identity == nullptr) return no_such_identity(session, version);
    const bool bypass = iequals(http::query_value(request, "bypass_cache").value_or(""), "true");
    const imds::Issued issued = imds::token_for(session, app, *identity, resource, bypass);
    // App Service says of what Microsoft Entra ID refused that something went wrong, and no more.
    if (!issued.token) return refused(500, "The token could not be fetched. " + issued.description);
    return token_answer(app, version, *issued.token, identity->client_id);
}

}  // namespace

http::Response answer_app_identity(Session& session, const arm::ResourceId& app, const http::Request& request,
                                   std::string_view secret) {
    const arm::Resource site = arm::require_resource(session, app);
    std::string_view path = request.path;
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (!iequals(path, identity_path)) return refused(404, "Not found.");
    if (request.method != "GET") return refused(405, "Method not allowed.");
    const Version* const version = version_named(http::query_value(request, "api-version").value_or(""));
    if (version == nullptr)
        return refused(400, "The api-version is missing or not known: 2019-08-01, or 2017-09-01.");
    if (!crypto::constant_time_equals(http::header(request, version->header), secret))
        return refused(401, fmt::format("The header '{}' is missing or not the app's.", version->header));
    return answer_token(session, site, *version, request);
}

}  // namespace azid::web
