// The commands of "azid token", which az does not have: tokens as code in a VM gets them, read and verified.
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

// What the VM's metadata service answers. Throws Error with its body when it refuses.
Json token_get(app::Context& context);
// With --endpoint asks there, once the transaction is over.
Json token_get_over_network(app::Context& context, Json result);
// Header and claims of a token, each claim explained; nothing is verified.
Json token_decode(app::Context& context);
// Throws Error saying what is wrong with the token, where something is.
Json token_verify(app::Context& context);
// The certificate by which a managed identity proves itself to Entra, made if it was not needed before.
Json token_certificate(app::Context& context);
// The published keys: a JSON Web Key Set.
Json token_keys(app::Context& context);

// The keys of outside issuers, whose tokens federated credentials take.
Json token_issuer_add(app::Context& context);
Json token_issuer_list(app::Context& context);
Json token_issuer_remove(app::Context& context);

}  // namespace azid::commands
