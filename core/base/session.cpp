#include "core/base/session.hpp"

#include "core/events/ports.hpp"

namespace azid {

void Session::note(std::string system, std::string what, std::string subject, std::string details) {
    events.add(
        {now, std::move(system), std::move(what), caller.object_id, std::move(subject), std::move(details)});
}

}  // namespace azid
