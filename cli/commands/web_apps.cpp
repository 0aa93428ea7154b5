// Showing, listing and deleting apps, and their identities: the same for web apps and function apps.
#include "cli/commands/managed_identity.hpp"
#include "cli/commands/shape.hpp"
#include "cli/commands/web.hpp"
#include "cli/commands/web_shape.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/web/sites.hpp"
#include "core/web/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

bool is_function(const Json& site) {
    return lower(text_at(site, "kind")).find("function") != std::string::npos;
}

// Null where ARM answers 404, as az's client of App Service gives it.
Json found_site(app::Context& context) {
    try {
        return web::get_site(context.session(), site_id(context));
    } catch (const Error& error) {
        if (error.fault().http_status != 404) throw;
        return nullptr;
    }
}

Json required_site(app::Context& context) {
    Json site = found_site(context);
    if (site.is_null())
        throw Error(fault::client_not_found,
                    fmt::format("Unable to find App {} in resource group {}", context.args.text("name"),
                                context.args.text("resource_group_name")));
    return site;
}

Json with_configuration(app::Context& context, const Json& site) {
    Json shown = listed_site(site);
    const std::optional<arm::Resource> stored =
        context.session().arm.find_resource(*arm::ResourceId::parse(text_at(site, "id")));
    shown["siteConfig"] = shaped_config(web::config_wire(*stored));
    return shown;
}

Json show(app::Context& context, const char* kind) {
    const std::string name = context.args.text("name");
    const std::string group = context.args.text("resource_group_name");
    const Json site = found_site(context);
    if (site.is_null())
        throw Error(fault::client_not_found,
                    fmt::format("Unable to find {} '{}', in RG '{}'.", kind, name, group));
    const char* found = is_function(site) ? "functionapp" : "webapp";
    if (std::string_view(found) != kind)
        throw Error(fault::client_not_found,
                    fmt::format("Unable to find {} '{}', in resource group '{}'", kind, name, group))
            .with_hint(fmt::format("Use 'az {0} show' to show {0}s", found));
    Json shown = with_configuration(context, site);
    shown["ftpPublishingUrl"] = web::ftp_url(*context.session().arm.find_resource(site_id(context)));
    return shown;
}

Json list(app::Context& context, bool functions, bool details) {
    Json all = Json::array();
    for (const Json& site :
         web::list_sites(context.session(), context.subscription, context.args.text("resource_group_name")))
        if (is_function(site) == functions)
            all.push_back(details ? with_configuration(context, site) : listed_site(site));
    return all;
}

// What stays of the app's identities when some are taken off, as az 2.74 reckons: with --identities only
// those named, and the system-assigned one when [system] is among them; without, the system-assigned one.
Json identity_without(const Json& identity, bool system, const std::vector<std::string>& going) {
    const Json* assigned = find(identity, "userAssignedIdentities");
    const std::size_t had = assigned == nullptr ? 0 : assigned->size();
    const bool keeps_system = text_at(identity, "type").starts_with("SystemAssigned") && !system;
    const bool keeps_user = had > going.size();
    Json block;
    block["type"] = keeps_system && keeps_user ? "SystemAssigned, UserAssigned"
                    : keeps_system             ? "SystemAssigned"
                    : keeps_user               ? "UserAssigned"
                                               : "None";
    if (keeps_user)
        for (const std::string& id : going) block["userAssignedIdentities"][id] = nullptr;
    return block;
}

void require_associated(const Json& identity, const std::vector<std::string>& going,
                        const std::string& name) {
    const Json* assigned = find(identity, "userAssignedIdentities");
    std::vector<std::string> missing;
    for (const std::string& id : going) {
        bool known = false;
        if (assigned != nullptr)
            for (const auto& [one, value] : assigned->items()) known = known || iequals(one, id);
        if (!known) missing.push_back(id);
    }
    if (!missing.empty())
        throw Error(fault::client,
                    fmt::format("'{}' are not associated with '{}'", join(missing, ","), name));
}

}  // namespace

Json with_plan_names(Json rows) {
    if (rows.is_array()) {
        for (Json& row : rows) row = with_plan_names(std::move(row));
        return rows;
    }
    const std::string plan = text_at(rows, "AppServicePlan");
    rows["AppServicePlan"] = plan.substr(plan.rfind('/') + 1);
    return rows;
}

Json webapp_show(app::Context& context) { return show(context, "webapp"); }
Json functionapp_show(app::Context& context) { return show(context, "functionapp"); }

Json webapp_list(app::Context& context) { return list(context, false, context.args.flag("show_details")); }
Json functionapp_list(app::Context& context) { return list(context, true, false); }

Json app_delete(app::Context& context) {
    web::delete_site(context.session(), site_id(context), context.args.flag("keep_empty_plan"));
    return nullptr;
}

Json app_identity_assign(app::Context& context) {
    required_site(context);
    return assign_to_app(context, site_id(context));
}

Json app_identity_show(app::Context& context) {
    const Json identity = required_site(context).value("identity", Json());
    return with_fields(identity, "principalId tenantId type userAssignedIdentities");
}

Json app_identity_remove(app::Context& context) {
    const Json identity = required_site(context).value("identity", Json());
    if (identity.is_null()) return nullptr;
    const std::vector<std::string> words = context.args.list("remove_identities");
    std::vector<std::string> going;
    for (const std::string& word : words)
        if (word != "[system]") going.push_back(lower(word));
    std::sort(going.begin(), going.end());
    going.erase(std::unique(going.begin(), going.end()), going.end());
    require_associated(identity, going, context.args.text("name"));
    const bool system = words.empty() || std::find(words.begin(), words.end(), "[system]") != words.end();
    Json patch;
    patch["identity"] = identity_without(identity, system, going);
    const Json after = web::patch_site(context.session(), site_id(context), patch).value("identity", Json());
    return with_fields(after, "principalId tenantId type userAssignedIdentities");
}

}  // namespace azid::commands
