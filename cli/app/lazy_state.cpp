#include "cli/app/lazy_state.hpp"

#include "cli/app/environment.hpp"
#include "core/account/seed.hpp"
#include "core/base/error.hpp"

#include <filesystem>

namespace azid::app {

State& LazyState::open() {
    if (!state_) {
        state_ = environment_.open_state(path_);
        if (state_->is_new()) account::seed_if_new(*state_, {}, environment_.now(), *environment_.random);
    }
    return *state_;
}

State* LazyState::existing() {
    std::error_code problem;
    if (!state_ && (std::filesystem::file_size(path_, problem) == 0 || problem)) return nullptr;
    try {
        return &open();
    } catch (const Error&) {
        return nullptr;
    }
}

}  // namespace azid::app
