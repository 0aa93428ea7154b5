// What each transaction changed, noted with it by SQLite's session extension, so that it can be taken back.
#pragma once

#include "core/base/time.hpp"
#include "core/imds/ports.hpp"
#include "core/snapshot/ports.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azid::store {

class Database;

// Watches one transaction, from before it begins.
class Recorder {
  public:
    explicit Recorder(Database& database);
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // Whether nothing has changed so far but what is history, and these tokens are in the newest note
    // already: what an IMDS held before it is known, and nothing need be noted of what it holds now.
    bool knows(const std::vector<imds::CachedToken>& tokens) const;

    // Notes what has changed so far, in the open transaction. What has the same run is taken back together;
    // 0 begins one. The newest 50 commands are kept, and a few more.
    void note(std::string_view name, Instant at, std::int64_t& run);

  private:
    struct Watch;
    Database& database_;
    std::unique_ptr<Watch> watch_;
};

// Whether a table holds the notes themselves, or the file's own mark: neither is watched, compared or copied.
bool is_bookkeeping(std::string_view table);

// Takes back the newest command within the open transaction, for which foreign keys must be switched off.
// Throws Error (fault::state).
snapshot::Undone undo(Database& database);

}  // namespace azid::store
