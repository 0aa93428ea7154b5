#include "core/entra/replication.hpp"

#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"
#include "core/settings/settings.hpp"

namespace azid::entra {

void begin_replication(Session& session, std::string_view object_id) {
    const std::chrono::seconds lag = settings::lag(session, settings::entra_replication);
    if (lag.count() > 0) session.entra.registrations().hide_until(object_id, session.now + lag);
}

bool is_visible(Session& session, std::string_view object_id) {
    if (settings::lag(session, settings::entra_replication).count() == 0) return true;
    const std::optional<Instant> from = session.entra.registrations().visible_from(object_id);
    return !from || *from <= session.now;
}

std::optional<Principal> visible_principal(Session& session, std::string_view object_id) {
    std::optional<Principal> found = session.entra.find_principal(object_id);
    if (found && !is_visible(session, found->id)) found.reset();
    return found;
}

std::optional<ServicePrincipal> visible_service_principal_named(Session& session, std::string_view name) {
    std::optional<ServicePrincipal> found =
        session.entra.find_service_principal_named(session.caller.tenant_id, name);
    if (found && !is_visible(session, found->id)) found.reset();
    return found;
}

}  // namespace azid::entra
