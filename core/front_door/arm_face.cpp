#include "core/front_door/arm_face.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/rate_limit.hpp"
#include "core/base/text.hpp"
#include "core/events/ports.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/front_door/authentication.hpp"
#include "core/rbac/http.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::front_door {

namespace {

// "2024-11-01", with an optional ending such as "-preview".
bool is_api_version(std::string_view text) {
    constexpr std::string_view form = "dddd-dd-dd";
    if (text.size() < form.size()) return false;
    for (size_t i = 0; i < form.size(); ++i) {
        const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
        if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
    }
    const int month = std::stoi(std::string(text.substr(5, 2)));
    const int day = std::stoi(std::string(text.substr(8, 2)));
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    const std::string_view ending = text.substr(form.size());
    return ending.empty() || (ending.size() > 1 && ending.front() == '-' &&
                              std::all_of(ending.begin() + 1, ending.end(),
                                          [](unsigned char c) { return std::isalnum(c) != 0; }));
}

void check_api_version(const http::Request& request) {
    const std::optional<std::string> version = http::query_value(request, "api-version");
    if (!version || version->empty())
        throw Error(fault::missing_api_version,
                    "The api-version query parameter (?api-version=) is required for all requests.");
    if (!is_api_version(*version))
        throw Error(
            fault::invalid_api_version,
            fmt::format("The api-version '{}' is invalid. An api-version is a date, such as '2024-11-01'.",
                        *version));
}

// The id of the subscription that the path is in; empty when it is in none.
std::string subscription_of(const ArmCall& call) {
    return call.word(0) == "subscriptions" && call.pieces.size() > 1 ? call.pieces[1] : std::string();
}

http::Response dispatch(const ArmCall& call) {
    check_api_version(call.request);
    const std::string subscription = subscription_of(call);
    if (!subscription.empty()) {
        if (!is_guid(subscription))
            throw Error(fault::invalid_subscription_id,
                        fmt::format("The provided subscription identifier '{}' is malformed or invalid.",
                                    subscription));
        arm::require_subscription(call.session, subscription);
    }
    if (std::optional<http::Response> answer = serve_operations(call)) return *answer;
    const auto as_page = [&](const EachItem& each) { return page_answer(call, each); };
    if (std::optional<http::Response> answer = rbac::serve(call.session, call.request, as_page))
        return *answer;
    if (std::optional<http::Response> answer = serve_scopes(call)) return *answer;
    if (std::optional<http::Response> answer = serve_providers(call)) return *answer;
    if (std::optional<http::Response> answer = serve_deployments(call)) return *answer;
    if (std::optional<http::Response> answer = serve_extensions(call)) return *answer;
    if (std::optional<http::Response> answer = serve_management(call)) return *answer;
    return serve_resources(call);
}

std::string tenant_for(Session& session, const std::string& subscription) {
    const std::optional<arm::Subscription> found = session.arm.find_subscription(subscription);
    return found ? found->tenant_id : std::string();
}

// Some clients put a slash too many between the pieces of a path, or behind it; ARM does not mind.
std::string single_slashes(std::string_view path) {
    std::string out;
    for (const char c : path)
        if (c != '/' || !out.ends_with('/')) out += c;
    if (out.size() > 1 && out.ends_with('/')) out.pop_back();
    return out;
}

void challenge(http::Response& response, const std::string& tenant, const Error& error) {
    const bool is_missing = std::string_view(error.fault().code) == fault::authentication_failed.code;
    const std::string message =
        is_missing ? "The authentication failed because of missing 'Authorization' header." : error.message();
    response.headers["WWW-Authenticate"] = fmt::format(
        R"(Bearer authorization_uri="https://login.windows.net/{}", error="invalid_token", error_description="{}")",
        tenant, message);
}

}  // namespace

std::string ArmCall::word(std::size_t index) const {
    return index < pieces.size() ? lower(pieces[index]) : std::string();
}

Json ArmCall::body() const {
    Json parsed = parse_json(request.body);
    if (!parsed.is_object())
        throw Error(fault::invalid_request_content,
                    "The request content was invalid and could not be deserialized: 'The body must be a JSON "
                    "object'.");
    return parsed;
}

http::Response json_answer(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

http::Response empty_answer(int status) { return {status, {}, {}}; }

void refuse_method(const ArmCall& call) {
    throw Error(
        fault::method_not_allowed,
        fmt::format("The requested resource does not support http method '{}'.", call.request.method));
}

http::Response arm_error(const Error& error) {
    Json body{{"code", error.fault().code}, {"message", error.message()}};
    if (!error.target().empty()) body["target"] = error.target();
    for (const ErrorDetail& detail : error.details()) {
        Json one{{"code", detail.code}, {"message", detail.message}};
        if (!detail.target.empty()) one["target"] = detail.target;
        body["details"].push_back(std::move(one));
    }
    if (!error.additional_info().empty()) body["additionalInfo"] = Json::parse(error.additional_info());
    http::Response response = json_answer(error.fault().http_status, {{"error", std::move(body)}});
    if (error.fault().http_status >= 400) response.headers["x-ms-failure-cause"] = "gateway";
    if (const auto* many = dynamic_cast<const TooManyRequests*>(&error))
        response.headers["Retry-After"] = std::to_string(many->retry_after().count());
    return response;
}

namespace {

http::Response answer_with(Session& session, const http::Request& as_sent, const Json* guest_answer) {
    http::Request request = as_sent;
    request.path = single_slashes(request.path);
    ArmCall call{session, request, {}, guest_answer};
    for (std::string& piece : split(request.path, '/'))
        if (!piece.empty()) call.pieces.push_back(std::move(piece));
    const std::string tenant = tenant_for(session, subscription_of(call));
    http::Response response;
    try {
        // Who looks for the cloud's endpoints has no token yet.
        const bool is_open = call.word(0) == "metadata" && call.word(1) == "endpoints";
        if (!is_open) authenticate_for_arm(session, request, tenant);
        response = paged(call, dispatch(call));
    } catch (const Error& error) {
        response = arm_error(error);
        if (response.status == 401) challenge(response, tenant, error);
    }
    add_usual_headers(call, response);
    return response;
}

}  // namespace

http::Response answer_arm(Session& session, const http::Request& request) {
    return answer_with(session, request, nullptr);
}

http::Response answer_arm_after_guest(Session& session, const http::Request& request,
                                      const Json& guest_answer) {
    return answer_with(session, request, &guest_answer);
}

}  // namespace azid::front_door
