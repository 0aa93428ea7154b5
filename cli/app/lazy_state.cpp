#include "cli/app/lazy_state.hpp"

#include "cli/app/environment.hpp"
#include "cli/app/seeded_state.hpp"
#include "core/base/error.hpp"

#include <filesystem>

namespace azid::app {

State& LazyState::open() {
    if (failure_) std::rethrow_exception(failure_);
    if (state_) return *state_;
    try {
        std::unique_ptr<State> state = environment_.open_state(path_);
        is_seeded_now_ = fill(*state, {}, environment_);
        state_ = std::move(state);
    } catch (const Error&) {
        failure_ = std::current_exception();
        throw;
    }
    return *state_;
}

void LazyState::name_work(std::string_view name) {
    if (std::exchange(is_named_, true)) return;
    open().name_work(name);
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
