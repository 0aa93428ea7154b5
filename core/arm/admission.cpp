#include "core/arm/admission.hpp"

#include "core/arm/locks.hpp"
#include "core/arm/providers.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/events/ports.hpp"

#include <nlohmann/json.hpp>

namespace azid::arm {

namespace {

bool is_change(std::string_view action) {
    const std::string_view verb = action.substr(action.rfind('/') + 1);
    return iequals(verb, "write") || iequals(verb, "delete") || iequals(verb, "action");
}

void note(Session& session, std::string_view action, std::string_view scope, const Error* error) {
    events::Operation operation;
    operation.at = session.now;
    operation.action = action;
    operation.scope = scope;
    operation.caller = session.caller.name;
    operation.caller_id = session.caller.object_id;
    operation.tenant_id = session.caller.tenant_id;
    operation.correlation = session.events.correlation();
    operation.status = error == nullptr ? "Succeeded" : "Failed";
    if (error != nullptr) {
        operation.code = error->fault().code;
        operation.message = error->message();
    }
    session.events.begin(operation);
}

}  // namespace

void admit(Session& session, std::string_view action, std::string_view scope) {
    if (!is_change(action)) return;
    try {
        require_unlocked(session, action, scope);
        require_registration(session, action, scope);
    } catch (const Error& error) {
        note(session, action, scope, &error);
        session.note("arm", "request refused", std::string(scope),
                     compact(Json{{"action", action}, {"reason", error.message()}}));
        throw;
    }
    note(session, action, scope, nullptr);
}

void note_refusal(Session& session, std::string_view action, std::string_view scope, const Error& error) {
    if (is_change(action)) note(session, action, scope, &error);
}

}  // namespace azid::arm
