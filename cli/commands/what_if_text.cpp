#include "cli/commands/what_if_text.hpp"

#include "core/arm/resource_id.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace azid::commands {

namespace {

// The kinds of change in the order of az's page. Those of properties share their names with those of
// resources.
struct Kind {
    std::string_view name;
    std::string_view title;
    char symbol;
    std::string_view count;  // "2 to create"
};
constexpr Kind kinds[] = {
    {"Delete", "Delete", '-', "to delete"},     {"Create", "Create", '+', "to create"},
    {"Deploy", "Deploy", '!', "to deploy"},     {"Modify", "Modify", '~', "to modify"},
    {"NoChange", "Nochange", '=', "no change"}, {"Unsupported", "Unsupported", 'x', "unsupported"},
    {"Ignore", "Ignore", '*', "to ignore"},     {"NoEffect", "Noeffect", 'x', "no effect"},
};

// A change inside an array counts as one of a property.
std::size_t weight(std::string_view name) {
    if (name == "Array") name = "Modify";
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        if (kinds[i].name == name) return i;
    return std::size(kinds) - 1;
}

bool is_full_object(const Json& value) { return value.is_object() && !value.empty(); }
bool is_full_array(const Json& value) { return value.is_array() && !value.empty(); }
bool is_leaf(const Json& value) { return !is_full_object(value) && !is_full_array(value); }

struct Place {
    std::string scope;
    std::string name;
};

Place place_of(const std::string& id) {
    const std::string group = arm::group_of(id);
    const std::string subscription = "/subscriptions/" + lower(arm::subscription_of(id));
    const std::size_t provider = lower(id).find("/providers/");
    if (provider == std::string::npos) return {subscription, "resourceGroups/" + group};
    if (arm::subscription_of(id).empty()) return {"/", id.substr(provider + 11)};
    return {group.empty() ? subscription : subscription + "/resourceGroups/" + group,
            id.substr(provider + 11)};
}

class Page {
  public:
    std::string text(const Json& changes) {
        out_ =
            "Note: The result may contain false positive predictions (noise).\n"
            "You can help us improve the accuracy of the result by opening an issue here: "
            "https://aka.ms/WhatIfIssues\n\n";
        if (!changes.empty()) {
            legend(changes);
            resources(changes);
        }
        out_ += "\nResource changes: " + totals(changes) + ".";
        return out_;
    }

  private:
    void indent(std::size_t level) { out_.append(level * 2, ' '); }

    static void gather(const Json& properties, std::set<std::size_t>& found) {
        if (!properties.is_array()) return;
        for (const Json& change : properties) {
            found.insert(weight(text_at(change, "propertyChangeType")));
            gather(change.value("children", Json()), found);
        }
    }

    void legend(const Json& changes) {
        std::set<std::size_t> found;
        for (const Json& change : changes) {
            found.insert(weight(text_at(change, "changeType")));
            gather(change.value("delta", Json()), found);
        }
        out_ += "Resource and property changes are indicated with ";
        out_ += found.size() == 1 ? "this symbol:\n" : "these symbols:\n";
        for (const std::size_t kind : found)
            out_ += fmt::format("  {} {}\n", kinds[kind].symbol, kinds[kind].title);
    }

    static std::string totals(const Json& changes) {
        std::map<std::size_t, int> counts;
        for (const Json& change : changes) ++counts[weight(text_at(change, "changeType"))];
        std::vector<std::string> texts;
        for (const auto& [kind, count] : counts)
            texts.push_back(fmt::format("{} {}", count, kinds[kind].count));
        return texts.empty() ? "no change" : join(texts, ", ");
    }

    void resources(const Json& changes) {
        std::map<std::string, std::vector<const Json*>, ILess> scopes;
        for (const Json& change : changes)
            scopes[place_of(text_at(change, "resourceId")).scope].push_back(&change);
        out_ += "\nThe deployment will update the following ";
        out_ += scopes.size() == 1 ? "scope:\n" : "scopes:\n";
        for (auto& [scope, inside] : scopes) {
            out_ += fmt::format("\nScope: {}\n", scope);
            const auto key = [](const Json* change) {
                return std::pair(weight(text_at(*change, "changeType")),
                                 place_of(text_at(*change, "resourceId")).name);
            };
            std::sort(inside.begin(), inside.end(),
                      [&](const Json* left, const Json* right) { return key(left) < key(right); });
            for (const Json* change : inside) resource(*change, change == inside.back());
        }
    }

    void resource(const Json& change, bool is_last) {
        const std::string kind = text_at(change, "changeType");
        const Json before = change.value("before", Json());
        const Json after = change.value("after", Json());
        out_ += fmt::format("\n  {} {}", kinds[weight(kind)].symbol,
                            place_of(text_at(change, "resourceId")).name);
        const std::string version = text_at(before.is_object() ? before : after, "apiVersion");
        if (!version.empty()) out_ += fmt::format(" [{}]", version);
        const Json delta = change.value("delta", Json());
        if (kind == "Create" && is_full_object(after)) {
            json(after, "", 0, 2);
        } else if (kind == "Delete" && is_full_object(before)) {
            json(before, "", 0, 2);
        } else if (is_full_array(delta)) {
            out_ += "\n";
            properties(sorted(delta, false), 2);
        } else if (is_last) {
            out_ += "\n";
        }
    }

