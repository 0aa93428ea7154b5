// The commands of "az identity federated-credential".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json federated_credential_create(app::Context& context);
Json federated_credential_update(app::Context& context);
Json federated_credential_show(app::Context& context);
Json federated_credential_list(app::Context& context);
Json federated_credential_delete(app::Context& context);

}  // namespace azid::commands
