#include "core/compute/types.hpp"

#include "core/compute/disks.hpp"
#include "core/compute/power.hpp"
#include "core/compute/virtual_machines.hpp"

#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

constexpr arm::ResourceAction machine_actions[] = {
    {"start", start_machine},     {"powerOff", power_off_machine}, {"deallocate", deallocate_machine},
    {"restart", restart_machine}, {"redeploy", redeploy_machine},  {"reapply", reapply_machine},
};

constexpr arm::ResourceView machine_views[] = {{"instanceView", show_instance_view}};

constexpr arm::ResourceType all[] = {
    {.type = machine_type,
     .put = put_machine,
     .patch = patch_machine,
     .get = get_machine,
     .expand = expand_machine,
     .remove = remove_machine,
     .vanish = vanish_machine,
     .preflight = check_machine,
     .actions = machine_actions,
     .views = machine_views},
    {.type = disk_type, .put = put_disk, .get = get_disk, .remove = remove_disk},
};

}  // namespace

std::span<const arm::ResourceType> resource_types() { return all; }

}  // namespace azid::compute
