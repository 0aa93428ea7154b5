#include "cli/server/request_notes.hpp"

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/events/refused.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::server {

namespace {

std::string line_of(const http::Request& request) {
    constexpr std::size_t longest = 400;
    std::string line = fmt::format("{} {}{}", request.method, request.host, request.path).substr(0, longest);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    return line;
}

}  // namespace

http::Response refused(int status, std::string_view code, std::string_view message) {
    const Json body{{"error", {{"code", code}, {"message", message}}}};
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

std::string correlation_in(const http::Request& request) {
    for (const char* const name : {"x-ms-correlation-request-id", "client-request-id"}) {
        const std::string asked = http::header(request, name);
        if (is_guid(asked)) return lower(asked);
    }
    return {};
}

events::Run run_of(const http::Request& request, Instant now) {
    events::Run run;
    run.at = now;
    run.kind = "request";
    run.line = line_of(request);
    run.correlation = correlation_in(request);
    run.status = "Succeeded";
    return run;
}

events::Report report_of(const http::Response& response, events::Report report) {
    if (response.status < 400) return report;
    const Json body = Json::parse(response.body, nullptr, false);
    const Json* const error = body.is_object() && body.contains("error") ? &body["error"] : nullptr;
    const bool nested = error != nullptr && error->is_object();
    std::string code = nested ? text_at(*error, "code") : text_at(body, "error");
    if (code.empty()) code = std::to_string(response.status);
    return events::failed(std::move(report), response.status, code,
                          nested ? text_at(*error, "message") : text_at(body, "error_description"));
}

std::string name_of(const http::Request& request) {
    return fmt::format("{} https://{}{}", request.method, request.host, request.path);
}

}  // namespace azid::server
