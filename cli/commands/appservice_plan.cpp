#include "cli/commands/web.hpp"
#include "cli/commands/web_shape.hpp"
#include "core/arm/groups.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/web/plans.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

arm::ResourceId plan_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "Microsoft.Web",
            {{"serverfarms", context.args.text("name")}}};
}

// The names that az takes besides the skus' own.
std::string sku_name(const std::string& given) {
    if (iequals(given, "FREE")) return "F1";
    if (iequals(given, "SHARED")) return "D1";
    return given;
}

void check(const app::Args& args) {
    if (args.flag("is_linux") && args.flag("hyper_v"))
        throw Error(fault::client, "usage error: --is-linux | --hyper-v");
    if (args.text("sku").starts_with('I'))
        throw Error(
            fault::client,
            "The pricing tier 'Isolated' is not allowed for this app service plan. Use this link to learn "
            "more: https://docs.microsoft.com/azure/app-service/overview-hosting-plans");
}

}  // namespace

Json appservice_plan_create(app::Context& context) {
    const app::Args& args = context.args;
    check(args);
    std::string location = args.text("location");
    if (location.empty())
        location =
            text_at(arm::get_group(context.session(), context.subscription, args.text("resource_group_name")),
                    "location");
    const bool zones = args.flag("zone_redundant");
    const int workers = args.number("number_of_workers");
    Json body{
        {"location", location},
        {"sku", {{"name", sku_name(args.text("sku"))}, {"capacity", zones ? std::max(3, workers) : workers}}},
        {"properties",
         {{"reserved", args.flag("is_linux")},
          {"hyperV", args.flag("hyper_v")},
          {"isXenon", args.flag("hyper_v")},
          {"perSiteScaling", args.flag("per_site_scaling")},
          {"zoneRedundant", zones}}}};
    const Json tags = app::tags_of(args);
    if (!tags.is_null()) body["tags"] = tags;
    const Json made = web::put_plan(context.session(), plan_id(context), body);
    return args.flag("no_wait") ? Json() : shaped_plan(made);
}

// az prints what ARM answers, its properties not flattened.
Json appservice_plan_show(app::Context& context) {
    try {
        return web::get_plan(context.session(), plan_id(context));
    } catch (const Error& error) {
        if (error.fault().http_status != 404) throw;
        const Json inner{{"error", {{"code", error.fault().code}, {"message", error.message()}}}};
        throw Error(fault::client_not_found, fmt::format("Not Found({})", compact(inner)));
    }
}

Json appservice_plan_list(app::Context& context) {
    Json plans = Json::array();
    for (const Json& plan :
         web::list_plans(context.session(), context.subscription, context.args.text("resource_group_name"))) {
        Json shown = shaped_plan(plan);
        for (const char* pruned : {"geoRegion", "subscription"}) shown.erase(pruned);
        plans.push_back(std::move(shown));
    }
    return plans;
}

Json appservice_plan_delete(app::Context& context) {
    web::delete_plan(context.session(), plan_id(context));
    return nullptr;
}

}  // namespace azid::commands
