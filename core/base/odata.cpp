#include "core/base/odata.hpp"

#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace azid {

struct ODataFilter::Node {
    enum class Kind { both, either, negation, any, compare, one_of, starts, ends, holds };

    Kind kind = Kind::compare;
    std::string path;          // of the member, pieces parted by '/'
    std::string comparison;    // "eq", "ne", "gt", "ge", "lt", "le"
    std::string variable;      // of any
    std::vector<Json> values;  // what is compared with
    std::vector<Node> inner;
};

namespace {

using Node = ODataFilter::Node;
using Kind = Node::Kind;

struct Broken {};

constexpr std::array<std::string_view, 6> comparisons{"eq", "ne", "gt", "ge", "lt", "le"};

struct TextTest {
    std::string_view name;
    Kind kind;
};
constexpr TextTest text_tests[] = {{"startswith", Kind::starts},
                                   {"endswith", Kind::ends},
                                   {"contains", Kind::holds},
                                   {"substringof", Kind::holds}};

class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    Node whole() {
        Node node = alternatives();
        if (!trim(rest_).empty()) throw Broken{};
        return node;
    }

  private:
    Node alternatives() { return chain(Kind::either, "or", &Reader::conjunction); }
    Node conjunction() { return chain(Kind::both, "and", &Reader::single); }

    Node chain(Kind kind, std::string_view word, Node (Reader::*part)()) {
        Node first = (this->*part)();
        if (!takes_word(word)) return first;
        Node node;
        node.kind = kind;
        node.inner.push_back(std::move(first));
        do node.inner.push_back((this->*part)());
        while (takes_word(word));
        return node;
    }

    Node single() {
        if (++depth_ > 100) throw Broken{};
        Node node = bare_single();
        --depth_;
        return node;
    }

    Node bare_single() {
        if (takes_word("not")) {
            Node node;
            node.kind = Kind::negation;
            node.inner.push_back(single());
            return node;
        }
        if (takes('(')) {
            Node node = alternatives();
            expect(')');
            return node;
        }
        skip_blanks();
        if (rest_.starts_with('\'')) return comparison(quoted());  // Compute's clients quote the member too
        const std::string name = word();
        if (takes('(')) return call(name);
        return comparison(name);
    }

    Node call(const std::string& name) {
        Node node;
        if (name.ends_with("/any")) {
            node.kind = Kind::any;
            node.path = name.substr(0, name.size() - 4);
            node.variable = word();
            expect(':');
            node.inner.push_back(alternatives());
            expect(')');
            return node;
        }
        const TextTest* test = std::find_if(std::begin(text_tests), std::end(text_tests),
                                            [&](const TextTest& known) { return iequals(known.name, name); });
        if (test == std::end(text_tests)) throw Broken{};
        node.kind = test->kind;
        if (iequals(name,
                    "substringof")) {  // ARM's older word for contains, its arguments the other way round
            node.values.push_back(literal());
            expect(',');
            node.path = word();
        } else {
            node.path = word();
            expect(',');
            node.values.push_back(literal());
        }
        expect(')');
        if (!node.values.front().is_string()) throw Broken{};
        return node;
    }

    Node comparison(const std::string& path) {
        Node node;
        node.path = path;
        if (takes_word("in")) {
            node.kind = Kind::one_of;
            expect('(');
            do node.values.push_back(literal());
            while (takes(','));
            expect(')');
            return node;
        }
        node.comparison = lower(word());
        if (std::find(comparisons.begin(), comparisons.end(), node.comparison) == comparisons.end())
            throw Broken{};
        node.values.push_back(literal());
        return node;
    }

    Json literal() {
        skip_blanks();
        if (!rest_.empty() && rest_.front() == '\'') return quoted();
        const std::string bare = word();
        if (iequals(bare, "null")) return nullptr;
        if (iequals(bare, "true")) return true;
        if (iequals(bare, "false")) return false;
        double number = 0;
        const std::from_chars_result read = std::from_chars(bare.data(), bare.data() + bare.size(), number);
        const bool whole = read.ec == std::errc() && read.ptr == bare.data() + bare.size();
        if (whole && std::isfinite(number)) return number;  // "inf" and "nan" are words
        return bare;  // a GUID or a date, which OData writes without quotes
    }

