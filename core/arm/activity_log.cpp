#include "core/arm/activity_log.hpp"

#include "core/arm/operation_names.hpp"
#include "core/arm/resource_id.hpp"
#include "core/arm/resources.hpp"
#include "core/base/derived.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/events/ports.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/scope.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm {

namespace {

struct Outcome {
    std::string_view code;
    std::string_view value;
    int status;
};
// Codes of refusals and how the log words their HTTP status; all others are bad requests.
constexpr Outcome outcomes[] = {
    {"", "OK", 200},
    {"AuthorizationFailed", "Forbidden", 403},
    {"LinkedAuthorizationFailed", "Forbidden", 403},
    {"DenyAssignmentAuthorizationFailed", "Forbidden", 403},
    {"ScopeLocked", "Conflict", 409},
    {"Conflict", "Conflict", 409},
    {"RoleAssignmentExists", "Conflict", 409},
    {"MissingSubscriptionRegistration", "Conflict", 409},
    {"ResourceNotFound", "NotFound", 404},
    {"ResourceGroupNotFound", "NotFound", 404},
};

Outcome outcome_of(const std::string& code) {
    for (const Outcome& known : outcomes)
        if (known.code == code) return known;
    return {"", "BadRequest", 400};
}

Json both(std::string_view value, std::string_view localized) {
    return {{"value", value}, {"localizedValue", localized}};
}

std::string event_id(std::int64_t number, const events::Operation& operation) {
    return derived_guid(fmt::format("{}/{}", number, operation.correlation));
}

// .NET's ticks: tenths of microseconds since the year 1.
std::int64_t ticks_of(Instant instant) {
    constexpr std::int64_t unix_epoch = 621355968000000000;
    return unix_epoch + instant.time_since_epoch().count() * 10;
}

// The resource that the operation is about, its type and provider; groups and subscriptions have types too.
struct Subject {
    std::string provider;
    std::string type;
    std::string group;
};

Subject subject_of(const events::Operation& operation) {
    const std::string provider = operation.action.substr(0, operation.action.find('/'));
    std::string type = operation.action.substr(0, operation.action.rfind('/'));
    if (lower(operation.action).ends_with("/action")) type = type.substr(0, type.rfind('/'));
    return {provider, type, group_of(operation.scope)};
}

Json claims_of(const events::Operation& operation) {
    constexpr std::string_view prefix = "http://schemas.microsoft.com/identity/claims/";
    Json claims{{"aud", "https://management.core.windows.net/"},
                {"iss", fmt::format("https://sts.windows.net/{}/", operation.tenant_id)}};
    claims[std::string(prefix) + "objectidentifier"] = operation.caller_id;
    claims[std::string(prefix) + "tenantid"] = operation.tenant_id;
    if (operation.caller.find('@') == std::string::npos)
        claims["appid"] = operation.caller;
    else
        claims["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"] = operation.caller;
    return claims;
}

std::string method_of(const std::string& action) {
    const std::string verb = lower(action.substr(action.rfind('/') + 1));
    return verb == "write" ? "PUT" : verb == "delete" ? "DELETE" : "POST";
}

Json properties_of(const events::Operation& operation, const Outcome& outcome) {
    Json properties{{"statusCode", outcome.value},       {"serviceRequestId", nullptr},
                    {"eventCategory", "Administrative"}, {"entity", operation.scope},
                    {"message", operation.action},       {"hierarchy", subscription_of(operation.scope)}};
    if (!operation.code.empty())
        properties["statusMessage"] =
            compact({{"error", {{"code", operation.code}, {"message", operation.message}}}});
    return properties;
}

Json wire(std::int64_t number, const events::Operation& operation) {
    const Outcome outcome = outcome_of(operation.code);
    const Subject subject = subject_of(operation);
    const std::string id = event_id(number, operation);
    return {{"authorization", {{"action", operation.action}, {"scope", operation.scope}}},
            {"caller", operation.caller},
            {"category", both("Administrative", "Administrative")},
            {"claims", claims_of(operation)},
            {"correlationId", operation.correlation},
            {"description", ""},
            {"eventDataId", id},
            {"eventName", both("EndRequest", "End request")},
            {"eventTimestamp", utc_ticks(operation.at)},
            {"httpRequest",
             {{"clientRequestId", operation.correlation},
              {"clientIpAddress", "127.0.0.1"},
              {"method", method_of(operation.action)}}},
            {"id", fmt::format("{}/events/{}/ticks/{}", operation.scope, id, ticks_of(operation.at))},
            {"level", operation.code.empty() ? "Informational" : "Error"},
            {"operationId", operation.correlation},
            {"operationName", both(operation.action, operation_name(operation.action))},
            {"properties", properties_of(operation, outcome)},
            {"resourceGroupName", subject.group},
            {"resourceId", operation.scope},
            {"resourceProviderName", both(subject.provider, subject.provider)},
            {"resourceType", both(subject.type, subject.type)},
            {"status", both(operation.status, operation.status)},
            {"subStatus",
             both(outcome.value, fmt::format("{} (HTTP Status Code: {})", outcome.value, outcome.status))},
            {"submissionTimestamp", utc_ticks(operation.at)},
            {"subscriptionId", subscription_of(operation.scope)},
            {"tenantId", operation.tenant_id}};
}

bool is_or_any(const std::string& wanted, std::string_view actual) {
    return wanted.empty() || iequals(wanted, actual);
}

bool passes(const ActivityFilter& filter, const events::Operation& operation) {
    return is_or_any(filter.correlation, operation.correlation) &&
           is_or_any(filter.group, group_of(operation.scope)) &&
           (filter.resource.empty() || rbac::same_scope(filter.resource, operation.scope)) &&
           is_or_any(filter.provider, subject_of(operation).provider) &&
           (is_or_any(filter.caller, operation.caller) || iequals(filter.caller, operation.caller_id)) &&
           is_or_any(filter.status, operation.status);
}

// One term of a $filter: "name op 'value'", the quotes optional.
struct Term {
    std::string name;
    std::string op;
    std::string value;
};

Term term_of(std::string_view text) {
    std::vector<std::string> words = split(trim(text), ' ');
    std::erase(words, "");
    if (words.size() != 3)
        throw Error(fault::bad_request, fmt::format("The filter '{}' is not supported.", text));
    std::string value = words[2];
    if (value.size() > 1 && value.front() == '\'' && value.back() == '\'')
        value = value.substr(1, value.size() - 2);
    return {lower(words[0]), lower(words[1]), value};
}

std::string* place_in(ActivityFilter& filter, const std::string& name) {
    const std::pair<std::string_view, std::string*> places[] = {
        {"correlationid", &filter.correlation},
        {"resourcegroupname", &filter.group},
        {"resourceid", &filter.resource},
        {"resourceuri", &filter.resource},
        {"resourceprovider", &filter.provider},
        {"caller", &filter.caller},
        {"status", &filter.status},
    };
    for (const auto& [known, place] : places)
        if (known == name) return place;
    return nullptr;
}

}  // namespace

