// What a map draws: like things put together, and everything in an order that crosses few lines.
#pragma once

#include "core/base/json.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace azid::draw {

struct Node {
    std::string name;
    std::string about;            // what it is
    std::string whole;            // all names and ids
    std::vector<std::size_t> to;  // hosts: places among the principals; principals: among the roles
};

struct Role {
    std::string name;
    std::size_t scope = 0;
};

struct ScopeNode {
    std::string id;
    std::string name;
    std::string about;
    std::size_t depth = 0;
    std::vector<std::size_t> roles;
};

struct Plan {
    std::vector<Node> hosts;
    std::vector<Node> principals;
    std::vector<Role> roles;
    std::vector<ScopeNode> scopes;  // each behind the one above it
    std::size_t left_out = 0;       // principals that there was no room for
};

// At most so many principals.
inline constexpr std::size_t most_principals = 150;

Plan plan_of(const Json& map);

}  // namespace azid::draw
