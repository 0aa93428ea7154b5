#include "core/web/plans.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/web/sites.hpp"
#include "core/web/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::web {

namespace {

struct Sku {
    std::string_view name;
    std::string_view tier;
    std::string_view family;
    int workers;  // at most
};
constexpr Sku skus[] = {
    {"F1", "Free", "F", 1},
    {"D1", "Shared", "D", 1},
    {"B1", "Basic", "B", 3},
    {"B2", "Basic", "B", 3},
    {"B3", "Basic", "B", 3},
    {"S1", "Standard", "S", 10},
    {"S2", "Standard", "S", 10},
    {"S3", "Standard", "S", 10},
    {"P1v2", "PremiumV2", "Pv2", 30},
    {"P2v2", "PremiumV2", "Pv2", 30},
    {"P3v2", "PremiumV2", "Pv2", 30},
    {"P0v3", "PremiumV3", "Pv3", 30},
    {"P1v3", "PremiumV3", "Pv3", 30},
    {"P2v3", "PremiumV3", "Pv3", 30},
    {"P3v3", "PremiumV3", "Pv3", 30},
    {"P1mv3", "PremiumMV3", "Pmv3", 30},
    {"P2mv3", "PremiumMV3", "Pmv3", 30},
    {"P3mv3", "PremiumMV3", "Pmv3", 30},
    {"P4mv3", "PremiumMV3", "Pmv3", 30},
    {"P5mv3", "PremiumMV3", "Pmv3", 30},
    {"P0v4", "PremiumV4", "Pv4", 30},
    {"P1v4", "PremiumV4", "Pv4", 30},
    {"P2v4", "PremiumV4", "Pv4", 30},
    {"P3v4", "PremiumV4", "Pv4", 30},
    {"P1mv4", "PremiumMV4", "Pmv4", 30},
    {"P2mv4", "PremiumMV4", "Pmv4", 30},
    {"P3mv4", "PremiumMV4", "Pmv4", 30},
    {"P4mv4", "PremiumMV4", "Pmv4", 30},
    {"P5mv4", "PremiumMV4", "Pmv4", 30},
    {"WS1", "WorkflowStandard", "WS", 20},
    {"WS2", "WorkflowStandard", "WS", 20},
    {"WS3", "WorkflowStandard", "WS", 20},
    {"EP1", "ElasticPremium", "EP", 20},
    {"EP2", "ElasticPremium", "EP", 20},
    {"EP3", "ElasticPremium", "EP", 20},
    {"Y1", "Dynamic", "Y", 0},
    {"FC1", "FlexConsumption", "FC", 0},
};

const Sku& sku_named(const std::string& name) {
    const Sku* found = std::find_if(std::begin(skus), std::end(skus),
                                    [&](const Sku& sku) { return iequals(sku.name, name); });
    if (found == std::end(skus))
        throw Error(fault::bad_request, fmt::format("Requested sku '{}' is not one that azid has.", name));
    return *found;
}

Json sku_wire(const Sku& sku, int capacity) {
    return {{"name", sku.name},
            {"tier", sku.tier},
            {"size", sku.name},
            {"family", sku.family},
            {"capacity", capacity}};
}

bool flag_at(const Json& properties, const char* name) {
    const auto found = properties.find(name);
    return found != properties.end() && found->is_boolean() && found->get<bool>();
}

int capacity_of(const Json& body, const Sku& sku) {
    const Json* asked = find(body, "sku.capacity");
    const int capacity = asked != nullptr && asked->is_number() ? asked->get<int>() : 1;
    if (sku.workers > 0 && capacity > sku.workers)
        throw Error(fault::bad_request,
                    fmt::format("The sku '{}' has {} workers at most.", sku.name, sku.workers));
    return sku.workers == 0 ? 0 : std::max(capacity, 1);
}

// The resource as a PUT of it makes it, its properties no more than what a client may choose.
arm::Resource shaped(Session& session, const arm::ResourceId& id, const Json& body) {
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    arm::Resource plan = arm::resource_from(session, id, body);
    const Json given = Json::parse(plan.properties);
    const std::string old_sku = before ? text_at(Json::parse(before->sku), "name") : std::string("B1");
    const Json* asked = find(body, "sku.name");
    const Sku& sku = sku_named(asked != nullptr && asked->is_string() ? asked->get<std::string>() : old_sku);
    const bool linux = flag_at(given, "reserved");
    if (before && linux != is_linux(*before))
        throw Error(fault::bad_request, "A plan cannot change between Linux and Windows workers.");
    Json kept;
    kept["reserved"] = linux;
    for (const char* name : {"hyperV", "perSiteScaling", "zoneRedundant", "elasticScaleEnabled"})
        kept[name] = flag_at(given, name);
    kept["isXenon"] = flag_at(given, "hyperV") || flag_at(given, "isXenon");
    plan.kind = linux                                      ? "linux"
                : sku.workers == 0                         ? "functionapp"
                : kept["isXenon"].get<bool>()              ? "xenon"
                : sku.family == "WS" || sku.family == "EP" ? "elastic"
                                                           : "app";
    plan.sku = compact(sku_wire(sku, capacity_of(body, sku)));
    plan.properties = compact(kept);
    return plan;
}

Json stored(Session& session, const arm::Resource& plan, bool is_new) {
    session.arm.save(plan);
    session.note("web", is_new ? "plan created" : "plan updated", plan.id.text());
    return plan_wire(plan, apps_on(session, plan.id).size());
}

}  // namespace

