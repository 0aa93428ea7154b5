// Owners: "az ad app owner", "az ad sp owner", "az ad group owner" and what the signed-in user owns.
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_resolve.hpp"
#include "core/base/text.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/wire.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

Json shown(Session& session, const std::vector<std::string>& ids) {
    Json objects = Json::array();
    for (const std::string& id : ids)
        if (Json object = entra::wire_of_any(session, id); !object.is_null())
            objects.push_back(std::move(object));
    return objects;
}

// az asks first who owns it: adding again is no error.
void add_unless_there(app::Context& context, const std::string& object_id, entra::Right right) {
    const std::string owner = context.args.text("owner_object_id");
    const std::vector<std::string> all = entra::owners(context.session(), object_id);
    if (std::none_of(all.begin(), all.end(), [&](const std::string& one) { return iequals(one, owner); }))
        entra::add_owner(context.session(), object_id, owner, right);
}

}  // namespace

Json ad_app_owner_list(app::Context& context) {
    return shown(context.session(), entra::owners(context.session(), application_given(context).id));
}

Json ad_app_owner_add(app::Context& context) {
    add_unless_there(context, application_given(context).id, entra::Right::manage_applications);
    return nullptr;
}

Json ad_app_owner_remove(app::Context& context) {
    entra::remove_owner(context.session(), application_given(context).id,
                        context.args.text("owner_object_id"), entra::Right::manage_applications);
    return nullptr;
}

Json ad_sp_owner_list(app::Context& context) {
    return shown(context.session(), entra::owners(context.session(), service_principal_given(context).id));
}

Json ad_group_owner_list(app::Context& context) {
    return shown(context.session(), entra::owners(context.session(), group_given(context, "group_id")));
}

Json ad_group_owner_add(app::Context& context) {
    add_unless_there(context, group_given(context, "group_id"), entra::Right::manage_groups);
    return nullptr;
}

Json ad_group_owner_remove(app::Context& context) {
    entra::remove_owner(context.session(), group_given(context, "group_id"),
                        context.args.text("owner_object_id"), entra::Right::manage_groups);
    return nullptr;
}

Json ad_signed_in_user_list_owned(app::Context& context) {
    Session& session = context.session();
    Json owned = shown(session, entra::owned_objects(session, entra::signed_in_user(session).id));
    const std::string type = context.args.text("object_type");
    if (type.empty()) return owned;
    Json found = Json::array();
    for (Json& object : owned)
        if (lower(text_at(object, "@odata.type")).find(lower(type)) != std::string::npos)
            found.push_back(std::move(object));
    return found;
}

}  // namespace azid::commands
