#include "core/arm/templates/expand.hpp"

#include "core/arm/resource_id.hpp"
#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/functions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

namespace {

constexpr std::int64_t most_copies = 800;  // Resource Manager's limit
constexpr int deepest = 5;                 // children of children
constexpr std::string_view nested_type = "Microsoft.Resources/deployments";

// The members that speak to the deployment, not to the resource's service.
constexpr std::string_view own_members[] = {"type",      "name",     "apiVersion",    "dependsOn",
                                            "condition", "copy",     "resources",     "scope",
                                            "comments",  "existing", "resourceGroup", "subscriptionId"};

std::string quoted(const Source& source, std::string_view part, std::string_view name) {
    return fmt::format("The template resource '{}'{}", name, source.at(part));
}

class Expander {
  public:
    Expander(Frame& frame, const Source& source) : frame_(frame), source_(source) {}

    std::vector<Item> run() {
        const Json& resources = source_.document->at("resources");
        if (resources.is_object()) {
            for (const auto& [symbol, resource] : resources.items())
                add(resource, fmt::format("resources.{}", symbol), symbol, nullptr, 0);
        } else {
            for (std::size_t i = 0; i < resources.size(); ++i)
                add(resources[i], fmt::format("resources[{}]", i), "", nullptr, 0);
        }
        refuse_duplicates();
        for (const Item& item : items_) {
            frame_.resources.emplace(item.name, item.id);
            if (!item.symbol.empty()) frame_.resources.emplace(item.symbol, item.id);
        }
        for (Item& item : items_) find_needs(item);
        return std::move(items_);
    }

  private:
    template <class Work>
    auto blamed(const Item& item, const Work& work) {
        return blaming(source_, item.part, quoted(source_, item.part, item.name), work);
    }

    std::string text(const Json& resource, const char* member, const Item& item) {
        const auto found = resource.find(member);
        if (found == resource.end() || found->is_null()) return {};
        const Json value = blamed(item, [&] { return resolved_at_once(frame_, *found); });
        if (!value.is_string())
            throw violation(source_, item.part,
                            fmt::format("{} is not valid: its '{}' is no string. Please see "
                                        "https://aka.ms/arm-syntax-resources for usage details",
                                        quoted(source_, item.part, item.name), member));
        return value.get<std::string>();
    }

    void add(const Json& resource, const std::string& part, const std::string& symbol, const Item* parent,
             int depth) {
        Item item;
        item.part = part;
        item.symbol = symbol;
        item.name = text_at(resource, "name");
        if (!resource.is_object() || text_at(resource, "type").empty() || item.name.empty())
            throw violation(source_, part,
                            fmt::format("{} is not valid: its type or its name is missing. Please see "
                                        "https://aka.ms/arm-syntax-resources for usage details",
                                        quoted(source_, part, item.name)));
        item.body = std::make_shared<const Json>(resource);
        blamed(item, [&] { check_expressions(frame_, without_nested(resource)); });
        const auto copy = resource.find("copy");
        if (copy == resource.end() || !copy->is_object()) {
            add_one(resource, item, parent, depth);
            return;
        }
        const std::string loop = text_at(*copy, "name");
        item.symbol = symbol.empty() ? loop : symbol;
        const std::int64_t count = count_of(*copy, item);
        frame_.loops.push_back({loop, 0});
        for (std::int64_t i = 0; i < count; ++i) {
            frame_.loops.back().index = i;
            add_one(resource, item, parent, depth);
        }
        frame_.loops.pop_back();
    }

    // A nested template of its own scope is checked when its turn comes; children are added by themselves.
    static Json without_nested(const Json& resource) {
        Json shown = resource;
        shown.erase("resources");
        if (iequals(text_at(resource, "type"), nested_type) && shown.contains("properties"))
            shown["properties"].erase("template");
        return shown;
    }

    std::int64_t count_of(const Json& copy, const Item& item) {
        const auto found = copy.find("count");
        const Json count =
            found == copy.end() ? Json() : blamed(item, [&] { return resolved_at_once(frame_, *found); });
        if (count.is_number_integer() && count >= 0 && count <= most_copies) return count.get<std::int64_t>();
        throw violation(
            source_, item.part,
            fmt::format("{} is not valid: The copy count must be a non-negative integer value and "
                        "cannot exceed '{}'. Please see https://aka.ms/arm-copy for usage details",
                        quoted(source_, item.part, item.name), most_copies));
    }

    bool condition_of(const Json& resource, const Item& item) {
        const auto found = resource.find("condition");
        if (found == resource.end()) return true;
        const Json value = blamed(item, [&] { return resolved_at_once(frame_, *found); });
        if (value.is_boolean()) return value.get<bool>();
        if (value.is_string() && iequals(value.get<std::string>(), "true")) return true;
        if (value.is_string() && iequals(value.get<std::string>(), "false")) return false;
        throw violation(source_, item.part,
                        fmt::format("{} is not valid: The value of 'condition' must be a boolean. Please see "
                                    "https://aka.ms/arm-syntax-resources for usage details",
                                    quoted(source_, item.part, item.name)));
    }

