// What the files of core/network share.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::network {

inline constexpr std::string_view interface_type = "Microsoft.Network/networkInterfaces";
inline constexpr std::string_view machine_type = "Microsoft.Compute/virtualMachines";

// ARM's JSON with Microsoft.Network's weak etag.
Json network_wire(const arm::Resource& resource);

// Gives the resource its GUID and state and keeps it. Properties are the ones to keep.
void keep(Session& session, arm::Resource& resource, Json properties);

// Text of an "id" at a dotted path of the JSON; empty when it is not there.
std::string id_at(const Json& value, std::string_view path);

// One IP configuration of an interface, as others look at it.
struct Configuration {
    std::string id;
    std::string subnet;
    std::string address;
    std::string public_address;
    std::string security_group;  // of its interface
};

// In a subnet, or with a public address, by its id.
std::vector<Configuration> configurations_in(Session& session, const arm::ResourceId& subnet);
std::vector<Configuration> configurations_with(Session& session, const arm::ResourceId& public_address);
// Of one interface.
std::vector<Configuration> configurations_of(const arm::Resource& interface);

// The machine that uses the interface; empty when none does.
std::optional<arm::Resource> machine_using(Session& session, const arm::ResourceId& interface);

}  // namespace azid::network
