// Azure's public regions.
#pragma once

#include "core/base/short_text.hpp"

#include <span>
#include <string>
#include <string_view>

namespace azid::arm {

struct Location {
    ShortText<25> name;          // "westeurope"
    ShortText<30> display_name;  // "West Europe"
    ShortText<40> regional;      // "(Europe) West Europe"
    ShortText<16> geography;     // "Europe"
    ShortText<16> group;         // of geographies: "Europe"
    ShortText<20> paired;        // the paired region's name; empty for none
    ShortText<12> category;      // "Recommended", "Other"
    ShortText<12> latitude;
    ShortText<20> longitude;
    ShortText<20> physical;
    int zones = 0;            // how many availability zones it has
    ShortText<20> home = {};  // of an edge zone: the region it belongs to
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
