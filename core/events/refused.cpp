#include "core/events/refused.hpp"

#include <algorithm>

namespace azid::events {

std::vector<Operation> refused(std::vector<Operation> begun) {
    const auto reason =
        std::find_if(begun.rbegin(), begun.rend(), [](const Operation& one) { return !one.code.empty(); });
    if (reason == begun.rend()) return {};
    const Operation last = *reason;
    for (Operation& operation : begun) {
        operation.status = last.status;
        if (!operation.code.empty()) continue;
        operation.code = last.code;
        operation.message = last.message;
    }
    return begun;
}

namespace {

// Of a refusal that no system has told of: Graph's, mostly.
Event refusal_of(const Run& run, std::string_view code) {
    const bool is_graph = code.starts_with("Authorization_");
    return {.at = run.at,
            .system = is_graph ? "graph" : "arm",
            .what = "request refused",
            .actor = run.caller_id,
            .subject = {},
            .details = {},
            .actor_name = run.caller,
            .sender = "client",
            .receiver = is_graph ? "graph" : "arm"};
}

}  // namespace

Report failed(Report report, int status, std::string_view code, std::string_view message) {
    constexpr int refusals[] = {401, 403, 404, 409, 423, 429};
    report.operations = refused(std::move(report.operations));
    const bool is_told = std::any_of(report.events.begin(), report.events.end(),
                                     [](const Event& event) { return event.what.ends_with("refused"); });
    if (!is_told && status == 403) report.events.push_back(refusal_of(report.run, code));
    if (!is_told && status != 403 && report.operations.empty()) return {};
    report.run.status = "Failed";
    // What "rest" says of a refusal is a client's error.
    report.run.code = code == "ClientError" ? "Refused" : code;
    if (std::find(std::begin(refusals), std::end(refusals), status) != std::end(refusals))
        report.run.message = message;
    return report;
}

}  // namespace azid::events
