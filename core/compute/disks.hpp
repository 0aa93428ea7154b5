// Managed disks: those that machines are made with, and those made by themselves.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>

namespace azid::compute {

inline constexpr std::string_view disk_type = "Microsoft.Compute/disks";

struct NewDisk {
    arm::ResourceId id;
    std::string location;
    std::string zones;  // JSON array text; empty for none
    std::string sku;    // "Premium_LRS"
    int size_gb = 0;
    std::string os_type;     // empty for a data disk
    std::string generation;  // "V1", "V2"; empty for a data disk
    std::string image;       // id of the image it was made of; empty for an empty disk
    std::string machine;     // the machine it is attached to
};

// Makes the disk and attaches it. Nobody is authorised: it is part of making the machine.
void make_disk(Session& session, const NewDisk& disk);

// Attaches an existing disk to the machine, or with an empty machine takes it off. Nothing happens when there
// is no such disk.
void attach_disk(Session& session, const arm::ResourceId& disk, const std::string& machine);

// PUT, GET and DELETE of a disk by itself. An attached one cannot be deleted (OperationNotAllowed).
Json put_disk(Session& session, const arm::ResourceId& id, const Json& body);
Json get_disk(Session& session, const arm::ResourceId& id);
bool remove_disk(Session& session, const arm::ResourceId& id);

}  // namespace azid::compute
