// Virtual machines as Microsoft.Compute serves them, in ARM's JSON.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>
#include <vector>

namespace azid::compute {

inline constexpr std::string_view machine_type = "Microsoft.Compute/virtualMachines";

// What a PUT asks for beyond the right to write the machine: joining its network interfaces, assigning the
// identities it names, and sound parameters. Throws Error: LinkedAuthorizationFailed, InvalidParameter, ...
void check_machine(Session& session, const arm::ResourceId& id, const Json& body);

// PUT: makes a running machine with its disks and identities, or changes one. Passwords and custom data are
// used up here: they are neither kept nor shown. Throws Error: AuthorizationFailed, as check_machine does,
// PropertyChangeNotAllowed, FailedIdentityOperation, and the envelope's.
Json put_machine(Session& session, const arm::ResourceId& id, const Json& body);
// PATCH: the body is laid over the machine; of the identities, those it names are added or, where null, taken
// off.
Json patch_machine(Session& session, const arm::ResourceId& id, const Json& body);
Json get_machine(Session& session, const arm::ResourceId& id);
// DELETE: takes the machine away with its system-assigned identity's principal, and with those of its disks,
// interfaces and public addresses whose delete option says so; the others stay. False when there was none.
bool remove_machine(Session& session, const arm::ResourceId& id);
// The same without asking for rights: its group goes.
void vanish_machine(Session& session, const arm::Resource& machine);

// GET with $expand=instanceView and userData.
struct Expand {
    bool instance_view = false;
    bool user_data = false;
};
Json show_machine(Session& session, const arm::ResourceId& id, Expand expand);

// The same, what to expand as the query says it: "instanceView", "userData", or both with a comma.
Json expand_machine(Session& session, const arm::ResourceId& id, std::string_view what);
// GET .../instanceView: that alone.
Json show_instance_view(Session& session, const arm::ResourceId& id);

// Those of a group, or with an empty group of the subscription, that the caller may read, in the order of
// their making. Throws Error: ResourceGroupNotFound.
std::vector<Json> list_machines(Session& session, std::string_view subscription, std::string_view group,
                                Expand expand = {});

// "properties.instanceView" of a machine: power state, agent, disks.
Json instance_view(Session& session, const arm::Resource& machine);

}  // namespace azid::compute
