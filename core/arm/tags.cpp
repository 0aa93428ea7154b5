#include "core/arm/tags.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/scopes.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

constexpr std::string_view type_name = "Microsoft.Resources/tags";
constexpr std::size_t most_tags = 50;

void authorise(Session& session, std::string_view verb, std::string_view scope) {
    rbac::authorise(session, fmt::format("{}/{}", type_name, verb), scope);
}

Json parsed(const std::string& tags) { return tags.empty() ? Json::object() : Json::parse(tags); }

// The tags of whatever is at the scope, read or written.
Json tags_at(Session& session, const std::string& scope) {
    if (const std::optional<ResourceId> id = ResourceId::parse(scope))
        return parsed(require_resource(session, *id).tags);
    const std::string group = group_of(scope);
    const std::string subscription = subscription_of(scope);
    return parsed(group.empty() ? require_subscription(session, subscription).tags
                                : require_group(session, subscription, group).tags);
}

void keep(Session& session, const std::string& scope, const Json& tags) {
    const std::string text = compact(tags);
    if (const std::optional<ResourceId> id = ResourceId::parse(scope)) {
        Resource resource = require_resource(session, *id);
        resource.tags = text;
        resource.changed = session.now;
        session.arm.save(resource);
    } else if (const std::string group = group_of(scope); !group.empty()) {
        Group changed = require_group(session, subscription_of(scope), group);
        changed.tags = text;
        session.arm.save(changed);
    } else {
        Subscription changed = require_subscription(session, subscription_of(scope));
        changed.tags = text;
        session.arm.save(changed);
    }
    session.note("arm", "tags changed", scope);
}

Json wire(std::string_view scope, const Json& tags) {
    return {{"id", fmt::format("{}/providers/{}/default", scope, type_name)},
            {"name", "default"},
            {"type", type_name},
            {"properties", {{"tags", tags}}}};
}

Json given(const Json& body) {
    const Json* tags = find(body, "properties.tags");
    if (tags == nullptr || !tags->is_object())
        throw Error(fault::invalid_request_content,
                    "The request content was invalid and could not be deserialized: 'The member "
                    "properties.tags must be an object.'.");
    return *tags;
}

// Tag names compare without case; the one that is there keeps its spelling.
auto same_name(Json& tags, const std::string& name) {
    for (auto tag = tags.begin(); tag != tags.end(); ++tag)
        if (iequals(tag.key(), name)) return tag;
    return tags.end();
}

void merge(Json& tags, const Json& more) {
    for (const auto& [name, value] : more.items()) {
        const auto there = same_name(tags, name);
        if (there == tags.end())
            tags[name] = value;
        else
            *there = value;
    }
}

void take_away(Json& tags, const Json& less) {
    for (const auto& [name, value] : less.items()) {
        const auto there = same_name(tags, name);
        const bool any_value = value.is_null() || (value.is_string() && value.get<std::string>().empty());
        if (there != tags.end() && (any_value || *there == value)) tags.erase(there);
    }
}

void check_count(const Json& tags) {
    if (tags.size() <= most_tags) return;
    throw Error(fault::bad_request,
                fmt::format("The number of tags, {}, is above the limit of {}.", tags.size(), most_tags));
}

Json count_of(int count) { return {{"type", "Total"}, {"value", count}}; }

// How often each name and each of its values is used or, with a count of nothing, offered. Both in the order
// of coming up.
struct Usage {
    std::string name;
    int count = 0;
    std::vector<std::pair<std::string, int>> values;
};

Usage& usage_of(std::vector<Usage>& all, const std::string& name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Usage& one) { return iequals(one.name, name); });
    if (found != all.end()) return *found;
    all.push_back({name, 0, {}});
    return all.back();
}

int& value_of(Usage& usage, const std::string& value) {
    for (auto& [known, count] : usage.values)
        if (known == value) return count;
    return usage.values.emplace_back(value, 0).second;
}

void add_used(std::vector<Usage>& all, const std::string& tags) {
    const Json borne = parsed(tags);
    for (const auto& [name, value] : borne.items()) {
        Usage& usage = usage_of(all, name);
        ++usage.count;
        ++value_of(usage, value.is_string() ? value.get<std::string>() : compact(value));
    }
}

Json wire(std::string_view base, const Usage& usage) {
    const std::string id = fmt::format("{}/tagNames/{}", base, usage.name);
    Json values = Json::array();
    for (const auto& [value, count] : usage.values)
        values.push_back({{"id", fmt::format("{}/tagValues/{}", id, value)},
                          {"tagValue", value},
                          {"count", count_of(count)}});
    return {
        {"id", id}, {"tagName", usage.name}, {"count", count_of(usage.count)}, {"values", std::move(values)}};
}

