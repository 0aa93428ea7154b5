// What a region offers: sizes with their capabilities and quotas, images, extensions, built-in run commands.
// All of it is the same in every region and readable by everybody who sees the subscription.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <span>
#include <string_view>

namespace azid::compute {

// An offer of a publisher and its SKUs, separated by blanks.
struct Offer {
    std::string_view publisher;
    std::string_view name;
    std::string_view skus;
};
std::span<const Offer> offers();

// "V1" or "V2", and "x64" or "Arm64", by the SKU's name.
std::string_view generation_of(std::string_view sku);
std::string_view architecture_of(std::string_view sku);

// GETs in Compute's JSON, as ResourceView and ResourceType want them. The id is that of the region
// (".../providers/Microsoft.Compute/locations/westeurope"), or of what stands below it: publishers,
// artifacttypes/vmimage, offers, skus, versions, types. Throws Error where there is no such thing:
// LocationNotAvailable, NotFound, PlatformImageNotFound.
Json sizes_wire(Session& session, const arm::ResourceId& location);
Json usages_wire(Session& session, const arm::ResourceId& location);
Json publishers_wire(Session& session, const arm::ResourceId& location);
Json offers_wire(Session& session, const arm::ResourceId& publisher);
Json skus_wire(Session& session, const arm::ResourceId& offer);
Json versions_wire(Session& session, const arm::ResourceId& sku);
Json image_wire(Session& session, const arm::ResourceId& version);
Json extension_names_wire(Session& session, const arm::ResourceId& publisher);
Json extension_versions_wire(Session& session, const arm::ResourceId& type);
Json extension_image_wire(Session& session, const arm::ResourceId& version);
Json run_commands_wire(Session& session, const arm::ResourceId& location);
Json run_command_wire(Session& session, const arm::ResourceId& command);

// The sizes that a machine can get; reading the machine is asked for. Throws Error: AuthorizationFailed,
// ResourceNotFound.
Json machine_sizes_wire(Session& session, const arm::ResourceId& machine);

// The list of SKUs of Microsoft.Compute as it is for one region: sizes with their capabilities.
Json sku_list(std::string_view location);

}  // namespace azid::compute
