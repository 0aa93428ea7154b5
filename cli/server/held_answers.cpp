#include "cli/server/held_answers.hpp"

namespace azid::server {

namespace {

// Each is some kilobytes.
constexpr std::size_t most = 128;
constexpr std::size_t longest_key = 4096;

void append(std::string& key, const std::string& part) {
    key += std::to_string(part.size());
    key += ':';
    key += part;
}

}  // namespace

std::string HeldAnswers::key_of(const std::string& door, const http::Request& request) {
    if (!request.body.empty()) return {};
    std::string key;
    key.reserve(512);
    for (const std::string* const part : {&door, &request.method, &request.host, &request.path})
        append(key, *part);
    append(key, std::to_string(request.query.size()));
    for (const auto& [name, value] : request.query) {
        append(key, name);
        append(key, value);
    }
    for (const auto& [name, value] : request.headers) {
        append(key, name);
        append(key, value);
    }
    if (key.size() > longest_key) key.clear();
    return key;
}

void HeldAnswers::keep(const std::string& key, Held held) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (held_.size() >= most) held_.clear();
    held_.insert_or_assign(key, std::move(held));
}

std::optional<HeldAnswers::Held> HeldAnswers::find(const std::string& key, std::int64_t version,
                                                   Instant machine, Instant& shown) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = held_.find(key);
    if (found == held_.end()) return {};
    const Held& held = found->second;
    shown = held.dial.shows(machine);
    if (held.version != version || unix_seconds(shown) != unix_seconds(held.worked_out)) return {};
    return held;
}

}  // namespace azid::server
