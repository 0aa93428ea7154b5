// Rows that a connection has read and that cannot have changed since: nobody else has committed anything, and
// the connection itself has written nothing but notes of what happened.
#pragma once

#include "core/snapshot/model.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace azid::store {

// What a statement means for what is remembered.
enum class Recall { unknown, rows, nothing, forgets };

Recall recall_of(std::string_view sql, bool is_read_only);

class Recalled {
  public:
    using Rows = std::shared_ptr<const std::vector<snapshot::Row>>;

    // A transaction begins, in a file of that version (PRAGMA data_version).
    void begin(std::int64_t version);
    // It writes something that is remembered: nothing more is until the next one.
    void forget();
    bool is_on() const { return is_on_; }

    // Null where they have not been read. The key is the statement with its parameters.
    Rows find(const std::string& key) const;
    void keep(const std::string& key, Rows rows);

    // What `make` gives, made of nothing but such rows, or gave for the same key before.
    template <class Make>
    auto known(const std::string& key, const Make& make) {
        using Made = decltype(make());
        if (const auto found = made_.find(key); found != made_.end())
            return *static_cast<const Made*>(found->second.get());
        auto made = std::make_shared<const Made>(make());
        if (is_on_) made_.insert_or_assign(key, made);
        return *made;
    }

  private:
    void clear();

    std::unordered_map<std::string, Rows> rows_;
    std::unordered_map<std::string, std::shared_ptr<const void>> made_;
    std::int64_t version_ = -1;
    bool is_on_ = false;
};

}  // namespace azid::store
