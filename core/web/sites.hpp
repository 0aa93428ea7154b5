// Web apps and function apps: Microsoft.Web/sites. A host of managed identities like a virtual machine; azid
// runs no code in them. Source of the shapes: recorded answers of App Service (api-version 2022-03-01) and
// its REST reference.
#pragma once

#include "core/arm/model.hpp"
#include "core/arm/registry.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace azid::web {

inline constexpr std::string_view site_type = "Microsoft.Web/sites";

// What a PUT needs beyond the write action: the right to put apps on the plan, and to assign the identities.
// Throws Error: LinkedAuthorizationFailed, InvalidParameter and what host identities may be refused for.
void check_site(Session& session, const arm::ResourceId& id, const Json& body);
// PUT. Without a plan the app gets the region's consumption plan. Throws Error: AuthorizationFailed, Conflict
// (the name belongs to somebody else's app), BadRequest, NotFound (the plan).
Json put_site(Session& session, const arm::ResourceId& id, const Json& body);
// PATCH: tags, identity and the members of properties that are given.
Json patch_site(Session& session, const arm::ResourceId& id, const Json& body);
// Throws Error: AuthorizationFailed, ResourceNotFound.
Json get_site(Session& session, const arm::ResourceId& id);
// Those the caller may read; an empty group means the whole subscription.
std::vector<Json> list_sites(Session& session, std::string_view subscription, std::string_view group);
// Its system-assigned identity's principal goes with it, and the plan when it was the last app there, unless
// that is to be kept. False when there is no such app.
bool delete_site(Session& session, const arm::ResourceId& id, bool keep_empty_plan);

// The app of that name, whoever has it: a name becomes a host name, so that it is unique in all of Azure.
// Empty when the name is free.
std::optional<arm::ResourceId> find_site_id(Session& session, std::string_view name);
// Whether the text can be part of a host name: 2 to 60 letters, digits and '-', no '-' at its ends.
bool is_site_name(std::string_view name);

std::span<const arm::ResourceType> resource_types();

}  // namespace azid::web
