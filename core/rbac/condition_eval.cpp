#include "core/base/text.hpp"
#include "core/rbac/action.hpp"
#include "core/rbac/condition.hpp"
#include "core/rbac/condition_tree.hpp"

#include <algorithm>

namespace azid::rbac {

namespace condition { namespace {

using Values = std::vector<std::string>;

class Evaluation {
  public:
    Evaluation(std::string_view action, const Attributes& attributes)
        : action_(action), attributes_(attributes) {}

    bool holds(const Node& node) const {
        const auto true_of = [this](const Node& child) { return holds(child); };
        switch (node.kind) {
            case Node::Kind::all:
                return std::all_of(node.children.begin(), node.children.end(), true_of);
            case Node::Kind::any:
                return std::any_of(node.children.begin(), node.children.end(), true_of);
            case Node::Kind::negation:
                return !holds(node.children.front());
            case Node::Kind::exists:
                return values_of(node.left) != nullptr;
            case Node::Kind::action_matches:
                return matching_pattern(node.patterns, action_) != nullptr;
            case Node::Kind::sub_operation_matches:
                return !attributes_.sub_operation.empty() &&
                       matching_pattern(node.patterns, attributes_.sub_operation) != nullptr;
            case Node::Kind::comparison:
                break;
        }
        return comparison(node);
    }

  private:
    const Attributes::Source& source_of(Source source) const {
        switch (source) {
            case Source::principal:
                return attributes_.principal;
            case Source::request:
                return attributes_.request;
            case Source::environment:
                return attributes_.environment;
            case Source::resource:
                break;
        }
        return attributes_.resource;
    }

    // Null when the request does not have the attribute.
    const Values* values_of(const Operand& operand) const {
        if (!operand.is_attribute) return &operand.values;
        const Attributes::Source& source = source_of(operand.source);
        const auto [first, last] = source.equal_range(operand.attribute);
        const std::string_view key = key_of(operand.attribute);
        for (auto at = first; at != last; ++at)
            if (!operand.key_is_case_sensitive || key_of(at->first) == key) return &at->second;
        return nullptr;
    }

    static std::string_view key_of(std::string_view attribute) {
        const size_t colon = attribute.rfind(':');
        return colon == std::string_view::npos ? attribute : attribute.substr(colon + 1);
    }

    bool comparison(const Node& node) const {
        const Values* left = values_of(node.left);
        const Values* right = values_of(node.right);
        if (left == nullptr || right == nullptr) return false;
        // Without a quantifier one value is compared with one; of several, some must be equal and none may be
        // unequal.
        Quantifier quantifier = node.quantifier;
        if (quantifier == Quantifier::none)
            quantifier = node.how->negated ? Quantifier::all_of_all : Quantifier::any_of_any;
        const bool all_left = quantifier == Quantifier::all_of_any || quantifier == Quantifier::all_of_all;
        const bool all_right = quantifier == Quantifier::any_of_all || quantifier == Quantifier::all_of_all;
        const auto satisfies = [&](const std::string& value) {
            const auto against = [&](const std::string& other) { return compares(*node.how, value, other); };
            return all_right ? std::all_of(right->begin(), right->end(), against)
                             : std::any_of(right->begin(), right->end(), against);
        };
        return all_left ? std::all_of(left->begin(), left->end(), satisfies)
                        : std::any_of(left->begin(), left->end(), satisfies);
    }

    std::string_view action_;
    const Attributes& attributes_;
};

}}  // namespace condition

bool Condition::holds(std::string_view action, const Attributes& attributes) const {
    return condition::Evaluation(action, attributes).holds(*root_);
}

}  // namespace azid::rbac