    std::string quoted() {
        std::string out;
        for (size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] != '\'') {
                out += rest_[i];
            } else if (i + 1 < rest_.size() && rest_[i + 1] == '\'') {
                out += rest_[i++];
            } else {
                rest_.remove_prefix(i + 1);
                return out;
            }
        }
        throw Broken{};
    }

    std::string word() {
        skip_blanks();
        size_t size = 0;
        const auto belongs = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                   std::string_view("_/.-@:").find(c) != std::string_view::npos;
        };
        while (size < rest_.size() && belongs(rest_[size])) ++size;
        // "c:c eq" of any: the colon parts the variable from the condition, unless it stands inside a date.
        const std::string_view found = rest_.substr(0, size);
        const size_t colon = found.find(':');
        const bool date = !found.empty() && std::isdigit(static_cast<unsigned char>(found.front())) != 0;
        if (colon != std::string_view::npos && !date) size = colon;
        if (size == 0) throw Broken{};
        const std::string out(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return out;
    }

    bool takes(char c) {
        skip_blanks();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!takes(c)) throw Broken{};
    }
    bool takes_word(std::string_view wanted) {
        skip_blanks();
        if (!istarts_with(rest_, wanted)) return false;
        const std::string_view after = rest_.substr(wanted.size());
        if (after.empty() || (after.front() != ' ' && after.front() != '(')) return false;
        rest_ = after;
        return true;
    }
    void skip_blanks() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }

    std::string_view rest_;
    int depth_ = 0;
};

// What "any" ranges over has a name of its own besides the members of the object.
struct Scope {
    const Json& object;
    std::string_view variable = {};
    const Json* value = nullptr;
};

const Json* named(const Json& object, const std::string& name) {
    if (!object.is_object()) return nullptr;
    for (auto item = object.begin(); item != object.end(); ++item)
        if (iequals(item.key(), name)) return &item.value();
    return nullptr;
}

// Of an ARM resource the members of its properties count as its own: "virtualMachineScaleSet/id".
Json member(const Scope& scope, const std::string& path) {
    const std::vector<std::string> pieces = split(path, '/');
    const bool bound = scope.value != nullptr && pieces.front() == scope.variable;
    const Json* at = bound ? scope.value : &scope.object;
    const Json* const properties = bound ? nullptr : named(scope.object, "properties");
    if (properties != nullptr && named(*at, pieces.front()) == nullptr) at = properties;
    for (size_t i = bound ? 1 : 0; i < pieces.size() && at != nullptr; ++i) at = named(*at, pieces[i]);
    return at == nullptr ? Json() : *at;
}

int order(const Json& left, const Json& right) {
    if (left.is_string() && right.is_string()) {
        const std::string a = lower(left.get<std::string>());
        const std::string b = lower(right.get<std::string>());
        return a.compare(b);
    }
    if (left == right) return 0;
    return left < right ? -1 : 1;
}

bool holds(const std::string& comparison, const Json& left, const Json& right) {
    if (comparison == "eq") return order(left, right) == 0;
    if (comparison == "ne") return order(left, right) != 0;
    if (left.is_null() || right.is_null()) return false;
    const int difference = order(left, right);
    if (comparison == "gt") return difference > 0;
    if (comparison == "ge") return difference >= 0;
    if (comparison == "lt") return difference < 0;
    return difference <= 0;
}

bool text_test(Kind kind, const Json& value, const std::string& wanted) {
    if (!value.is_string()) return false;
    const std::string text = lower(value.get<std::string>());
    const std::string part = lower(wanted);
    if (kind == Kind::starts) return text.starts_with(part);
    if (kind == Kind::ends) return text.ends_with(part);
    return text.find(part) != std::string::npos;
}

bool passes(const Node& node, const Scope& scope) {
    const auto inner_passes = [&](const Node& inner) { return passes(inner, scope); };
    switch (node.kind) {
        case Kind::both:
            return std::all_of(node.inner.begin(), node.inner.end(), inner_passes);
        case Kind::either:
            return std::any_of(node.inner.begin(), node.inner.end(), inner_passes);
        case Kind::negation:
            return !passes(node.inner.front(), scope);
        case Kind::any: {
            const Json list = member(scope, node.path);
            if (!list.is_array()) return false;
            return std::any_of(list.begin(), list.end(), [&](const Json& item) {
                return passes(node.inner.front(), {scope.object, node.variable, &item});
            });
        }
        case Kind::one_of: {
            const Json value = member(scope, node.path);
            return std::any_of(node.values.begin(), node.values.end(),
                               [&](const Json& wanted) { return order(value, wanted) == 0; });
        }
        case Kind::compare:
            return holds(node.comparison, member(scope, node.path), node.values.front());
        case Kind::starts:
        case Kind::ends:
        case Kind::holds:
            return text_test(node.kind, member(scope, node.path), node.values.front().get<std::string>());
    }
    return false;
}

}  // namespace

std::optional<ODataFilter> ODataFilter::parse(std::string_view text) {
    try {
        return ODataFilter(std::make_shared<const Node>(Reader(text).whole()));
    } catch (const Broken&) {
        return {};
    }
}

bool ODataFilter::matches(const Json& object) const { return passes(*root_, {object}); }

}  // namespace azid
