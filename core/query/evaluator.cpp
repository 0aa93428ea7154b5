#include "core/query/evaluator.hpp"

#include "core/query/functions.hpp"
#include "core/query/jmespath.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace azid::query {
namespace {

std::size_t weight(const Json& value) {
    if (value.is_string()) return 1 + value.get_ref<const std::string&>().size() / 16;
    std::size_t sum = 1;
    if (value.is_structured())
        for (const Json& item : value) sum += weight(item);
    return sum;
}

Value view_of_member(const Json& object, const std::string& name) {
    if (!object.is_object()) return {};
    const auto member = object.find(name);
    return member == object.end() ? Value() : Value::view_of(*member);
}

// Where a slice begins or ends, as Python's slices do: negative numbers count from the end, and all are
// brought into the list.
std::int64_t slice_bound(std::int64_t wanted, std::int64_t size, bool forward) {
    if (wanted < 0) wanted = wanted < -size ? -1 : wanted + size;
    if (forward) return std::clamp<std::int64_t>(wanted, 0, size);
    return std::clamp<std::int64_t>(wanted, -1, size - 1);
}

}  // namespace

Value Evaluator::visit(const Node& node, const Json& input) {
    switch (node.kind) {
        case NodeKind::current:
            return Value::view_of(input);
        case NodeKind::literal:
            return Value::view_of(*node.literal);
        case NodeKind::field:
            return view_of_member(input, node.text);
        case NodeKind::index:
            return index(node, input);
        case NodeKind::slice:
            return slice(node, input);
        case NodeKind::chain:
        case NodeKind::index_chain:
            return chain(node, input);
        case NodeKind::projection:
        case NodeKind::filter_projection:
            return projection(node, input);
        case NodeKind::value_projection:
            return value_projection(node, input);
        case NodeKind::flatten:
            return flatten(node, input);
        case NodeKind::list:
            return multi_select_list(node, input);
        case NodeKind::hash:
            return multi_select_hash(node, input);
        case NodeKind::pair:
            return visit(node.children[0], input);
        case NodeKind::logical_or:
        case NodeKind::logical_and:
            return either(node, input);
        case NodeKind::logical_not:
            return Value(Json(!is_true(visit(node.children[0], input).json())));
        case NodeKind::equal:
        case NodeKind::not_equal:
        case NodeKind::less:
        case NodeKind::less_or_equal:
        case NodeKind::greater:
        case NodeKind::greater_or_equal:
            return comparison(node, input);
        case NodeKind::function:
            return function(node, input);
        case NodeKind::reference:
            break;
    }
    throw RuntimeError("An expression behind '&' can only be the argument of a function that takes one");
}

Value Evaluator::index(const Node& node, const Json& input) {
    if (!input.is_array()) return {};
    const std::int64_t size = static_cast<std::int64_t>(input.size());
    const std::int64_t wanted = *node.start < 0 ? *node.start + size : *node.start;
    if (wanted < 0 || wanted >= size) return {};
    return Value::view_of(input[static_cast<std::size_t>(wanted)]);
}

Value Evaluator::slice(const Node& node, const Json& input) {
    if (!input.is_array()) return {};
    const std::int64_t step = node.step.value_or(1);
    if (step == 0) throw RuntimeError("slice step cannot be zero");
    const bool forward = step > 0;
    const std::int64_t size = static_cast<std::int64_t>(input.size());
    // Outside the list in the step's direction, for bounds that are not given.
    const std::int64_t begin = node.start ? slice_bound(*node.start, size, forward) : forward ? 0 : size - 1;
    const std::int64_t end = node.stop ? slice_bound(*node.stop, size, forward) : forward ? size : -1;
    Json found = Json::array();
    for (std::int64_t at = begin; forward ? at < end : at > end;) {
        found.push_back(keep(Value::view_of(input[static_cast<std::size_t>(at)])));
        const std::int64_t left = forward ? end - at : at - end;
        if (forward ? step >= left : step <= -left) break;
        at += step;
    }
    return Value(std::move(found));
}

