#include "core/arm/resource_id.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

namespace azid::arm {

ResourceId::ResourceId(std::string subscription, std::string group, std::string provider,
                       std::vector<std::pair<std::string, std::string>> segments)
    : subscription_(std::move(subscription)),
      group_(std::move(group)),
      provider_(std::move(provider)),
      segments_(std::move(segments)) {}

std::optional<ResourceId> ResourceId::parse(std::string_view text) {
    if (!text.starts_with('/')) return {};
    while (text.size() > 1 && text.ends_with('/')) text.remove_suffix(1);
    const std::vector<std::string> words = split(text.substr(1), '/');
    for (const std::string& word : words)
        if (word.empty()) return {};
    size_t at = 0;
    ResourceId id;
    if (words.size() < 2 || !iequals(words[at], "subscriptions")) return {};
    id.subscription_ = words[1];
    at = 2;
    if (at + 1 < words.size() && iequals(words[at], "resourceGroups")) {
        id.group_ = words[at + 1];
        at += 2;
    }
    if (at + 3 >= words.size() || !iequals(words[at], "providers")) return {};
    id.provider_ = words[at + 1];
    at += 2;
    if ((words.size() - at) % 2 != 0) return {};
    for (; at + 1 < words.size(); at += 2) id.segments_.emplace_back(words[at], words[at + 1]);
    return id;
}

std::string ResourceId::type() const {
    std::string type = provider_;
    for (const auto& segment : segments_) type += "/" + segment.first;
    return type;
}

std::string ResourceId::text() const {
    std::string text =
        (group_.empty() ? subscription_scope(subscription_) : group_scope()) + "/providers/" + provider_;
    for (const auto& [type, name] : segments_) text += fmt::format("/{}/{}", type, name);
    return text;
}

std::string ResourceId::key() const { return lower(text()); }

std::string ResourceId::group_scope() const { return arm::group_scope(subscription_, group_); }

std::optional<ResourceId> ResourceId::parent() const {
    if (segments_.size() < 2) return {};
    ResourceId up = *this;
    up.segments_.pop_back();
    return up;
}

ResourceId ResourceId::child(std::string type, std::string name) const {
    ResourceId down = *this;
    down.segments_.emplace_back(std::move(type), std::move(name));
    return down;
}

std::string subscription_scope(std::string_view subscription) {
    return fmt::format("/subscriptions/{}", subscription);
}

std::string group_scope(std::string_view subscription, std::string_view group) {
    return fmt::format("/subscriptions/{}/resourceGroups/{}", subscription, group);
}

std::string management_group_scope(std::string_view name) {
    return fmt::format("/providers/Microsoft.Management/managementGroups/{}", name);
}

std::string subscription_of(std::string_view scope) {
    if (!istarts_with(scope, "/subscriptions/")) return {};
    scope.remove_prefix(15);
    return std::string(scope.substr(0, scope.find('/')));
}

std::string group_of(std::string_view scope) {
    const std::vector<std::string> words = split(scope, '/');
    const bool in_group =
        words.size() > 4 && iequals(words[1], "subscriptions") && iequals(words[3], "resourceGroups");
    return in_group ? words[4] : std::string();
}

}  // namespace azid::arm
