#include "core/front_door/types.hpp"

#include "core/compute/types.hpp"
#include "core/keyvault/vaults.hpp"
#include "core/msi/identities.hpp"
#include "core/network/types.hpp"
#include "core/storage/accounts.hpp"
#include "core/web/sites.hpp"

namespace azid::front_door {

namespace {
void append(std::vector<const arm::ResourceType*>& all, std::span<const arm::ResourceType> types) {
    for (const arm::ResourceType& type : types) all.push_back(&type);
}
}  // namespace

std::vector<const arm::ResourceType*> collect_types() {
    std::vector<const arm::ResourceType*> all;
    append(all, compute::resource_types());
    append(all, keyvault::resource_types());
    append(all, msi::resource_types());
    append(all, network::resource_types());
    append(all, storage::resource_types());
    append(all, web::resource_types());
    return all;
}

}  // namespace azid::front_door
