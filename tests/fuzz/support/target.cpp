#include "fuzz/support/target.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace azid::fuzz {

namespace {

std::vector<Target>& targets() {
    static std::vector<Target> all;
    return all;
}

[[noreturn]] void fail(std::string_view what, std::string_view found) {
    std::fprintf(stderr, "azid fuzz: %.*s\n", static_cast<int>(what.size()), what.data());
    constexpr std::size_t longest = 4000;
    if (!found.empty())
        std::fprintf(stderr, "azid fuzz: found: %.*s\n", static_cast<int>(std::min(found.size(), longest)),
                     found.data());
    std::fflush(stderr);
    std::abort();
}

double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    constexpr double nanosecond = 1e-9;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * nanosecond;
}

}  // namespace

Registration::Registration(const Target& target) { targets().push_back(target); }

const Target* find_target(std::string_view name) {
    for (const Target& target : targets())
        if (name.empty() || target.name == name) return &target;
    return nullptr;
}

double most_seconds() {
    constexpr double slow_build = 5;  // one with sanitizers, or not optimised
#if defined(__clang__) && defined(__OPTIMIZE__)
    return __has_feature(address_sanitizer) ? slow_build : 1;
#else
    return slow_build;
#endif
}

void run(const Target& target, std::string_view input) {
    const double begun = processor_seconds();
    try {
        target.take(input);
    } catch (const std::exception& problem) {
        fail("an exception came out that nobody expects", problem.what());
    } catch (...) {
        fail("something came out that is no std::exception", {});
    }
    const double used = processor_seconds() - begun;
    if (used > most_seconds()) fail("one input took too long", std::to_string(used) + " s of processor time");
}

void require(bool holds, std::string_view property, std::string_view found) {
    if (!holds) fail(std::string("broken: ").append(property), found);
}

namespace {

std::unordered_set<std::size_t>& known_outcomes() {
    static std::unordered_set<std::size_t> known;
    return known;
}
bool is_new = false;

}  // namespace

void reached(std::string_view outcome) {
    std::string shape;
    char quote = 0;
    for (const char c : outcome.substr(0, 300)) {
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            shape += quote = c;
        } else if (c < '0' || c > '9') {
            shape += c;
        }
    }
    constexpr std::size_t most = 50'000;
    constexpr std::size_t telling = 60;  // what comes after is mostly the input itself
    shape.resize(std::min(shape.size(), telling));
    if (known_outcomes().size() < most && known_outcomes().insert(std::hash<std::string>{}(shape)).second)
        is_new = true;
}

bool something_new() { return std::exchange(is_new, false); }

std::string_view Input::line() {
    const std::size_t end = left_.find('\n');
    const std::string_view line = left_.substr(0, end);
    left_.remove_prefix(end == std::string_view::npos ? left_.size() : end + 1);
    return line;
}

unsigned char Input::byte() {
    if (left_.empty()) return 0;
    const char first = left_.front();
    left_.remove_prefix(1);
    return static_cast<unsigned char>(first);
}

std::size_t Input::below(std::size_t limit) {
    constexpr std::size_t byte_values = 256;
    std::size_t number = byte();
    if (limit > byte_values) number = number * byte_values + byte();
    return number % limit;
}

std::string_view Input::rest() {
    const std::string_view rest = left_;
    left_ = {};
    return rest;
}

}  // namespace azid::fuzz