std::vector<Usage> usages(Session& session, std::string_view subscription) {
    std::vector<Usage> all;
    for (const TagName& offered : session.arm.tag_names(subscription)) {
        Usage& usage = usage_of(all, offered.name);
        for (const std::string& value : offered.values) value_of(usage, value);
    }
    add_used(all, require_subscription(session, subscription).tags);
    for (const Group& group : session.arm.groups(subscription)) add_used(all, group.tags);
    for (const Resource& resource : session.arm.resources(subscription, "", "")) add_used(all, resource.tags);
    return all;
}

bool is_offered(Session& session, std::string_view subscription, std::string_view name) {
    const std::vector<TagName> all = session.arm.tag_names(subscription);
    return std::any_of(all.begin(), all.end(), [&](const TagName& one) { return iequals(one.name, name); });
}

}  // namespace

Json get_tags(Session& session, std::string_view scope) {
    authorise(session, "read", scope);
    const std::string there = require_scope(session, scope);
    return wire(there, tags_at(session, there));
}

Json put_tags(Session& session, std::string_view scope, const Json& body) {
    authorise(session, "write", scope);
    const std::string there = require_scope(session, scope);
    const Json tags = given(body);
    check_count(tags);
    keep(session, there, tags);
    return wire(there, tags);
}

Json patch_tags(Session& session, std::string_view scope, const Json& body) {
    authorise(session, "write", scope);
    const std::string there = require_scope(session, scope);
    const Json change = given(body);
    const std::string operation = text_at(body, "operation");
    Json tags = tags_at(session, there);
    if (iequals(operation, "Merge"))
        merge(tags, change);
    else if (iequals(operation, "Delete"))
        take_away(tags, change);
    else if (iequals(operation, "Replace"))
        tags = change;
    else
        throw Error(
            fault::bad_request,
            fmt::format("The operation '{}' on tags is none of Merge, Replace and Delete.", operation));
    check_count(tags);
    keep(session, there, tags);
    return wire(there, tags);
}

void delete_tags(Session& session, std::string_view scope) {
    authorise(session, "delete", scope);
    keep(session, require_scope(session, scope), Json::object());
}

void tag_resource(Session& session, const ResourceId& id, const Json& tags) {
    rbac::authorise(session, id.type() + "/write", id.text());
    check_count(tags);
    keep(session, id.text(), tags);
}

std::vector<Json> list_tag_names(Session& session, std::string_view subscription) {
    const std::string base = subscription_scope(require_subscription(session, subscription).id);
    rbac::authorise(session, "Microsoft.Resources/subscriptions/tagNames/read", base);
    std::vector<Json> found;
    for (const Usage& usage : usages(session, subscription)) found.push_back(wire(base, usage));
    return found;
}

Json put_tag_name(Session& session, std::string_view subscription, std::string_view name) {
    const std::string base = subscription_scope(require_subscription(session, subscription).id);
    rbac::authorise(session, "Microsoft.Resources/subscriptions/tagNames/write", base);
    session.arm.save_tag_name(subscription, name);
    std::vector<Usage> all = usages(session, subscription);
    return wire(base, usage_of(all, std::string(name)));
}

Json put_tag_value(Session& session, std::string_view subscription, std::string_view name,
                   std::string_view value) {
    const std::string base = subscription_scope(require_subscription(session, subscription).id);
    rbac::authorise(session, "Microsoft.Resources/subscriptions/tagNames/tagValues/write", base);
    if (!is_offered(session, subscription, name))
        throw Error(fault::tag_not_found, fmt::format("The tag '{}' could not be found.", name));
    session.arm.save_tag_value(subscription, name, value);
    std::vector<Usage> all = usages(session, subscription);
    const int count = value_of(usage_of(all, std::string(name)), std::string(value));
    return {{"id", fmt::format("{}/tagNames/{}/tagValues/{}", base, name, value)},
            {"tagValue", value},
            {"count", count_of(count)}};
}

bool delete_tag_name(Session& session, std::string_view subscription, std::string_view name) {
    const std::string base = subscription_scope(require_subscription(session, subscription).id);
    rbac::authorise(session, "Microsoft.Resources/subscriptions/tagNames/delete", base);
    if (!is_offered(session, subscription, name)) return false;
    session.arm.erase_tag_name(subscription, name);
    return true;
}

bool delete_tag_value(Session& session, std::string_view subscription, std::string_view name,
                      std::string_view value) {
    const std::string base = subscription_scope(require_subscription(session, subscription).id);
    rbac::authorise(session, "Microsoft.Resources/subscriptions/tagNames/tagValues/delete", base);
    if (!is_offered(session, subscription, name)) return false;
    session.arm.erase_tag_value(subscription, name, value);
    return true;
}

}  // namespace azid::arm