std::vector<Json> list_activity(Session& session, std::string_view subscription,
                                const ActivityFilter& filter) {
    const std::string own = subscription_scope(require_subscription(session, subscription).id);
    const std::string scope = !filter.resource.empty() ? filter.resource
                              : !filter.group.empty()  ? group_scope(subscription, filter.group)
                                                       : own;
    rbac::authorise(session, "Microsoft.Insights/eventtypes/values/Read", scope);
    std::vector<Json> found;
    for (const auto& [number, operation] : session.events.operations(filter.from, filter.to))
        if (iequals(subscription_of(operation.scope), subscription) && passes(filter, operation))
            found.push_back(wire(number, operation));
    return found;
}

ActivityFilter parse_activity_filter(Session& session, std::string_view text) {
    ActivityFilter filter;
    filter.to = session.now;
    bool limited = false;
    std::string rest(text);
    while (!trim(rest).empty()) {
        const std::size_t at = lower(rest).find(" and ");
        const Term term = term_of(rest.substr(0, at));
        rest = at == std::string::npos ? std::string() : rest.substr(at + 5);
        std::string* const place = place_in(filter, term.name);
        if (place != nullptr && term.op == "eq") {
            *place = term.value;
            continue;
        }
        const std::optional<Instant> instant = parse_utc(term.value);
        if (term.name != "eventtimestamp" || !instant || (term.op != "ge" && term.op != "le"))
            throw Error(fault::bad_request, fmt::format("The filter '{}' is not supported.", text));
        (term.op == "ge" ? filter.from : filter.to) = *instant;
        limited = limited || term.op == "ge";
    }
    if (!limited)
        throw Error(fault::bad_request, "The filter must say from when on: eventTimestamp ge '...'.");
    return filter;
}

}  // namespace azid::arm
