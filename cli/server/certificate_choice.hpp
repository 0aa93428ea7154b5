// The certificate under which a TLS connection speaks.
#pragma once

#include "cli/server/server.hpp"

struct ssl_ctx_st;

namespace azid::server {

// Asks settings.identity for a certificate whenever a client names a host. The settings must outlive the
// context.
void choose_certificates(ssl_ctx_st* context, const Settings& settings);

}  // namespace azid::server
