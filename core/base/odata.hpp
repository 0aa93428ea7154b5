// OData's $filter, as far as the clients of Microsoft Graph and Azure Resource Manager use it: comparisons,
// and, or, not, in, startswith, endswith, contains, any. Texts compare without case, as both services do.
#pragma once

#include "core/base/json.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace azid {

class ODataFilter {
  public:
    struct Node;

    // Empty when the text is no filter, or uses what is not modelled.
    static std::optional<ODataFilter> parse(std::string_view text);

    // Whether the object passes. A member that is absent counts as null.
    bool matches(const Json& object) const;

  private:
    explicit ODataFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
    std::shared_ptr<const Node> root_;
};

}  // namespace azid
