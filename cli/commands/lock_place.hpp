// Where a lock is meant to be: what the options of the lock commands, or a lock's id, say about it.
#pragma once

#include "cli/app/context.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::commands {

struct LockPlace {
    std::string name;      // of the lock; empty when a list is asked for
    std::string group;     // empty: the subscription itself
    std::string provider;  // the rest empty: the group itself
    std::string parent;    // "virtualNetworks/v"
    std::string type;
    std::string resource;

    // The scope, in the subscription of the command.
    std::string scope(const app::Context& context) const;
};

// Which command group is asked: each takes some places only.
enum class LockLevel { any, subscription, group, resource };

// From the options. Throws Error (fault::client) in az's words for what does not go together.
LockPlace place_of(const app::Args& args, LockLevel level);
// From a lock's id. Empty when the text is none.
std::optional<LockPlace> place_of_id(std::string_view id);
// Throws Error in az's words when the command group does not take the id.
void check_id(std::string_view id, LockLevel level);
// What az asks of the options before anybody need be signed in: of --ids, or of the place.
void check_lock(const app::Args& args, LockLevel level);
// Throws Error (fault::client) in az's words when the only lock of that name is at another place.
void check_place(const app::Context& context, const LockPlace& place);

}  // namespace azid::commands
