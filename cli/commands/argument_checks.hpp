// What az's validators ask of the arguments alone: it says so before anybody need be signed in.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// Role commands: --assignee, --scope and the like are not empty. Throws Error (fault::client).
void check_nothing_empty(const app::Args& args, app::Messages& messages);
// role definition show: --id, or --scope and --name. Throws Error (fault::client).
void check_role_definition(const app::Args& args, app::Messages& messages);
// Identity commands: --role and --scope go together. Throws Error (fault::client).
void check_role_with_scope(const app::Args& args, app::Messages& messages);
// Vault commands: there is a name. Throws Error (fault::client).
void check_vault_name(const app::Args& args, app::Messages& messages);
// Secrets and keys: --id is the address of one, or there are --vault-name and --name. Throws Error
// (fault::client), fault::usage for a bad address.
void check_secret(const app::Args& args, app::Messages& messages);
void check_key(const app::Args& args, app::Messages& messages);
// key create and key import: what kinds and sources go together besides. Throw Error (fault::client).
void check_key_create(const app::Args& args, app::Messages& messages);
void check_key_import(const app::Args& args, app::Messages& messages);
// Their lists: there is a vault, by name or by an address in it. Throws Error (fault::client).
void check_vault(const app::Args& args, app::Messages& messages);
// keyvault secret set: a value, or a file that holds one. Throws Error (fault::client).
void check_secret_source(const app::Args& args, app::Messages& messages);
// Access policies: whom they are for, and with set-policy what they allow. Throw Error (fault::usage).
void check_principal(const app::Args& args, app::Messages& messages);
void check_set_policy(const app::Args& args, app::Messages& messages);
// Resource commands: each of --ids is a resource's id. Throws Error (fault::client).
void check_resource_ids(const app::Args& args, app::Messages& messages);
// vm create: az warns of its default size, whatever size is given.
void warn_of_default_size(const app::Args& args, app::Messages& messages);

}  // namespace azid::commands
