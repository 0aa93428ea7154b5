#include "cli/commands/trace.hpp"

#include "cli/draw/sequence.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/events/ports.hpp"
#include "core/events/route.hpp"
#include "core/msi/ports.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace azid::commands {

namespace {

using events::Event;
using events::Run;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::int64_t count_of(const app::Context& context) {
    const std::int64_t count = context.args.count("last");
    if (count < 1) throw Error(fault::usage, "argument --last: at least 1 command must be shown.");
    return count;
}

// The names of the ids in a step: of principals and roles.
Json names_of(Session& session, const Event& event, const Json& details) {
    std::vector<std::string> ids{event.subject};
    for (const char* const member : {"principalId", "principal", "roleDefinitionId"})
        ids.push_back(text_at(details, member));
    Json names = Json::object();
    for (const std::string& id : ids) {
        if (!is_guid(id)) continue;
        if (const std::optional<entra::Principal> principal = session.entra.find_principal(id))
            names[id] = principal->display_name.empty() ? principal->name : principal->display_name;
        else if (const std::optional<rbac::RoleDefinition> role = session.rbac.find_role_definition(id))
            names[id] = role->role_name;
    }
    return names;
}

// Whether the certificate's key has been made by now, which happens when it is first used.
void tell_key(Session& session, Json& certificate) {
    for (const msi::Certificate& made : session.msi.certificates(text_at(certificate, "principalId"))) {
        if (made.key_id != text_at(certificate, "keyId") || made.certificate.empty()) continue;
        certificate["thumbprint"] = made.thumbprint;
        certificate["x509"] = base64(made.certificate);
        return;
    }
    certificate["key"] = "made at first use";
}

Json details_of(Session& session, const Event& event) {
    Json details = event.details.empty() ? Json(nullptr) : Json::parse(event.details, nullptr, false);
    if (!details.is_object()) return details;
    if (details.contains("certificates"))
        for (Json& certificate : details["certificates"]) tell_key(session, certificate);
    if (details.contains("certificate")) {
        details["certificate"]["principalId"] = event.subject;
        tell_key(session, details["certificate"]);
    }
    return details;
}

Json wire(Session& session, const Event& event, const Run& run, const std::vector<Event>& all) {
    const events::DocumentStep document = events::document_step(event, all);
    const Json details = details_of(session, event);
    const std::string outcome = run.code.empty() ? run.status : run.code;
    return {{"at", utc_ticks(event.at)},
            {"system", event.system},
            {"from", event.sender},
            {"to", event.receiver},
            {"what", event.what},
            {"subject", event.subject},
            {"names", names_of(session, event, details)},
            {"causedBy", event.actor},
            {"causedByName", text_or_null(event.actor_name)},
            {"documentStep", document.number == 0 ? Json(nullptr) : Json(document.number)},
            {"documentFlow", text_or_null(std::string(document.flow))},
            {"documentGist", text_or_null(std::string(document.gist))},
            {"correlationId", text_or_null(run.correlation)},
            {"caller", text_or_null(run.caller)},
            {"command", text_or_null(run.line)},
            {"outcome", text_or_null(outcome)},
            {"message", text_or_null(run.message)},
            {"details", details}};
}

// The steps that a state from before the journal holds: one command is one instant.
std::vector<Event> steps_without_run(Session& session, std::int64_t count) {
    std::vector<Event> all = session.events.latest(2000);
    std::erase_if(all, [](const Event& event) { return event.run != 0; });
    std::vector<Instant> instants;
    for (const Event& event : all)
        if (instants.empty() || instants.back() != event.at) instants.push_back(event.at);
    if (static_cast<std::int64_t>(instants.size()) <= count) return all;
    const Instant first = instants[instants.size() - static_cast<std::size_t>(count)];
    std::erase_if(all, [&](const Event& event) { return event.at < first; });
    return all;
}

// Events of a state from before the journal have no way of their own.
Event with_route(Event event) {
    if (!event.sender.empty()) return event;
    const events::Route route = events::route_of(event, false);
    event.sender = route.from;
    event.receiver = route.to;
    return event;
}

// What was asked comes first, though whether it may be is noted before it; what code was answered comes last.
std::vector<Event> in_order(std::vector<Event> events, const Run& run) {
    const auto asked = std::find_if(events.begin(), events.end(), [](const Event& event) {
        return event.what.ends_with(" requested") || event.what.starts_with("access token ");
    });
    if (asked != events.end()) std::rotate(events.begin(), asked, asked + 1);
    const auto request = std::find_if(events.begin(), events.end(), [](const Event& event) {
        return event.sender == "code" && event.what.starts_with("access token ");
    });
    if (request == events.end()) return events;
    Event answer = events.back();
    answer.system = answer.sender = request->receiver;
    answer.receiver = request->sender;
    answer.what = run.code.empty() ? "request answered" : "request refused";
    answer.subject.clear();
    answer.details = run.code.empty() ? std::string() : compact(Json{{"reason", run.code}});
    events.push_back(std::move(answer));
    return events;
}

void add_steps(Session& session, Json& steps, std::vector<Event> all, const Run& run) {
    for (Event& event : all) event = with_route(std::move(event));
    const std::vector<Event> found = in_order(std::move(all), run);
    for (const Event& event : found) {
        Json step = wire(session, event, run, found);
        step["step"] = steps.size() + 1;
        steps.push_back(std::move(step));
    }
}

std::vector<Run> runs_asked_for(app::Context& context) {
    Session& session = context.session();
    if (!context.args.given("correlation_id")) return session.events.runs(count_of(context));
    const std::string correlation = context.args.text("correlation_id");
    const std::vector<Run> found = session.events.runs_of(correlation);
    if (found.empty())
        throw Error(fault::client_not_found,
                    "No command or request that is kept has the correlation id '" + correlation + "'.");
    return found;
}

struct Drawing {
    std::string_view form;
    std::string (*draw)(const Json& steps);
};
constexpr Drawing drawings[] = {{"text", draw::sequence_text},
                                {"mermaid", draw::sequence_mermaid},
                                {"svg", draw::sequence_svg},
                                {"html", draw::sequence_html}};

}  // namespace

Json trace_list(app::Context& context) {
    Json list = Json::array();
    for (const Run& run : context.session().events.runs(count_of(context)))
        list.push_back({{"number", run.number},
                        {"at", utc_ticks(run.at)},
                        {"kind", run.kind},
                        {"line", run.line},
                        {"caller", text_or_null(run.caller)},
                        {"callerId", text_or_null(run.caller_id)},
                        {"correlationId", run.correlation},
                        {"status", run.status},
                        {"code", text_or_null(run.code)},
                        {"message", text_or_null(run.message)},
                        {"steps", context.session().events.events_of(run.number).size()}});
    return list;
}

Json trace_show(app::Context& context) {
    Session& session = context.session();
    Json steps = Json::array();
    const std::vector<Run> runs = runs_asked_for(context);
    for (const Run& run : runs) add_steps(session, steps, session.events.events_of(run.number), run);
    if (runs.empty()) add_steps(session, steps, steps_without_run(session, count_of(context)), {});
    const std::string form = context.args.text("_drawing");
    for (const Drawing& drawing : drawings)
        if (drawing.form == form) return drawing.draw(steps);
    return steps;
}

}  // namespace azid::commands
