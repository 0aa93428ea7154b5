// What the commands about storage accounts share: finding the account meant, and printing it as az does.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

#include <initializer_list>

namespace azid::commands {

// By group and name, or by name in the whole subscription as az does without -g. Throws Error (fault::usage)
// when there is none of that name.
arm::ResourceId storage_account_id(const app::Context& context);

// An account as az prints it: flattened, every field of its model, dates as Python writes them.
Json shaped_account(const Json& account);

// Rewrites these members from ARM's dates to Python's.
void python_dates(Json& object, std::initializer_list<const char*> members);

}  // namespace azid::commands
