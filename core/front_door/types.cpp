// All resource types azid serves: each system's own list, put together.
#include "core/front_door/types.hpp"
#include "core/arm/registry.hpp"
#include "core/base/text.hpp"

#include <vector>

namespace azid::arm {

namespace {
const std::vector<const ResourceType*>& all() {
    static const std::vector<const ResourceType*> types = front_door::collect_types();
    return types;
}
}  // namespace

std::span<const ResourceType* const> resource_types() { return all(); }

const ResourceType* find_type(std::string_view type) {
    for (const ResourceType* known : all())
        if (iequals(known->type, type)) return known;
    return nullptr;
}

}  // namespace azid::arm
