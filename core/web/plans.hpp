// App Service plans, the machines that apps share: Microsoft.Web/serverfarms. azid runs nothing on them; a
// plan says what its apps may have. Source of the shapes: recorded answers of App Service (api-version
// 2022-03-01).
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>
#include <vector>

namespace azid::web {

inline constexpr std::string_view plan_type = "Microsoft.Web/serverfarms";

// PUT. Throws Error: AuthorizationFailed, BadRequest (an unknown sku, Linux and Windows mixed).
Json put_plan(Session& session, const arm::ResourceId& id, const Json& body);
// PATCH: tags, sku and the members of properties that are given.
Json patch_plan(Session& session, const arm::ResourceId& id, const Json& body);
// Throws Error: AuthorizationFailed, ResourceNotFound.
Json get_plan(Session& session, const arm::ResourceId& id);
// Those the caller may read; an empty group means the whole subscription.
std::vector<Json> list_plans(Session& session, std::string_view subscription, std::string_view group);
// False when there is no such plan. Throws Error (Conflict) while there are apps on it.
bool delete_plan(Session& session, const arm::ResourceId& id);

// The plan that an app without one gets: the region's shared one, which is made when it is not there yet. The
// caller, who may make the app, needs no right of their own on it (App Service makes it).
arm::Resource consumption_plan(Session& session, const arm::ResourceId& app, const std::string& location,
                               bool linux);
// Whether the plan has Linux workers ("reserved", as Azure calls it).
bool is_linux(const arm::Resource& plan);
// "Basic" of the plan's sku.
std::string tier_of(const arm::Resource& plan);
// The apps on the plan, of whatever group.
std::vector<arm::Resource> apps_on(Session& session, const arm::ResourceId& plan);

}  // namespace azid::web
