// The state file, opened when first asked for: a usage error or --help must not make one.
#pragma once

#include "core/base/state.hpp"

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace azid::app {

struct Environment;

class LazyState {
  public:
    LazyState(const Environment& environment, std::string path)
        : environment_(environment), path_(std::move(path)) {}

    const std::string& path() const { return path_; }
    // Makes and seeds the file where there is none. Throws Error (fault::state) when it cannot be used, at
    // each call the same: what failed may be half known, and a second attempt would tell of something else.
    State& open();
    // Null where no state has been made yet, and where the file cannot be used: whoever needs it will be
    // told.
    State* existing();
    // State::name_work, the first time.
    void name_work(std::string_view name);
    // Whether it has just been made, of a seed: true once.
    bool take_seeding() { return std::exchange(is_seeded_now_, false); }

  private:
    const Environment& environment_;
    std::string path_;
    std::unique_ptr<State> state_;
    std::exception_ptr failure_;
    bool is_seeded_now_ = false;
    bool is_named_ = false;
};

}  // namespace azid::app
