#include "core/web/sites.hpp"

#include "core/arm/linked.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/msi/host_identity.hpp"
#include "core/rbac/authorise.hpp"
#include "core/web/plans.hpp"
#include "core/web/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::web {

namespace {

using msi::IdentityChange;

// Of the properties those that a client chooses; all others are Azure's own and made new for every answer.
constexpr const char* chosen[] = {"serverFarmId",
                                  "reserved",
                                  "isXenon",
                                  "hyperV",
                                  "enabled",
                                  "httpsOnly",
                                  "clientAffinityEnabled",
                                  "clientAffinityProxyEnabled",
                                  "clientCertEnabled",
                                  "clientCertMode",
                                  "clientCertExclusionPaths",
                                  "endToEndEncryptionEnabled",
                                  "containerSize",
                                  "dailyMemoryTimeQuota",
                                  "functionAppConfig",
                                  "hostNamesDisabled",
                                  "keyVaultReferenceIdentity",
                                  "publicNetworkAccess",
                                  "redundancyMode",
                                  "scmSiteAlsoStopped",
                                  "siteConfig",
                                  "storageAccountRequired",
                                  "virtualNetworkSubnetId",
                                  "vnetContentShareEnabled",
                                  "vnetImagePullEnabled",
                                  "vnetRouteAllEnabled"};

std::string plan_in(const Json& body) {
    const Json* id = find(body, "properties.serverFarmId");
    return id != nullptr && id->is_string() ? id->get<std::string>() : std::string();
}

arm::Resource plan_for(Session& session, const arm::ResourceId& site, const Json& body,
                       const std::string& location) {
    const std::string wanted = plan_in(body);
    const Json* reserved = find(body, "properties.reserved");
    const bool linux = reserved != nullptr && reserved->is_boolean() && reserved->get<bool>();
    if (wanted.empty()) return consumption_plan(session, site, location, linux);
    const arm::ResourceId id = arm::linked_id(wanted, "properties.serverFarmId");
    const std::optional<arm::Resource> plan = session.arm.find_resource(id);
    if (!plan || !iequals(id.type(), plan_type))
        throw Error(fault::not_found, fmt::format("Cannot find serverFarm with name {}.", id.name()));
    return *plan;
}

void claim_name(Session& session, const arm::ResourceId& id) {
    if (!is_site_name(id.name()))
        throw Error(
            fault::bad_request,
            fmt::format("The host name {}.azurewebsites.net is invalid: an app's name has 2 to 60 letters, "
                        "digits and '-', and '-' at neither end.",
                        id.name()));
    if (find_site_id(session, id.name()))
        throw Error(fault::conflict, fmt::format("Website with given name {} already exists.", id.name()));
}

// "app,linux", "functionapp": what the client says, and what the plan says.
std::string kind_of(const std::string& asked, const Json& properties, bool linux) {
    std::string kind = asked.empty() ? "app" : asked;
    if (linux && kind.find("linux") == std::string::npos) kind += ",linux";
    const Json* runtime = find(properties, "siteConfig.linuxFxVersion");
    const bool container =
        runtime != nullptr && runtime->is_string() && istarts_with(runtime->get<std::string>(), "DOCKER|");
    if (container && kind.find("container") == std::string::npos) kind += ",container";
    return kind;
}

// The rest of a PUT or PATCH, once the caller is known to be allowed to.
Json change_site(Session& session, const arm::ResourceId& id, const Json& body, IdentityChange change) {
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    if (!before) claim_name(session, id);
    arm::Resource site = arm::resource_from(session, id, body);
    const Json given = Json::parse(site.properties);
    Json kept = before ? Json::parse(before->properties) : Json::object();
    for (const char* name : chosen) {
        const auto found = given.find(name);
        if (found == given.end() || found->is_null()) continue;
        if (found->is_object() && kept.contains(name))
            kept[name].merge_patch(*found);
        else
            kept[name] = *found;
    }
    const arm::Resource plan = plan_for(session, site.id, {{"properties", kept}}, site.location);
    kept["serverFarmId"] = plan.id.text();
    kept["reserved"] = is_linux(plan);
    kept["sku"] = tier_of(plan);
    site.kind = kind_of(site.kind, kept, is_linux(plan));
    site.properties = compact(kept);
    if (!before) session.note("arm", "app requested", site.id.text());
    msi::apply_host_identity(session, site, find(body, "identity"), change);
    session.arm.save(site);
    session.note("web", before ? "app updated" : "app created", site.id.text());
    return site_wire(session, site);
}

void vanish(Session& session, const arm::Resource& site) {
    msi::release_host_identity(session, site);
    arm::erase(session, site);
}

bool remove(Session& session, const arm::ResourceId& id) { return delete_site(session, id, false); }

constexpr arm::ResourceType types[] = {
    {.type = site_type,
     .put = put_site,
     .patch = patch_site,
     .get = get_site,
     .remove = remove,
     .vanish = vanish,
     .preflight = check_site},
    {.type = plan_type, .put = put_plan, .patch = patch_plan, .get = get_plan, .remove = delete_plan}};

}  // namespace

