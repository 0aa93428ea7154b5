#include "store/below.hpp"

namespace azid::store {

std::string without_slash(std::string_view scope) {
    while (scope.ends_with('/')) scope.remove_suffix(1);
    return std::string(scope);
}

}  // namespace azid::store
