// Extensions of virtual machines: what a client asked to have installed. They are kept and shown; nothing is
// carried out, for there is no guest.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace azid::compute {

inline constexpr std::string_view extension_type = "Microsoft.Compute/virtualMachines/extensions";

// PUT, PATCH, GET and DELETE. Secret settings are used up: neither kept nor shown. Throws Error:
// AuthorizationFailed, ParentResourceNotFound, and OperationNotAllowed on a machine that does not run.
Json put_extension(Session& session, const arm::ResourceId& id, const Json& body);
Json patch_extension(Session& session, const arm::ResourceId& id, const Json& body);
Json get_extension(Session& session, const arm::ResourceId& id);
bool remove_extension(Session& session, const arm::ResourceId& id);

// GET with $expand=instanceView.
Json expand_extension(Session& session, const arm::ResourceId& id, std::string_view what);

// Those of a machine, in the order of their making. Throws Error: AuthorizationFailed, ResourceNotFound.
std::vector<Json> list_extensions(Session& session, const arm::ResourceId& machine);

// The same without asking for rights, for who shows the machine.
std::vector<arm::Resource> extensions_of(Session& session, const arm::ResourceId& machine);
Json extension_wire(const arm::Resource& extension);
Json extension_view(const arm::Resource& extension);

// An extension that the marketplace has; azid knows those that are used most.
struct KnownExtension {
    std::string_view publisher;
    std::string_view name;
    std::string_view version;  // the newest
    std::string_view os_type;  // "Linux", "Windows"
};
std::span<const KnownExtension> known_extensions();

}  // namespace azid::compute
