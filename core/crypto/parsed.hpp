// Keys and certificates that were read before: reading one costs as much as signing with it. Included by no
// header.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace azid::crypto {

// Up to `most` objects of OpenSSL's by the text they were read from, for all threads.
template <class Object, auto add_reference, auto drop_reference>
class Parsed {
  public:
    // With a reference of the caller's own; null when it is not here.
    Object* find(std::string_view text) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto known = objects_.find(text);
        if (known == objects_.end()) return nullptr;
        add_reference(known->second);
        return known->second;
    }

    void keep(std::string_view text, Object* object) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (objects_.size() >= most) clear();
        if (objects_.emplace(text, object).second) add_reference(object);
    }

  private:
    static constexpr std::size_t most = 64;

    void clear() {
        for (const auto& [text, object] : objects_) drop_reference(object);
        objects_.clear();
    }

    std::mutex mutex_;
    std::map<std::string, Object*, std::less<>> objects_;
};

}  // namespace azid::crypto