Value Evaluator::chain(const Node& node, const Json& input) {
    Value first = visit(node.children[0], input);
    Value then = visit(node.children[1], first.json());
    if (first.is_view() || !then.is_view()) return then;
    if (&then.json() == &first.json()) return first;
    return Value(keep(std::move(then)));
}

template <typename Use>
bool Evaluator::for_each_element(const Node& node, const Json& input, Use use) {
    // A list that is flattened only to be walked through need not be built.
    const bool flattens = node.kind == NodeKind::flatten;
    const Value list = visit(flattens ? node.children[0] : node, input);
    if (!list.json().is_array()) return false;
    for (const Json& element : list.json()) {
        if (!flattens || !element.is_array())
            use(element);
        else
            for (const Json& inner : element) use(inner);
    }
    return true;
}

Value Evaluator::projection(const Node& node, const Json& input) {
    const bool filters = node.kind == NodeKind::filter_projection;
    Json found = Json::array();
    const bool is_list = for_each_element(node.children[0], input, [&](const Json& element) {
        if (filters && !is_true(visit(node.children[2], element).json())) return;
        Value value = visit(node.children[1], element);
        if (!value.json().is_null()) found.push_back(keep(std::move(value)));
    });
    return is_list ? Value(std::move(found)) : Value();
}

Value Evaluator::value_projection(const Node& node, const Json& input) {
    const Value object = visit(node.children[0], input);
    if (!object.json().is_object()) return {};
    Json found = Json::array();
    for (const Json& member : object.json()) {
        Value value = visit(node.children[1], member);
        if (!value.json().is_null()) found.push_back(keep(std::move(value)));
    }
    return Value(std::move(found));
}

Value Evaluator::flatten(const Node& node, const Json& input) {
    Json found = Json::array();
    const bool is_list = for_each_element(
        node, input, [&](const Json& element) { found.push_back(keep(Value::view_of(element))); });
    return is_list ? Value(std::move(found)) : Value();
}

Value Evaluator::multi_select_list(const Node& node, const Json& input) {
    if (input.is_null()) return {};
    Json found = Json::array();
    for (const Node& child : node.children) found.push_back(keep(visit(child, input)));
    return Value(std::move(found));
}

Value Evaluator::multi_select_hash(const Node& node, const Json& input) {
    if (input.is_null()) return {};
    Json found = Json::object();
    for (const Node& child : node.children) found[child.text] = keep(visit(child, input));
    return Value(std::move(found));
}

Value Evaluator::either(const Node& node, const Json& input) {
    Value left = visit(node.children[0], input);
    const bool decided = is_true(left.json()) == (node.kind == NodeKind::logical_or);
    return decided ? std::move(left) : visit(node.children[1], input);
}

Value Evaluator::comparison(const Node& node, const Json& input) {
    const Value left = visit(node.children[0], input);
    const Value right = visit(node.children[1], input);
    if (node.kind == NodeKind::equal) return Value(Json(equals(left.json(), right.json())));
    if (node.kind == NodeKind::not_equal) return Value(Json(!equals(left.json(), right.json())));
    const std::optional<std::weak_ordering> found = order(left.json(), right.json());
    if (!found) return {};
    switch (node.kind) {
        case NodeKind::less:
            return Value(Json(*found < 0));
        case NodeKind::less_or_equal:
            return Value(Json(*found <= 0));
        case NodeKind::greater:
            return Value(Json(*found > 0));
        default:
            return Value(Json(*found >= 0));
    }
}

Value Evaluator::function(const Node& node, const Json& input) {
    std::vector<Argument> arguments;
    for (const Node& child : node.children) {
        if (child.kind == NodeKind::reference)
            arguments.push_back({Value(), &child.children[0]});
        else
            arguments.push_back({visit(child, input), nullptr});
    }
    Json result = call_function(node.text, arguments, *this);
    charge(weight(result));
    return Value(std::move(result));
}

Json Evaluator::keep(Value value) {
    if (value.is_view()) charge(weight(value.json()));
    return value.take();
}

void Evaluator::charge(std::size_t amount) {
    if (amount > left_) throw RuntimeError("The result of the query grows too large");
    left_ -= amount;
}

}  // namespace azid::query
