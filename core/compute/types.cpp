#include "core/compute/types.hpp"

#include "core/arm/resources.hpp"
#include "core/compute/catalog.hpp"
#include "core/compute/disks.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/power.hpp"
#include "core/compute/virtual_machines.hpp"

#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

constexpr arm::ResourceAction machine_actions[] = {
    {"start", start_machine},
    {"powerOff", power_off_machine},
    {"deallocate", deallocate_machine},
    {"restart", restart_machine},
    {"redeploy", redeploy_machine},
    {"reapply", reapply_machine},
    {"generalize", generalize_machine},
    {"simulateEviction", evict_machine},
    {"convertToManagedDisks", convert_machine},
    {"capture", capture_machine},
    {"runCommand", run_command},
};

constexpr arm::ResourceView machine_views[] = {{"instanceView", show_instance_view},
                                               {"vmSizes", machine_sizes_wire}};

// Not resources, but what a region offers: nothing is kept of them.
constexpr arm::ResourceView location_views[] = {{"vmSizes", sizes_wire},
                                                {"usages", usages_wire},
                                                {"publishers", publishers_wire},
                                                {"runCommands", run_commands_wire}};
constexpr arm::ResourceView artifact_views[] = {{"offers", offers_wire}, {"types", extension_names_wire}};
constexpr arm::ResourceView offer_views[] = {{"skus", skus_wire}};
constexpr arm::ResourceView sku_views[] = {{"versions", versions_wire}};
constexpr arm::ResourceView extension_image_views[] = {{"versions", extension_versions_wire}};

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
    {.type = extension_type,
     .put = put_extension,
     .patch = patch_extension,
     .get = get_extension,
     .expand = expand_extension,
     .remove = remove_extension,
     .list_below = list_extensions},
    {.type = "Microsoft.Compute/locations", .views = location_views},
    {.type = "Microsoft.Compute/locations/runCommands", .get = run_command_wire},
    {.type = "Microsoft.Compute/locations/publishers/artifacttypes", .views = artifact_views},
    {.type = "Microsoft.Compute/locations/publishers/artifacttypes/offers", .views = offer_views},
    {.type = "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus", .views = sku_views},
    {.type = "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions", .get = image_wire},
    {.type = "Microsoft.Compute/locations/publishers/artifacttypes/types", .views = extension_image_views},
    {.type = "Microsoft.Compute/locations/publishers/artifacttypes/types/versions",
     .get = extension_image_wire},
    // The daily shutdown of a machine; Azure keeps it with another provider.
    {.type = "microsoft.devtestlab/schedules",
     .put = arm::put_plain,
     .get = arm::get_plain,
     .remove = arm::remove_plain},
    {.type = disk_type, .put = put_disk, .get = get_disk, .remove = remove_disk},
};

}  // namespace

std::span<const arm::ResourceType> resource_types() { return all; }

}  // namespace azid::compute
