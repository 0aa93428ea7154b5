#include "cli/app/progress.hpp"

#include "cli/app/environment.hpp"

#include <fmt/format.h>

namespace azid::app {

namespace {

using Clock = std::chrono::steady_clock;
// What is over sooner is not worth a line.
constexpr std::chrono::milliseconds first(300);
constexpr std::chrono::milliseconds between(100);

}  // namespace

struct ProgressLine::Shown {
    const Environment& environment;
    std::string what;
    Clock::time_point next;
    bool is_shown = false;

    void show(double part) {
        const Clock::time_point now = Clock::now();
        if (now < next) return;
        next = now + between;
        is_shown = true;
        environment.write_error(fmt::format("\r{}: {} %", what, static_cast<int>(part * 100)));
    }
};

ProgressLine::ProgressLine(const Environment& environment, std::string what)
    : shown_(std::make_unique<Shown>(Shown{environment, std::move(what), Clock::now() + first})) {}

ProgressLine::~ProgressLine() {
    if (shown_->is_shown) shown_->environment.write_error("\r\x1b[K");
}

std::function<void(double)> ProgressLine::progress() const {
    if (!shown_->environment.stderr_is_terminal) return {};
    return [shown = shown_.get()](double part) { shown->show(part); };
}

}  // namespace azid::app
