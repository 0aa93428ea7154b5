#include "core/base/session.hpp"

#include "core/events/ports.hpp"
#include "core/events/route.hpp"

namespace azid {

void Session::note(std::string system, std::string what, std::string subject, std::string details) {
    events::Event event{.at = now,
                        .system = std::move(system),
                        .what = std::move(what),
                        .actor = caller.object_id,
                        .subject = std::move(subject),
                        .details = std::move(details),
                        .actor_name = caller.name};
    events::Route route = events::route_of(event, !caller.managed_identity_resource.empty());
    event.sender = std::move(route.from);
    event.receiver = std::move(route.to);
    events.add(std::move(event));
}

}  // namespace azid
