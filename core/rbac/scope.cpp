#include "core/rbac/scope.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace azid::rbac {

namespace {

// The pieces between the slashes: "/a/b" gives a, b. Empty for "/".
std::vector<std::string> pieces_of(std::string_view scope) {
    scope = trimmed_scope(scope);
    if (scope.size() < 2) return {};
    return split(scope.substr(1), '/');
}

std::string scope_of(const std::vector<std::string>& pieces, size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i) out += "/" + pieces[i];
    return out;
}

// How many pieces stand before the first "providers", that is: 2 for a subscription, 4 for a group, 0 for a
// scope of the tenant.
size_t container_length(const std::vector<std::string>& pieces) {
    if (pieces.size() < 2 || !iequals(pieces[0], "subscriptions")) return 0;
    return pieces.size() >= 4 && iequals(pieces[2], "resourceGroups") ? 4 : 2;
}

// Walks "/providers/NS/type/name..." runs from the container on. Appends to ends the length of the scope
// after each type/name pair. False when the pieces do not form such runs.
bool resource_ends(const std::vector<std::string>& pieces, size_t from, std::vector<size_t>& ends) {
    size_t at = from;
    while (at < pieces.size()) {
        if (iequals(pieces[at], "providers")) at += 2;
        if (at + 2 > pieces.size()) return false;
        if (ends.empty() && at == from) return false;
        at += 2;
        ends.push_back(at);
    }
    return true;
}

}  // namespace

std::string_view trimmed_scope(std::string_view scope) {
    scope = trim(scope);
    while (scope.size() > 1 && scope.back() == '/') scope = trim(scope.substr(0, scope.size() - 1));
    return scope;
}

bool is_scope(std::string_view scope) {
    scope = trimmed_scope(scope);
    if (scope == "/") return true;
    if (scope.empty() || scope.front() != '/') return false;
    const std::vector<std::string> pieces = pieces_of(scope);
    if (std::any_of(pieces.begin(), pieces.end(), [](const std::string& piece) { return piece.empty(); }))
        return false;
    const size_t container = container_length(pieces);
    if (container != 0 && !is_guid(pieces[1])) return false;
    std::vector<size_t> ends;
    return resource_ends(pieces, container, ends);
}

bool covers(std::string_view scope, std::string_view below) {
    scope = trimmed_scope(scope);
    below = trimmed_scope(below);
    if (scope == "/") return true;
    return istarts_with(below, scope) && (below.size() == scope.size() || below[scope.size()] == '/');
}

bool same_scope(std::string_view left, std::string_view right) {
    return iequals(trimmed_scope(left), trimmed_scope(right));
}

std::vector<std::string> scope_chain(std::string_view scope,
                                     const std::vector<std::string>& management_groups) {
    const std::vector<std::string> pieces = pieces_of(scope);
    const size_t container = container_length(pieces);
    std::vector<size_t> ends;
    if (!resource_ends(pieces, container, ends)) ends.assign(1, pieces.size());

    std::vector<std::string> chain;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) chain.push_back(scope_of(pieces, *end));
    if (container >= 4) chain.push_back(scope_of(pieces, 4));
    if (container >= 2) chain.push_back(scope_of(pieces, 2));
    for (const std::string& group : management_groups) {
        const std::string above =
            group.starts_with('/') ? group : std::string(management_group_prefix) + group;
        if (chain.empty() || !same_scope(chain.back(), above)) chain.push_back(above);
    }
    chain.push_back("/");
    return chain;
}

}  // namespace azid::rbac
