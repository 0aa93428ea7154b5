// The activity log: who changed what in a subscription, and what was refused (Microsoft.Insights/eventtypes).
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// What the events must be; empty texts mean any. Compared without case.
struct ActivityFilter {
    Instant from;
    Instant to;
    std::string correlation = {};
    std::string group = {};
    std::string resource = {};
    std::string provider = {};
    std::string caller = {};
    std::string status = {};
};

// The events in Azure's shape, newest first. Throws Error (fault::authorization_failed): they are read with
// the right to read events where the filter looks, the subscription without one.
std::vector<Json> list_activity(Session& session, std::string_view subscription,
                                const ActivityFilter& filter);

// Reads "$filter": "eventTimestamp ge '...' and eventTimestamp le '...' and resourceGroupName eq 'rg'".
// Throws Error (fault::bad_request) for what is no such filter; the time must be limited from below.
ActivityFilter parse_activity_filter(Session& session, std::string_view text);

}  // namespace azid::arm
