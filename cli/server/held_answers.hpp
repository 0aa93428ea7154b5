// Answers that give out held tokens, kept for as long as the same request would be answered the same: in one
// state, within one second of its clock. It reads no token and decides nothing.
#pragma once

#include "cli/server/server.hpp"
#include "core/base/time.hpp"
#include "core/events/ports.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace azid::server {

class HeldAnswers {
  public:
    // What the state's clock shows, as a function of the machine's.
    struct Dial {
        std::optional<Instant> stands_at;
        std::chrono::microseconds ahead{0};

        Instant shows(Instant machine) const { return stands_at.value_or(machine + ahead); }
    };
    struct Held {
        Answered answered;
        std::shared_ptr<const events::Report> report;  // without a correlation id unless the client gave one
        Dial dial;
        Instant worked_out;         // on the state's clock
        std::int64_t version = -1;  // of the state: one that was seen before the answer was worked out
    };

    // A text that two requests have in common only when all is the same that an answer may depend on; empty
    // for a request that has a body. `door` says at whose endpoint it came.
    static std::string key_of(const std::string& door, const http::Request& request);

    void keep(const std::string& key, Held held);
    // What was kept for the request, where it still holds; then `shown` is the state's time. Empty otherwise.
    std::optional<Held> find(const std::string& key, std::int64_t version, Instant machine, Instant& shown);

  private:
    std::mutex mutex_;
    std::unordered_map<std::string, Held> held_;
};

}  // namespace azid::server
