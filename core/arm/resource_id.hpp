// Azure resource ids. They compare without case and keep the case they were written in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azid::arm {

// /subscriptions/S/resourceGroups/G/providers/NS/type/name[/type/name]*, or without a group
// (subscription-level resources). Group and subscription ids by themselves are scopes, not resource ids.
class ResourceId {
  public:
    ResourceId() = default;
    // Of names: ResourceId("sub", "rg", "Microsoft.Compute", {{"virtualMachines", "vm1"}}).
    ResourceId(std::string subscription, std::string group, std::string provider,
               std::vector<std::pair<std::string, std::string>> segments);

    // Empty when the text is no complete resource id.
    static std::optional<ResourceId> parse(std::string_view text);

    const std::string& subscription() const { return subscription_; }
    const std::string& group() const { return group_; }
    const std::string& provider() const { return provider_; }
    const std::vector<std::pair<std::string, std::string>>& segments() const { return segments_; }

    const std::string& name() const { return segments_.back().second; }  // the last name
    std::string type() const;                  // "Microsoft.Compute/virtualMachines"
    std::string text() const;                  // the whole id, "resourceGroups" so spelled
    std::string key() const;                   // the whole id in lower case: what ids compare by
    std::string group_scope() const;           // "/subscriptions/S/resourceGroups/G"
    std::optional<ResourceId> parent() const;  // of a child resource; empty for a top-level one
    ResourceId child(std::string type, std::string name) const;

  private:
    std::string subscription_;
    std::string group_;
    std::string provider_;
    std::vector<std::pair<std::string, std::string>> segments_;
};

std::string subscription_scope(std::string_view subscription);
std::string group_scope(std::string_view subscription, std::string_view group);
std::string management_group_scope(std::string_view name);

// The subscription and group named at the start of a scope or id; empty texts where there are none.
std::string subscription_of(std::string_view scope);
std::string group_of(std::string_view scope);

}  // namespace azid::arm