    void add_one(const Json& resource, Item item, const Item* parent, int depth) {
        item.loops = frame_.loops;
        item.name = text(resource, "name", item);
        item.type = text(resource, "type", item);
        item.api_version = text(resource, "apiVersion", item);
        item.location = text(resource, "location", item);
        item.wanted = condition_of(resource, item) && (parent == nullptr || parent->wanted);
        item.existing = resource.value("existing", Json(false)) == true;
        if (parent != nullptr && !istarts_with(item.type, parent->type + "/")) {
            item.type = parent->type + "/" + item.type;
            item.name = parent->name + "/" + item.name;
        }
        if (item.api_version.empty())
            throw violation(source_, item.part,
                            fmt::format("{} is not valid: its apiVersion is missing. Please see "
                                        "https://aka.ms/arm-syntax-resources for usage details",
                                        quoted(source_, item.part, item.name)));
        place(resource, item);
        items_.push_back(item);
        const auto children = resource.find("resources");
        if (children == resource.end() || depth >= deepest) return;
        if (children->is_object()) {
            for (const auto& [symbol, child] : children->items())
                add(child, fmt::format("{}.resources.{}", item.part, symbol), symbol, &item, depth + 1);
        } else {
            for (std::size_t i = 0; i < children->size(); ++i)
                add((*children)[i], fmt::format("{}.resources[{}]", item.part, i), "", &item, depth + 1);
        }
    }

    // Where the resource stands, and by that its id. "providers" among the types is an extension of what
    // stands before it, whose namespace is among the names.
    void place(const Json& resource, Item& item) {
        item.place = frame_.place;
        if (const std::string other = text(resource, "subscriptionId", item); !other.empty()) {
            item.place.subscription = other;
            item.place.group.clear();
        }
        if (const std::string other = text(resource, "resourceGroup", item); !other.empty())
            item.place.group = other;
        const std::vector<std::string> types = split(item.type, '/');
        const std::vector<std::string> names = split(item.name, '/');
        if (types.size() != names.size() + 1) refuse_segments(item);
        if (iequals(item.type, "Microsoft.Resources/resourceGroups")) {
            item.id = group_scope(item.place.subscription, item.name);
            return;
        }
        item.id = scope_of(resource, item) + "/providers/" + types.front();
        std::string type = types.front();
        std::string name;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (iequals(types[i + 1], "providers")) {
                item.id += "/providers/" + names[i];
                type = names[i];
                name.clear();
                continue;
            }
            item.id += fmt::format("/{}/{}", types[i + 1], names[i]);
            type += "/" + types[i + 1];
            name += (name.empty() ? "" : "/") + names[i];
        }
        item.type = type;
        item.name = name;
        item.place.name = item.name;
    }

    std::string scope_of(const Json& resource, const Item& item) {
        std::string scope = text(resource, "scope", item);
        // az's own templates put a role assignment's scope among its properties.
        const Json* older = find(resource, "properties.scope");
        if (scope.empty() && older != nullptr && istarts_with(item.type, "Microsoft.Authorization/")) {
            const Json value = blamed(item, [&] { return resolved_at_once(frame_, *older); });
            if (value.is_string()) scope = value.get<std::string>();
        }
        while (scope.ends_with('/')) scope.pop_back();
        if (scope.empty() && resource.contains("scope")) return "";  // "/": the tenant
        if (scope.empty()) return item.place.scope();
        return scope.starts_with('/') ? scope : item.place.scope() + "/providers/" + scope;
    }

    [[noreturn]] void refuse_segments(const Item& item) const {
        throw violation(
            source_, item.part,
            fmt::format("The template resource '{}' for type '{}'{} has incorrect segment lengths. A "
                        "nested resource type must have identical number of segments as its resource "
                        "name. A root resource type must have segment length one greater than its "
                        "resource name. Please see https://aka.ms/arm-syntax-resources for usage "
                        "details",
                        item.name, item.type, source_.at(item.part)));
    }

    void refuse_duplicates() const {
        std::map<std::string, const Item*, ILess> seen;
        for (const Item& item : items_) {
            if (item.existing || !item.wanted) continue;
            if (seen.emplace(item.id, &item).second) continue;
            throw violation(
                source_, item.part,
                fmt::format("The resource '{}/{}'{} is defined multiple times in a template. Please see "
                            "https://aka.ms/arm-syntax-resources for usage details",
                            item.type, item.name, source_.at(item.part)));
        }
    }

    // Of an entry of "dependsOn": an id, "type/name", a name, a symbol, a copy loop.
    static bool names(const std::string& need, const Item& item) {
        if (iequals(need, item.id) || iequals(need, item.type + "/" + item.name) ||
            iequals(need, item.name) || (!item.symbol.empty() && iequals(need, item.symbol)))
            return true;
        // As resourceId() makes it of a deployment in another group, and of a group.
        return need.starts_with('/') && istarts_with(item.type, "Microsoft.Resources/") &&
               lower(need).ends_with(lower("/providers/" + item.type + "/" + item.name));
    }

