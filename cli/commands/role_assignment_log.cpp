// "az role assignment list-changelogs": who was given which role, and from whom it was taken.
#include "cli/commands/role_assignment.hpp"
#include "cli/commands/role_words.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/events/ports.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace azid::commands {

namespace {

std::optional<Instant> time_given(const app::Args& args, const char* key) {
    if (!args.given(key)) return {};
    const std::optional<Instant> time = parse_utc(args.text(key));
    if (!time)
        throw Error(fault::client, fmt::format("Input '{}' is not valid. Valid example: 2000-12-31T12:59:59Z",
                                               args.text(key)));
    return time;
}

// az's words for a scope: its last name, and what kind of thing that is.
void describe_scope(Json& entry, const std::string& scope) {
    std::vector<std::string> parts;
    for (const std::string& part : split(scope, '/'))
        if (!part.empty()) parts.push_back(part);
    entry["scope"] = scope;
    if (parts.empty()) return;
    entry["scopeName"] = parts.back();
    entry["scopeType"] = parts.size() < 3 ? "Subscription" : parts.size() < 5 ? "Resource group" : "Resource";
}

std::string caller_name(Session& session, const std::string& object_id) {
    const std::optional<entra::Principal> principal = session.entra.find_principal(object_id);
    return principal ? principal->name : object_id;
}

Json entry_of(app::Context& context, const events::Event& event, bool names) {
    Session& session = context.session();
    const Json details = event.details.empty() ? Json::object() : Json::parse(event.details);
    Json entry;
    for (const char* member :
         {"principalId", "principalName", "scope", "scopeName", "scopeType", "roleDefinitionId", "roleName"})
        entry[member] = nullptr;
    entry["timestamp"] = az_iso(event.at);
    entry["caller"] = caller_name(session, event.actor);
    entry["action"] = event.what == "role assignment deleted" ? "Revoked" : "Granted";
    const std::string principal = text_at(details, "principalId");
    if (!principal.empty()) entry["principalId"] = principal;
    if (names && !shown_name(session, principal).empty())
        entry["principalName"] = shown_name(session, principal);
    const std::string role = text_at(details, "roleDefinitionId");
    if (!role.empty()) {
        entry["roleDefinitionId"] = role;
        const std::optional<rbac::RoleDefinition> known = session.rbac.find_role_definition(role);
        if (known) entry["roleName"] = known->role_name;
    }
    const size_t end = lower(event.subject).find("/providers/microsoft.authorization/");
    if (end != std::string::npos) describe_scope(entry, end == 0 ? "/" : event.subject.substr(0, end));
    return entry;
}

bool concerns(const app::Context& context, const events::Event& event) {
    return event.system == "rbac" && event.what.starts_with("role assignment ") &&
           istarts_with(event.subject, context.subscription_scope() + "/");
}

}  // namespace

// az reads the activity log of the last hour, or between the times given.
Json role_assignment_list_changelogs(app::Context& context) {
    Session& session = context.session();
    const Instant end = time_given(context.args, "end_time").value_or(session.now);
    const Instant start = time_given(context.args, "start_time").value_or(end - std::chrono::hours(1));
    if (start >= end) throw Error(fault::client, "Start time cannot be later than end time.");
    const bool reads =
        rbac::may(session, "Microsoft.Insights/eventtypes/values/read", context.subscription_scope());
    if (!reads)
        rbac::authorise(session, "Microsoft.Insights/eventtypes/values/read", context.subscription_scope());
    const bool names = entra::has_right(session, entra::Right::read);
    Json entries = Json::array();
    for (const events::Event& event : session.events.latest(std::numeric_limits<int>::max()))
        if (concerns(context, event) && start <= event.at && event.at <= end)
            entries.push_back(entry_of(context, event, names));
    return entries;
}

}  // namespace azid::commands
