// Headers of Resource Manager's answers, and those of requests that it heeds.
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/events/ports.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/front_door/faults.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::front_door {

namespace {

// What recorded answers say is left after the first request: nothing is counted.
struct Rate {
    std::string_view method;
    const char* kind;
    const char* left;
    const char* left_of_all;
};
constexpr Rate rates[] = {{"GET", "reads", "", "3749"},         {"HEAD", "reads", "", "3749"},
                          {"DELETE", "deletes", "199", "2999"}, {"PUT", "writes", "199", "2999"},
                          {"PATCH", "writes", "199", "2999"},   {"POST", "writes", "199", "2999"}};

void add_rates(const ArmCall& call, http::Response& response) {
    const Rate* const rate = std::find_if(std::begin(rates), std::end(rates),
                                          [&](const Rate& one) { return one.method == call.request.method; });
    if (response.status == 401 || rate == std::end(rates)) return;
    if (call.word(0) != "subscriptions" || call.pieces.size() < 2) {
        response.headers[fmt::format("x-ms-ratelimit-remaining-tenant-{}", rate->kind)] = "11999";
        return;
    }
    if (*rate->left != 0)
        response.headers[fmt::format("x-ms-ratelimit-remaining-subscription-{}", rate->kind)] = rate->left;
    response.headers[fmt::format("x-ms-ratelimit-remaining-subscription-global-{}", rate->kind)] =
        rate->left_of_all;
}

// "20250102T030405Z".
std::string compact_time(Instant instant) {
    return replace_all(replace_all(utc_seconds(instant), "-", ""), ":", "");
}

// W/"x", "x" and x are the same to whoever compares weakly.
std::string_view bare(std::string_view etag) {
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    if (etag.size() > 1 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
    return etag;
}

bool names(const std::string& condition, std::string_view etag) {
    const std::vector<std::string> wanted = split(condition, ',');
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
        return trim(one) == "*" || bare(trim(one)) == bare(etag);
    });
}

bool has_etags(const std::string& type) {
    return iequals(type, "Microsoft.Compute/virtualMachines") || istarts_with(type, "Microsoft.Network/");
}

// Of a subnet or rule, its network's or group's: they change together.
std::optional<std::string> current_etag(const ArmCall& call, const arm::ResourceId& id) {
    for (std::optional<arm::ResourceId> at = id; at; at = at->parent())
        if (const std::optional<arm::Resource> found = call.session.arm.find_resource(*at))
            return found->etag;
    return {};
}

}  // namespace

void add_etag(http::Response& response, const Json& body) {
    const std::string etag = text_at(body, "etag");
    if (!etag.empty()) response.headers["ETag"] = etag;
}

void check_conditions(const ArmCall& call, const arm::ResourceId& id) {
    const std::string match = http::header(call.request, "If-Match");
    const std::string none = http::header(call.request, "If-None-Match");
    const std::string type = id.type();
    if ((match.empty() && none.empty()) || !has_etags(type)) return;
    // Whoever may not change the resource learns nothing of it: the change itself is refused.
    const char* const verb = call.request.method == "DELETE" ? "/delete" : "/write";
    if (!rbac::may(call.session, type + verb, id.text())) return;
    const std::optional<std::string> etag = current_etag(call, id);
    const bool fails =
        (!match.empty() && (!etag || !names(match, *etag))) || (!none.empty() && etag && names(none, *etag));
    if (fails)
        throw Error(
            fault::precondition_failed,
            fmt::format("The condition of the request's {} header does not hold for the resource '{}'.",
                        match.empty() ? "If-None-Match" : "If-Match", id.text()));
}

void add_usual_headers(const ArmCall& call, http::Response& response) {
    Session& session = call.session;
    const std::string id = new_guid(session.random);
    response.headers.emplace("x-ms-request-id", id);
    const std::string asked = http::header(call.request, "x-ms-correlation-request-id");
    response.headers.emplace("x-ms-correlation-request-id",
                             is_guid(asked) ? lower(asked) : session.events.correlation());
    response.headers.emplace("x-ms-routing-request-id",
                             fmt::format("WESTEUROPE:{}:{}", compact_time(session.now), id));
    // Given back to those who want it so.
    const std::string own = http::echoed_header(call.request, "x-ms-client-request-id");
    if (!own.empty() && iequals(http::header(call.request, "x-ms-return-client-request-id"), "true"))
        response.headers.emplace("x-ms-client-request-id", own);
    response.headers.emplace("Cache-Control", "no-cache");
    response.headers.emplace("Pragma", "no-cache");
    response.headers.emplace("Expires", "-1");
    response.headers.emplace("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    response.headers.emplace("X-Content-Type-Options", "nosniff");
    add_rates(call, response);
}

}  // namespace azid::front_door
