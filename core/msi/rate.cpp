#include "core/msi/rate.hpp"

#include "core/account/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/rate_limit.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::msi {

namespace {

constexpr std::chrono::seconds window{20};

struct Limit {
    std::string_view what;
    std::size_t in_subscription;
    std::size_t in_tenant;
};
constexpr Limit creations{"creations", 80, 400};
constexpr Limit assignments{"assignments", 300, 400};

void check(Session& session, const std::string& bucket, std::size_t most, std::string_view what,
           std::string_view region) {
    const account::RecentRequests recent = session.account.recent_requests(bucket, window);
    if (recent.count < most) return;
    const std::chrono::seconds wait = std::max(recent.oldest_leaves_in, std::chrono::seconds(1));
    throw TooManyRequests(
        fmt::format("Too many {} of managed identities in {}: no more than {} are allowed in {} "
                    "seconds. Try again after {} seconds.",
                    what, region, most, window.count(), wait.count()),
        wait);
}

void count(Session& session, const arm::ResourceId& id, std::string_view region, const Limit& limit) {
    if (!settings::is_on(session, settings::throttle)) return;
    const std::string of_subscription =
        fmt::format("identity {}/{}/{}", limit.what, id.subscription(), region);
    const std::string of_tenant =
        fmt::format("identity {}/{}/{}", limit.what, arm::tenant_of(session, id.subscription()), region);
    check(session, of_subscription, limit.in_subscription, limit.what, region);
    check(session, of_tenant, limit.in_tenant, limit.what, region);
    session.account.count_request(of_subscription);
    session.account.count_request(of_tenant);
}

}  // namespace

void count_creation(Session& session, const arm::ResourceId& id, std::string_view region) {
    count(session, id, region, creations);
}

void count_assignment(Session& session, const arm::ResourceId& host, std::string_view region) {
    count(session, host, region, assignments);
}

}  // namespace azid::msi
