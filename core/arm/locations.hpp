// Azure's public regions.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace azid::arm {

struct Location {
    std::string_view name;          // "westeurope"
    std::string_view display_name;  // "West Europe"
    std::string_view regional;      // "(Europe) West Europe"
    std::string_view geography;     // "Europe"
    std::string_view group;         // of geographies: "Europe"
    std::string_view paired;        // the paired region's name; empty for none
    std::string_view category;      // "Recommended", "Other"
    std::string_view latitude;
    std::string_view longitude;
    std::string_view physical;
    int zones = 0;               // how many availability zones it has
    std::string_view home = {};  // of an edge zone: the region it belongs to
};

// The regions that resources can be made in.
std::span<const Location> locations();
// Names that stand for several regions, such as "unitedstates": nothing is made there.
std::span<const Location> logical_locations();
// Outposts of a region ("account list-locations --include-extended-locations").
std::span<const Location> edge_zones();
// By name or display name, without case. Null when there is no such region.
const Location* find_location(std::string_view name);
// "West Europe" as "westeurope"; a name that is no region is only lower-cased and freed of blanks.
std::string normal_location(std::string_view name);
// All names, comma-separated, as ARM's messages list them.
std::string location_names();

}  // namespace azid::arm
