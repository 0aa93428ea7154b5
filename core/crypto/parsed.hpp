// Keys and certificates that were read before: reading one costs as much as signing with it. Included by no
// header.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace azid::crypto {

// Up to `most` objects by the text they were read from, for all threads.
template <class Object>
class Parsed {
  public:
    // Null when it is not here.
    std::shared_ptr<Object> find(std::string_view text) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto known = objects_.find(text);
        return known == objects_.end() ? nullptr : known->second;
    }

    void keep(std::string_view text, std::shared_ptr<Object> object) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (objects_.size() >= most) objects_.clear();
        objects_.emplace(text, std::move(object));
    }

  private:
    static constexpr std::size_t most = 64;

    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Object>, std::less<>> objects_;
};

}  // namespace azid::crypto
