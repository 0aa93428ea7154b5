// azid's own commands about the state file itself.
#pragma once

#include "cli/app/context.hpp"
#include "core/base/json.hpp"
#include "core/base/state.hpp"

#include <memory>

namespace azid::commands {

Json state_init(app::Context& context);
Json state_reset(app::Context& context);
Json state_show(app::Context& context);
Json state_path(app::Context& context);

Json state_snapshot(app::Context& context);
Json state_restore(app::Context& context);
Json state_list_snapshots(app::Context& context);
Json state_delete_snapshot(app::Context& context);

Json state_diff(app::Context& context);
Json state_export(app::Context& context);
Json state_import(app::Context& context);
Json state_schema(app::Context& context);
Json undo(app::Context& context);

// The state of the command, filled as every command does where it is new. Throws Error (fault::state).
std::unique_ptr<State> opened(const app::Context& context);

// The file of a snapshot of that name, whether or not there is one. Throws Error (fault::client) for what
// cannot be a name.
std::string snapshot_path(const State& state, const std::string& name);
bool is_snapshot_name(const std::string& name);

}  // namespace azid::commands