Json put_plan(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    const bool is_new = !session.arm.find_resource(id);
    return stored(session, shaped(session, id, body), is_new);
}

Json patch_plan(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    const arm::Resource before = arm::require_resource(session, id);
    Json whole = arm::wire(before);
    whole.merge_patch(body);
    return stored(session, shaped(session, id, whole), false);
}

Json get_plan(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    const arm::Resource plan = arm::require_resource(session, id);
    return plan_wire(plan, apps_on(session, plan.id).size());
}

std::vector<Json> list_plans(Session& session, std::string_view subscription, std::string_view group) {
    arm::require_subscription(session, subscription);
    if (!group.empty()) arm::require_group(session, subscription, group);
    std::vector<Json> found;
    for (const arm::Resource& plan : session.arm.resources(subscription, group, plan_type))
        if (rbac::may(session, std::string(plan_type) + "/read", plan.id.text()))
            found.push_back(plan_wire(plan, apps_on(session, plan.id).size()));
    return found;
}

bool delete_plan(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> plan = session.arm.find_resource(id);
    if (!plan) return false;
    std::vector<std::string> names;
    for (const arm::Resource& app : apps_on(session, plan->id)) names.push_back(app.id.name());
    if (!names.empty())
        throw Error(fault::conflict,
                    fmt::format("Server farm '{}' cannot be deleted because it has web app(s) "
                                "{} assigned to it.",
                                plan->id.name(), join(names, ", ")));
    arm::erase(session, *plan);
    return true;
}

arm::Resource consumption_plan(Session& session, const arm::ResourceId& app, const std::string& location,
                               bool linux) {
    const arm::Location* region = arm::find_location(location);
    const std::string name =
        replace_all(region == nullptr ? location : std::string(region->display_name), " ", "") +
        (linux ? "LinuxDynamicPlan" : "Plan");
    const arm::ResourceId id(app.subscription(), app.group(), "Microsoft.Web", {{"serverfarms", name}});
    if (const std::optional<arm::Resource> known = session.arm.find_resource(id)) return *known;
    Json body;
    body["location"] = location;
    body["sku"]["name"] = "Y1";
    body["properties"]["reserved"] = linux;
    const arm::Resource plan = shaped(session, id, body);
    stored(session, plan, true);
    return plan;
}

bool is_linux(const arm::Resource& plan) { return flag_at(Json::parse(plan.properties), "reserved"); }

std::string tier_of(const arm::Resource& plan) { return text_at(Json::parse(plan.sku), "tier"); }

std::vector<arm::Resource> apps_on(Session& session, const arm::ResourceId& plan) {
    std::vector<arm::Resource> found;
    for (arm::Resource& app : session.arm.resources(plan.subscription(), "", site_type))
        if (iequals(text_at(Json::parse(app.properties), "serverFarmId"), plan.text()))
            found.push_back(std::move(app));
    return found;
}

}  // namespace azid::web