    static std::vector<Json> sorted(const Json& changes, bool by_number) {
        std::vector<Json> list(changes.begin(), changes.end());
        std::stable_sort(list.begin(), list.end(), [&](const Json& left, const Json& right) {
            const std::size_t left_weight = weight(text_at(left, "propertyChangeType"));
            const std::size_t right_weight = weight(text_at(right, "propertyChangeType"));
            const std::string left_path = text_at(left, "path");
            const std::string right_path = text_at(right, "path");
            if (by_number)
                return std::pair(std::stoi(left_path), left_weight) <
                       std::pair(std::stoi(right_path), right_weight);
            return std::pair(left_weight, left_path) < std::pair(right_weight, right_path);
        });
        return list;
    }

    void properties(const std::vector<Json>& changes, std::size_t level) {
        std::size_t longest = 0;
        for (const Json& change : changes) {
            const std::string kind = text_at(change, "propertyChangeType");
            const bool counts = kind == "Create" ? is_leaf(change.value("after", Json()))
                                : kind == "Delete" || kind == "Modify"
                                    ? is_leaf(change.value("before", Json()))
                                    : !is_full_array(change.value("children", Json()));
            if (counts) longest = std::max(longest, text_at(change, "path").size());
        }
        for (const Json& change : changes) {
            property(change, longest, level);
            out_ += "\n";
        }
    }

    void property(const Json& change, std::size_t longest, std::size_t level) {
        const std::string kind = text_at(change, "propertyChangeType");
        const Json before = change.value("before", Json());
        const Json after = change.value("after", Json());
        const Json children = change.value("children", Json());
        const Json& value = kind == "Create" || kind == "NoEffect" ? after
                            : kind == "Array"                      ? children
                                                                   : before;
        property_path(change, value, longest, level);
        if (kind == "Array")
            array_changes(children, text_at(change, "path").empty() ? level : level + 1);
        else if (kind == "Modify")
            modified(before, after, children, level + 1);
        else
            json(value, "", 0, level + 1);
    }

    void property_path(const Json& change, const Json& value, std::size_t longest, std::size_t level) {
        const std::string path = text_at(change, "path");
        if (path.empty()) return;
        const std::string kind = text_at(change, "propertyChangeType");
        const bool has_children = kind == "Modify" && is_full_array(change.value("children", Json()));
        std::size_t padding = longest >= path.size() ? longest - path.size() + 1 : 1;
        if (is_full_array(value)) padding = 1;
        if (is_full_object(value) || has_children) padding = 0;
        indent(level);
        out_ += fmt::format("{} {}:{}", kinds[weight(kind)].symbol, path, std::string(padding, ' '));
    }

    void modified(const Json& before, const Json& after, const Json& children, std::size_t level) {
        if (is_full_array(children)) {
            out_ += "\n\n";
            properties(sorted(children, false), level);
            return;
        }
        json(before, "", 0, level);
        if (is_full_object(before)) {
            out_ += "\n";
            indent(level);
        } else {
            out_ += " ";
        }
        out_ += is_full_object(after) ? "=>" : "=> ";
        json(after, "", 0, level);
        if (!is_leaf(before) && is_leaf(after)) out_ += "\n";
    }

    void array_changes(const Json& children, std::size_t level) {
        if (!is_full_array(children)) {
            out_ += "[]\n";
            return;
        }
        out_ += "[\n";
        properties(sorted(children, true), level);
        indent(level);
        out_ += "]";
    }

    void path(const std::string& name, std::size_t padding, std::size_t level) {
        if (name.empty()) return;
        indent(level);
        out_ += name + ":" + std::string(padding, ' ');
    }

    void json(const Json& value, const std::string& name, std::size_t longest, std::size_t level) {
        if (is_leaf(value)) {
            path(name, longest >= name.size() ? longest - name.size() + 1 : 1, level);
            out_ += value.is_string() ? "\"" + value.get<std::string>() + "\"" : compact(value);
        } else if (value.is_array()) {
            path(name, 1, level);
            array(value, level);
        } else {
            object(value, name, longest, level);
        }
    }

    void array(const Json& value, std::size_t level) {
        out_ += "[\n";
        std::size_t last_leaf = 0;
        for (std::size_t i = 0; i < value.size(); ++i)
            if (is_leaf(value[i])) last_leaf = i;
        const std::size_t longest = std::to_string(last_leaf).size();
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (is_full_object(value[i])) {
                path(std::to_string(i), 0, level + 1);
                object(value[i], "", 0, level + 1);
            } else {
                json(value[i], std::to_string(i), longest, level + 1);
            }
            out_ += "\n";
        }
        indent(level);
        out_ += "]";
    }

    void object(const Json& value, const std::string& name, std::size_t longest, std::size_t level) {
        if (name.empty()) {
            out_ += "\n\n";
            longest = longest_path(value);
            ++level;
        }
        for (const auto& [key, member] : value.items()) {
            json(member, name.empty() ? key : name + "." + key, longest, level);
            if (!is_full_object(member)) out_ += "\n";
        }
    }

    static std::size_t longest_path(const Json& object) {
        std::size_t longest = 0;
        for (const auto& [key, member] : object.items()) {
            if (is_full_array(member)) continue;
            const std::size_t below = is_full_object(member) ? 1 + longest_path(member) : 0;
            longest = std::max(longest, key.size() + below);
        }
        return longest;
    }

    std::string out_;
};

}  // namespace

std::string what_if_text(const Json& changes) { return Page().text(changes); }

}  // namespace azid::commands
