// Keys and certificates that were read before: reading one costs as much as signing with it. Included by no
// header.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace azid::crypto {

// Up to `most` objects of OpenSSL's by the digest of the text they were read from, for all threads.
template <class Object, auto add_reference, auto drop_reference>
class Parsed {
  public:
    // With a reference of the caller's own; null when it is not here.
    Object* find(const std::string& digest) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto known = objects_.find(digest);
        if (known == objects_.end()) return nullptr;
        add_reference(known->second);
        return known->second;
    }

    void keep(const std::string& digest, Object* object) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (objects_.size() >= most) clear();
        if (objects_.emplace(digest, object).second) add_reference(object);
    }

  private:
    static constexpr std::size_t most = 64;

    void clear() {
        for (const auto& [digest, object] : objects_) drop_reference(object);
        objects_.clear();
    }

    std::mutex mutex_;
    std::unordered_map<std::string, Object*> objects_;
};

}  // namespace azid::crypto
