// Scopes as text: "/", management groups, subscriptions, groups, resources and what lies inside them. Only
// their form is known here; whether a thing exists at a scope is not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

inline constexpr std::string_view management_group_prefix =
    "/providers/Microsoft.Management/managementGroups/";

// Without blanks around and without the slash at the end; "/" stays.
std::string_view trimmed_scope(std::string_view scope);

// Whether the text has the form of a scope: "/", a management group, or /subscriptions/GUID with an optional
// group and any number of /providers/NS/type/name[/type/name]* after it.
bool is_scope(std::string_view scope);

// Whether the first scope is the second or one above it by text: whole segments, no regard to case, so that
// rg1 does not cover rg10. Management groups cover subscriptions by tree and not by text: for those see
// scope_chain.
bool covers(std::string_view scope, std::string_view below);
bool same_scope(std::string_view left, std::string_view right);

// The scope itself and everything above it, nearest first, to "/": resource, its parent resources, group,
// subscription, then the management groups handed in (ids or whole scopes, nearest first), then "/".
std::vector<std::string> scope_chain(std::string_view scope,
                                     const std::vector<std::string>& management_groups);

}  // namespace azid::rbac
