// Finding what lies at or below an id or scope, by whole segments.
#pragma once

#include <string>
#include <string_view>

namespace azid::store {

// The scope without a slash at its end: "/subscriptions/s/", "/" and "" give "/subscriptions/s", "" and "".
std::string without_slash(std::string_view scope);

// The texts between which all that lies below the scope sorts: "<scope>/" (included) and "<scope>0"
// (excluded, since '0' follows '/'). In a NOCASE column such a range is served by the index, and needs no
// escaping as LIKE does.
struct Below {
    explicit Below(std::string_view scope)
        : first(without_slash(scope) + "/"), end(without_slash(scope) + "0") {}
    std::string first;
    std::string end;
};

}  // namespace azid::store
