#include "core/arm/admission.hpp"

#include "core/arm/locks.hpp"
#include "core/arm/providers.hpp"
#include "core/base/text.hpp"
#include "core/crypto/digest.hpp"
#include "core/events/ports.hpp"

#include <fmt/format.h>

namespace azid::arm {

namespace {

bool is_change(std::string_view action) {
    const std::string_view verb = action.substr(action.rfind('/') + 1);
    return iequals(verb, "write") || iequals(verb, "delete") || iequals(verb, "action");
}

// One for all that a command does. It is made of what the command is, not drawn: a log that takes from the
// source of randomness would change what everything after it gets.
std::string correlation_of(const events::Operation& first) {
    std::string hex;
    for (const char byte : crypto::md5(fmt::format("{}{}{}{}", first.at.time_since_epoch().count(),
                                                   first.caller_id, first.action, first.scope)))
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return fmt::format("{}-{}-4{}-8{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(13, 3),
                       hex.substr(17, 3), hex.substr(20, 12));
}

void note(Session& session, std::string_view action, std::string_view scope, const Error* error) {
    events::Operation operation;
    operation.at = session.now;
    operation.action = action;
    operation.scope = scope;
    operation.caller = session.caller.name;
    operation.caller_id = session.caller.object_id;
    operation.tenant_id = session.caller.tenant_id;
    const std::vector<events::Operation> before = session.events.begun();
    operation.correlation = before.empty() ? correlation_of(operation) : before.front().correlation;
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
        throw;
    }
    note(session, action, scope, nullptr);
}

void note_refusal(Session& session, std::string_view action, std::string_view scope, const Error& error) {
    if (is_change(action)) note(session, action, scope, &error);
}

}  // namespace azid::arm
