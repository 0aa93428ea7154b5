#include "core/events/correlation.hpp"

#include "core/crypto/digest.hpp"

#include <fmt/format.h>

namespace azid::events {

std::string correlation_of(const Run& run, std::int64_t place) {
    std::string hex;
    for (const char byte : crypto::md5(
             fmt::format("{}/{}/{}/{}", run.at.time_since_epoch().count(), run.caller_id, run.line, place)))
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return fmt::format("{}-{}-4{}-8{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(13, 3),
                       hex.substr(17, 3), hex.substr(20, 12));
}

}  // namespace azid::events
