// What an evaluation passes from node to node, and JMESPath's ideas of truth, equality and order.
#pragma once

#include "core/base/json.hpp"

#include <compare>
#include <memory>
#include <optional>
#include <string_view>

namespace azid::query {

// A JSON value that is either its own or a view of one that lives elsewhere (in the data or in the
// expression), so that walking down a document copies nothing.
class Value {
  public:
    // Null.
    Value();
    explicit Value(Json owned);
    static Value view_of(const Json& elsewhere);
    Value(Value&&) noexcept;
    Value& operator=(Value&&) noexcept;
    ~Value();

    const Json& json() const { return *seen_; }
    bool is_view() const { return owned_ == nullptr; }
    // The value itself; a view is copied.
    Json take();

  private:
    explicit Value(const Json* seen);

    std::unique_ptr<Json> owned_;
    const Json* seen_;
};

// False are null, false and whatever is empty; zero is true.
bool is_true(const Json& value);

// Deep equality: 1 equals 1.0, members in any order.
bool equals(const Json& left, const Json& right);

// Numbers among themselves, and strings by code point; empty for everything else.
std::optional<std::weak_ordering> order(const Json& left, const Json& right);

// "number", "string", "boolean", "array", "object" or "null".
std::string_view type_name(const Json& value);

}  // namespace azid::query
