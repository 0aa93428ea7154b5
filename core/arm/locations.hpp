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
    std::string_view paired;        // the paired region's name; empty for none
    std::string_view category;      // "Recommended", "Other"
    std::string_view latitude;
    std::string_view longitude;
    std::string_view physical;
};

std::span<const Location> locations();
// By name or display name, without case. Null when there is no such region.
const Location* find_location(std::string_view name);
// "West Europe" as "westeurope"; a name that is no region is only lower-cased and freed of blanks.
std::string normal_location(std::string_view name);
// All names, comma-separated, as ARM's messages list them.
std::string location_names();

}  // namespace azid::arm