    void find_needs(Item& item) {
        frame_.loops = item.loops;
        const auto listed = item.body->find("dependsOn");
        if (listed != item.body->end() && !item.existing) {
            const Json needs = blamed(item, [&] { return resolved_at_once(frame_, *listed); });
            if (needs.is_array())
                for (const Json& need : needs)
                    if (need.is_string()) add_needed(item, need.get<std::string>());
        }
        if (const auto above = parent_id(item); !above.empty()) need_id(item, above);
        find_asked(item, without_nested(*item.body));
        frame_.loops.clear();
    }

    // A child in the list of its parent needs it, listed or not.
    std::string parent_id(const Item& item) const {
        const std::size_t at = item.part.rfind(".resources");
        if (at == std::string::npos) return {};
        for (const Item& other : items_)
            if (other.part == item.part.substr(0, at) && istarts_with(item.id, other.id + "/"))
                return other.id;
        return {};
    }

    void add_needed(Item& item, const std::string& need) {
        bool found = false;
        for (const Item& other : items_) {
            if (!names(need, other) || &other == &item) continue;
            found = true;
            need_id(item, other.id);
        }
        // A loop that runs no times has no resources.
        if (found || iequals(need, item.symbol) || is_empty_loop(need)) return;
        const std::size_t provider = need.rfind("/providers/");
        throw violation(source_, item.part,
                        fmt::format("The resource '{}' is not defined in the template. Please see "
                                    "https://aka.ms/arm-syntax for usage details",
                                    provider == std::string::npos ? need : need.substr(provider + 11)));
    }

    bool is_empty_loop(const std::string& need) const {
        const Json& resources = source_.document->at("resources");
        return std::any_of(resources.begin(), resources.end(), [&](const Json& resource) {
            const Json* name = find(resource, "copy.name");
            return name != nullptr && name->is_string() && iequals(name->get<std::string>(), need);
        });
    }

    void need_id(Item& item, const std::string& id) {
        const auto found = std::find_if(items_.begin(), items_.end(),
                                        [&](const Item& other) { return iequals(other.id, id); });
        if (found == items_.end() || !found->wanted || found->existing || iequals(item.id, id)) return;
        if (std::none_of(item.needs.begin(), item.needs.end(),
                         [&](const std::string& known) { return iequals(known, id); }))
            item.needs.push_back(found->id);
    }

    // Whoever is asked about is needed too.
    void find_asked(Item& item, const Json& value) {
        if (value.is_string()) {
            const std::string& text = value.get_ref<const std::string&>();
            if (is_expression(text)) find_asked(item, parse_expression(text));
        } else if (value.is_structured()) {
            for (const Json& member : value) find_asked(item, member);
        }
    }

    void find_asked(Item& item, const Expression& expression) {
        for (const Expression& part : expression.parts) find_asked(item, part);
        if (expression.kind != Expression::Kind::call || !is_asking(expression.text) ||
            expression.parts.empty())
            return;
        try {
            const Json about = evaluate(frame_, expression.parts.front());
            if (!about.is_string()) return;
            for (const Item& other : items_)
                if (names(about.get<std::string>(), other)) need_id(item, other.id);
        } catch (const Error&) {
            // What it asks about shows only later, inside a loop or from another answer: the order is the
            // template's to give then.
        }
    }

    Frame& frame_;
    const Source& source_;
    std::vector<Item> items_;
};

}  // namespace

std::vector<Item> expand(Frame& frame, const Source& source) { return Expander(frame, source).run(); }

std::vector<const Item*> in_order(const Source& source, const std::vector<Item>& items) {
    std::vector<const Item*> ordered;
    std::vector<const Item*> waiting;
    for (const Item& item : items)
        if (item.wanted && !item.existing) waiting.push_back(&item);
    const auto is_waiting = [&](const std::string& id) {
        return std::any_of(waiting.begin(), waiting.end(),
                           [&](const Item* other) { return iequals(other->id, id); });
    };
    while (!waiting.empty()) {
        const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const Item* item) {
            return std::none_of(item->needs.begin(), item->needs.end(), is_waiting);
        });
        if (ready == waiting.end())
            throw violation(source, waiting.front()->part,
                            fmt::format("Circular dependency detected on resource: '{}'. Please see "
                                        "https://aka.ms/arm-syntax-resources for usage details",
                                        waiting.front()->id));
        ordered.push_back(*ready);
        waiting.erase(ready);
    }
    return ordered;
}

Json body_of(const Frame& frame, const Source& source, const Item& item) {
    Frame own = frame;
    own.loops = item.loops;
    Json body = Json::object();
    for (const auto& entry : item.body->items()) {
        const std::string& key = entry.key();
        if (std::none_of(std::begin(own_members), std::end(own_members),
                         [&](std::string_view member) { return iequals(member, key); }))
            body[key] = entry.value();
    }
    try {
        return resolved(own, body);
    } catch (const Error& error) {
        if (error.fault().code != fault::invalid_template.code) throw;
        const Position where = source.position(item.part);
        throw Error(
            fault::invalid_template,
            fmt::format("Unable to process template language expressions for resource '{}' at line '{}' "
                        "and column '{}'. '{}'",
                        item.id, where.line, where.column, error.message()));
    }
}

}  // namespace azid::arm::templates
