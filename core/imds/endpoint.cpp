#include "core/imds/endpoint.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/compute/ports.hpp"
#include "core/imds/attested.hpp"
#include "core/imds/instance.hpp"
#include "core/imds/token.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace azid::imds {

namespace {

// Oldest first, as /metadata/versions lists them (the metadata service's documentation).
constexpr auto versions = std::to_array<std::string_view>(
    {"2017-03-01", "2017-04-02", "2017-08-01", "2017-10-01", "2017-12-01", "2018-02-01", "2018-04-02",
     "2018-10-01", "2019-02-01", "2019-03-11", "2019-04-30", "2019-06-01", "2019-06-04", "2019-08-01",
     "2019-08-15", "2019-11-01", "2020-06-01", "2020-07-15", "2020-09-01", "2020-10-01", "2020-12-01",
     "2021-01-01", "2021-02-01", "2021-03-01", "2021-05-01", "2021-08-01", "2021-10-01", "2021-11-01",
     "2021-11-15", "2021-12-13", "2023-07-01", "2023-11-15", "2024-03-15", "2024-07-17", "2025-04-07"});
constexpr size_t newest_shown = 3;
constexpr std::string_view first_identity_version = "2018-02-01";
constexpr std::string_view first_instance_version = "2017-04-02";
constexpr std::string_view first_attested_version = "2018-10-01";
constexpr std::string_view first_event_version = "2017-08-01";
constexpr std::string_view first_load_balancer_version = "2020-10-01";

http::Response json_answer(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

http::Response text_answer(std::string text) {
    return {200, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(text)};
}

// The path below a prefix of whole segments, without slashes at its ends; empty optional when it is
// elsewhere.
std::optional<std::string> below(std::string_view path, std::string_view prefix) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (!istarts_with(path, prefix)) return {};
    path.remove_prefix(prefix.size());
    if (path.empty()) return std::string();
    if (path.front() != '/') return {};
    return std::string(path.substr(1));
}

bool has_metadata_header(const http::Request& request) {
    return iequals(trim(http::header(request, "Metadata")), "true");
}

bool repeats_a_parameter(const http::Request& request) {
    for (size_t i = 0; i < request.query.size(); ++i)
        for (size_t j = i + 1; j < request.query.size(); ++j)
            if (iequals(request.query[i].first, request.query[j].first)) return true;
    return false;
}

http::Response bad_version() {
    Json newest = Json::array();
    for (size_t i = 0; i < newest_shown; ++i)
        newest.push_back(*(versions.rbegin() + static_cast<std::ptrdiff_t>(i)));
    return json_answer(
        400, Json{{"error",
                   "Bad request. api-version is invalid or was not specified in the request. For more "
                   "information refer to aka.ms/azureimds"},
                  {"newest-versions", newest}});
}

// The checks every path but /metadata/versions begins with. Empty when all is well.
std::optional<http::Response> refused(const http::Request& request, std::string_view oldest, bool identity) {
    const auto error = [&](std::string_view identity_text, std::string_view instance_text) {
        return identity ? identity_error(400, "invalid_request", identity_text)
                        : json_answer(400, Json{{"error", instance_text}});
    };
    if (request.headers.contains("X-Forwarded-For"))
        return error("Requests with an X-Forwarded-For header are not served",
                     "Bad request: . Requests with an X-Forwarded-For header are not served");
    if (!has_metadata_header(request))
        return error("Required metadata header not specified",
                     "Bad request: . Required metadata header not specified");
    if (repeats_a_parameter(request))
        return error("Duplicate query parameter", "Bad request: . Duplicate query parameter");
    const std::string version = http::query_value(request, "api-version").value_or("");
    if (!is_known_version(version) || version < oldest) return bad_version();
    return {};
}

bool is_leaf(const Json& value) { return !value.is_structured(); }

// The element at a path such as "network/interface/0/macAddress". Null when there is none.
const Json* walk(const Json& document, const std::string& path) {
    const Json* at = &document;
    for (const std::string& word : split(path, '/')) {
        if (path.empty()) break;
        if (at->is_object()) {
            at = find(*at, word);
        } else if (at->is_array()) {
            size_t index = 0;
            const auto read = std::from_chars(word.data(), word.data() + word.size(), index);
            const bool inside =
                read.ec == std::errc() && read.ptr == word.data() + word.size() && index < at->size();
            at = inside ? &(*at)[index] : nullptr;
        } else {
            at = nullptr;
        }
        if (at == nullptr) return nullptr;
    }
    return at;
}

// format=text: a leaf's value, or the names of what is below, containers marked with '/'.
std::string as_text(const Json& value) {
    if (is_leaf(value)) return value.is_string() ? value.get<std::string>() : compact(value);
    std::vector<std::string> lines;
    if (value.is_array())
        for (size_t i = 0; i < value.size(); ++i)
            lines.push_back(std::to_string(i) + (is_leaf(value[i]) ? "" : "/"));
    else
        for (const auto& [name, member] : value.items()) lines.push_back(name + (is_leaf(member) ? "" : "/"));
    return join(lines, "\n");
}

http::Response answer_instance(Session& session, const arm::Resource& vm, const http::Request& request,
                               const std::string& path) {
    if (const std::optional<http::Response> refusal = refused(request, first_instance_version, false))
        return *refusal;
    const std::string format = http::query_value(request, "format").value_or("json");
    if (!iequals(format, "json") && !iequals(format, "text"))
        return json_answer(400, Json{{"error", "Bad request. The format must be json or text"}});
    const Json document = instance_document(session, vm);
    const Json* element = walk(document, path);
    if (element == nullptr) return json_answer(404, Json{{"error", "Not found"}});
    if (iequals(format, "text")) return text_answer(as_text(*element));
    if (is_leaf(*element))
        return json_answer(400,
                           Json{{"error", "Bad request. A single value is only available with format=text"}});
    return json_answer(200, *element);
}

http::Response answer_identity(Session& session, const arm::Resource& vm, const http::Request& request,
                               const std::string& path) {
    const bool token = iequals(path, "oauth2/token");
    if (!token && !iequals(path, "info")) return json_answer(404, Json{{"error", "Not Found"}});
    if (const std::optional<http::Response> refusal = refused(request, first_identity_version, true))
        return *refusal;
    if (token) return answer_token(session, vm, request);
    return json_answer(200, Json{{"tenantId", arm::tenant_of(session, vm.id.subscription())}});
}

http::Response answer_load_balancer(Session& session, const arm::Resource& vm, const http::Request& request) {
    if (const std::optional<http::Response> refusal = refused(request, first_load_balancer_version, false))
        return *refusal;
    const Json document = load_balancer_document(session, vm);
    if (!document.is_null()) return json_answer(200, document);
    return json_answer(404, Json{{"error",
                                  "No load balancer metadata is found. Please check if your VM is using any "
                                  "non-basic SKU load balancer and retry later."}});
}

http::Response answer_versions() {
    Json all = Json::array();
    for (const std::string_view version : versions) all.push_back(version);
    return json_answer(200, Json{{"apiVersions", all}});
}

http::Response answer(Session& session, const arm::ResourceId& vm, const http::Request& request) {
    if (request.method != "GET") return json_answer(405, Json{{"error", "Method not allowed"}});
    if (below(request.path, "/metadata/versions") == "") return answer_versions();
    const arm::Resource host = arm::require_resource(session, vm);
    if (const auto path = below(request.path, "/metadata/identity"))
        return answer_identity(session, host, request, *path);
    if (const auto path = below(request.path, "/metadata/instance"))
        return answer_instance(session, host, request, *path);
    if (below(request.path, "/metadata/attested/document") == "") {
        if (const std::optional<http::Response> refusal = refused(request, first_attested_version, false))
            return *refusal;
        return answer_attested(session, host, request);
    }
    if (below(request.path, "/metadata/loadbalancer") == "")
        return answer_load_balancer(session, host, request);
    if (below(request.path, "/metadata/scheduledevents") == "") {
        if (const std::optional<http::Response> refusal = refused(request, first_event_version, false))
            return *refusal;
        return json_answer(200, Json{{"DocumentIncarnation", 1}, {"Events", Json::array()}});
    }
    return json_answer(404, Json{{"error", "Not found"}});
}

}  // namespace

http::Response answer_metadata(Session& session, const arm::ResourceId& vm, const http::Request& request) {
    http::Response response = answer(session, vm, request);
    response.headers["Server"] = "IMDS/150.870.65.1854";
    return response;
}

void require_running(Session& session, const arm::ResourceId& vm) {
    const auto machine = session.compute.find_virtual_machine(vm.text());
    if (!machine) arm::require_resource(session, vm);
    if (machine && machine->power_state != "running")
        throw Error(fault::operation_not_allowed,
                    "The operation requires the VM to be running (or set to run).");
}

bool is_known_version(std::string_view version) {
    return std::find(versions.begin(), versions.end(), version) != versions.end();
}

}  // namespace azid::imds
