// Conditions on role assignments (Azure ABAC, version 2.0): read once, then asked about one request at a
// time.
#pragma once

#include "core/base/text.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

namespace condition {
struct Node;
}

// What a request brings with it, by the source that a condition names. Attribute names compare without case;
// a name may stand twice with different case where Azure keeps both (tag keys).
struct Attributes {
    using Source = std::multimap<std::string, std::vector<std::string>, ILess>;
    Source principal;
    Source resource;
    Source request;
    Source environment;
    std::string sub_operation;  // such as "Blob.List"; empty when the action has none
};

class Condition {
  public:
    // Throws Error (fault::invalid_condition) saying what is wrong and where when the text is no condition or
    // is longer than 8 KB.
    static Condition parse(std::string_view text);

    // Whether it is true of this action with these attributes. A comparison with an attribute that the
    // request does not have is false.
    bool holds(std::string_view action, const Attributes& attributes) const;

    Condition(const Condition&) = default;
    Condition(Condition&&) noexcept = default;
    Condition& operator=(const Condition&) = default;
    Condition& operator=(Condition&&) noexcept = default;
    ~Condition();

  private:
    explicit Condition(std::shared_ptr<const condition::Node> root);
    std::shared_ptr<const condition::Node> root_;  // shared because conditions never change
};

// The only version Azure takes today.
inline constexpr std::string_view condition_version = "2.0";
inline constexpr std::size_t longest_condition = 8 * 1024;

}  // namespace azid::rbac
