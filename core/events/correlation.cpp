#include "core/events/correlation.hpp"

#include "core/base/derived.hpp"

#include <fmt/format.h>

namespace azid::events {

std::string correlation_of(const Run& run, std::int64_t place) {
    return derived_guid(
        fmt::format("{}/{}/{}/{}", run.at.time_since_epoch().count(), run.caller_id, run.line, place));
}

}  // namespace azid::events
