#include "core/query/sorted.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace azid::query {

Json sorted(const Json& value) {
    if (value.is_array()) {
        Json::array_t items;
        items.reserve(value.size());
        for (const Json& item : value) items.push_back(sorted(item));
        return Json(std::move(items));
    }
    if (!value.is_object()) return value;
    using Member = Json::object_t::value_type;
    std::vector<const Member*> members;
    for (const Member& member : value.get_ref<const Json::object_t&>()) members.push_back(&member);
    // Bytes of UTF-8 compare as their code points do.
    std::sort(members.begin(), members.end(),
              [](const Member* left, const Member* right) { return left->first < right->first; });
    Json::object_t result;
    result.reserve(members.size());
    // Keys are known to differ, so the map's own search for an equal key is passed by.
    for (const Member* member : members) result.emplace_back(member->first, sorted(member->second));
    return Json(std::move(result));
}

}  // namespace azid::query
