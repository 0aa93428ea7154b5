// The identity block of any resource that can have managed identities: virtual machines, vaults, apps. What a
// request asks for is checked and made true here; what the resource is otherwise, nobody here knows.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::msi {

// PUT says what the host shall have. PATCH is laid over what it has: identities named are added, those that
// are null are taken off (qs-configure-rest-vm of entra-docs).
enum class IdentityChange { put, patch };

// Checks what can be known before anything is made: the block's form, and that the caller, who may perform
// the write action on the host, may assign every identity that the block names. An absent or null block asks
// for nothing. Throws Error: InvalidParameter, MissingIdentityIds, LinkedInvalidPropertyId,
// LinkedAuthorizationFailed.
void check_host_identity(Session& session, const arm::ResourceId& host, const arm::IdentityBlock& before,
                         const Json* identity, IdentityChange change);

// Checks, and makes the host's identity block what the request asks for: the system-assigned identity gets a
// service principal or loses it, user-assigned ones are bound or let go, IMDS forgets the tokens of those
// that go. The caller of this saves the host, which must have its final id. An absent or null block leaves
// everything as it is: a PUT of a template without one takes nothing away (the documents are silent here).
// Throws Error as above, and FailedIdentityOperation for an identity that does not exist.
void apply_host_identity(Session& session, arm::Resource& host, const Json* identity, IdentityChange change);

// The host goes: its system-assigned identity's principal goes with it, the user-assigned ones stay. Role
// assignments stay behind, orphaned.
void release_host_identity(Session& session, const arm::Resource& host);

}  // namespace azid::msi
