#include "core/arm/operations.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/settings/settings.hpp"
#include "core/settings/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace azid::arm {

namespace {

// Whoever follows an operation later than that gets none: Azure forgets them too.
constexpr std::chrono::hours remembered{24};
constexpr long longest_wait = 15;

}  // namespace

Instant provisioning_end(Session& session, std::string_view /*type*/) {
    return session.now + settings::lag(session, settings::provisioning_time);
}

Operation begin_operation(Session& session, Operation operation, std::string_view type) {
    operation.id = new_guid(session.random);
    operation.principal_id = session.caller.object_id;
    operation.started = session.now;
    operation.ends = provisioning_end(session, type);
    session.arm.forget_operations(session.now - remembered);
    session.arm.save(operation);
    return operation;
}

Operation require_operation(Session& session, std::string_view subscription, std::string_view id) {
    const std::optional<Operation> found = session.arm.find_operation(subscription, id);
    const bool is_own =
        found && !session.caller.object_id.empty() && iequals(found->principal_id, session.caller.object_id);
    if (!is_own) {
        const std::string provider =
            found && !found->provider.empty() ? found->provider : "Microsoft.Resources";
        rbac::authorise(session, provider + "/locations/operations/read", subscription_scope(subscription));
    }
    if (!found) throw Error(fault::not_found, fmt::format("The operation '{}' could not be found.", id));
    return *found;
}

// One of later is left from before the clock went back.
bool is_over(const Session& session, const Operation& operation) {
    return operation.ends <= session.now || operation.started > session.now;
}

long seconds_to_wait(const Session& session, const Operation& operation) {
    const long left =
        static_cast<long>(std::chrono::ceil<std::chrono::seconds>(operation.ends - session.now).count());
    return std::clamp(left, 1L, longest_wait);
}

std::optional<std::string> unfinished_state(Session& session, std::string_view resource_id) {
    const std::optional<Operation> latest = session.arm.latest_operation(resource_id);
    if (!latest || latest->state.empty() || is_over(session, *latest)) return {};
    return latest->state;
}

}  // namespace azid::arm