void check_site(Session& session, const arm::ResourceId& id, const Json& body) {
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    if (const std::string plan = plan_in(body); !plan.empty())
        arm::authorise_linked(session, id.type() + "/write", id.text(),
                              std::string(plan_type) + "/join/action", {plan});
    msi::check_host_identity(session, id, before ? before->identity : arm::IdentityBlock{},
                             find(body, "identity"), IdentityChange::put);
}

Json put_site(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    check_site(session, id, body);
    return change_site(session, id, body, IdentityChange::put);
}

Json patch_site(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, id.type() + "/write", id.text());
    const arm::Resource before = arm::require_resource(session, id);
    Json whole = arm::wire(before);
    whole["properties"] = Json::object();
    for (const char* name : {"tags", "kind", "properties", "identity"})
        if (body.contains(name)) whole[name] = body[name];
    return change_site(session, id, whole, IdentityChange::patch);
}

Json get_site(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, id.type() + "/read", id.text());
    return site_wire(session, arm::require_resource(session, id));
}

std::vector<Json> list_sites(Session& session, std::string_view subscription, std::string_view group) {
    arm::require_subscription(session, subscription);
    if (!group.empty()) arm::require_group(session, subscription, group);
    std::vector<Json> found;
    for (const arm::Resource& site : session.arm.resources(subscription, group, site_type))
        if (rbac::may(session, std::string(site_type) + "/read", site.id.text()))
            found.push_back(site_wire(session, site));
    return found;
}

bool delete_site(Session& session, const arm::ResourceId& id, bool keep_empty_plan) {
    rbac::authorise(session, id.type() + "/delete", id.text());
    const std::optional<arm::Resource> site = session.arm.find_resource(id);
    if (!site) return false;
    vanish(session, *site);
    const std::optional<arm::ResourceId> plan =
        arm::ResourceId::parse(text_at(Json::parse(site->properties), "serverFarmId"));
    const std::optional<arm::Resource> farm = plan ? session.arm.find_resource(*plan) : std::nullopt;
    if (!keep_empty_plan && farm && apps_on(session, farm->id).empty()) arm::erase(session, *farm);
    return true;
}

std::optional<arm::ResourceId> find_site_id(Session& session, std::string_view name) {
    for (const arm::Subscription& subscription : session.arm.subscriptions())
        for (const arm::Resource& site : session.arm.resources(subscription.id, "", site_type))
            if (iequals(site.id.name(), name)) return site.id;
    return {};
}

bool is_site_name(std::string_view name) {
    const auto allowed = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; };
    return name.size() >= 2 && name.size() <= 60 && name.front() != '-' && name.back() != '-' &&
           std::all_of(name.begin(), name.end(), allowed);
}

std::span<const arm::ResourceType> resource_types() { return types; }

}  // namespace azid::web
