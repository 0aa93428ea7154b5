#include "cli/commands/managed_identity.hpp"
#include "cli/commands/web.hpp"
#include "cli/commands/web_runtimes.hpp"
#include "cli/commands/web_shape.hpp"
#include "cli/parse/convert.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/storage/accounts.hpp"
#include "core/web/plans.hpp"
#include "core/web/sites.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>
#include <optional>

namespace azid::commands {

namespace {

void check_plan_choice(app::Context& context) {
    const app::Args& args = context.args;
    if (!args.given("functions_version") && !args.given("flexconsumption_location"))
        context.messages.warn("No functions version specified so defaulting to 4.");
    const int given = static_cast<int>(!args.text("plan").empty()) +
                      static_cast<int>(!args.text("consumption_plan_location").empty()) +
                      static_cast<int>(!args.text("flexconsumption_location").empty());
    if (given != 1)
        throw Error(fault::client,
                    "usage error: You must specify one of these parameter --plan NAME_OR_ID | "
                    "--consumption-plan-location LOCATION | --flexconsumption-location LOCATION");
}

// What only a Flex Consumption app may have, and what it may not.
void check_flex(const app::Args& args) {
    const bool flex = !args.text("flexconsumption_location").empty();
    if (flex && !args.text("image").empty())
        throw Error(fault::client,
                    "--image is not a valid input for Azure Functions on the Flex Consumption plan. "
                    "Please try again without the --image parameter.");
    if (flex && iequals(args.text("os_type"), "Windows"))
        throw Error(
            fault::client,
            "--os-type windows is not a valid input for Azure Functions on the Flex Consumption plan. Please "
            "try again without the --os-type parameter or set --os-type to be linux.");
    if (flex) return;
    if (args.flag("zone_redundant"))
        throw Error(fault::client,
                    "--zone-redundant is only valid for the Flex Consumption plan. Please try again "
                    "without the --zone-redundant parameter.");
    for (const char* key : {"always_ready_instances", "maximum_instance_count", "instance_memory",
                            "deployment_storage_name", "deployment_storage_container_name",
                            "deployment_storage_auth_type", "deployment_storage_auth_value"})
        if (args.given(key))
            throw Error(
                fault::client,
                "usage error: parameters --always-ready-instances, --maximum-instance-count, "
                "--instance-memory, --deployment-storage-name, --deployment-storage-container-name, "
                "--deployment-storage-auth-type and --deployment-storage-auth-value must be used with "
                "parameter --flexconsumption-location, please provide the name of the flex plan location "
                "using --flexconsumption-location.");
}

// The storage account of --storage-account, a name in the app's group or an id.
arm::ResourceId storage_of(app::Context& context, const std::string& named) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(named);
    const arm::ResourceId wanted =
        id ? *id
           : arm::ResourceId(context.subscription, context.args.text("resource_group_name"),
                             "Microsoft.Storage", {{"storageAccounts", named}});
    storage::get_account(context.session(), wanted);  // refuses what is not there or may not be read
    return wanted;
}

Json runtime_of(const app::Args& args, bool linux) {
    const std::string name = args.text("runtime");
    const std::string version = args.text("runtime_version");
    if (linux && name.empty() && (args.text("image").empty() || args.given("consumption_plan_location")))
        throw Error(fault::client,
                    "usage error: --runtime RUNTIME required for linux functions apps without custom image.");
    if (name.empty() && !version.empty())
        throw Error(fault::client, "Must specify --runtime to use --runtime-version");
    const std::string wanted = name.empty() ? "dotnet" : lower(name);
    Json found = function_runtime(wanted, version, linux);
    if (!found.is_null()) return found;
    const char* system = linux ? "Linux" : "Windows";
    const std::string versions = function_runtime_versions(wanted, linux);
    if (versions.empty())
        throw Error(fault::client, fmt::format("Runtime {} is not supported for {}. Supported: {}.", wanted,
                                               system, function_runtimes(linux)));
    throw Error(
        fault::client,
        fmt::format(
            "Invalid version {} for runtime {} and os {}. Supported versions for runtime {} and os {} "
            "are: {}.",
            version, wanted, lower(system), wanted, lower(system), versions));
}

// The connection that the host keeps among its settings. Keys of accounts are not imitated: it names the
// account only.
std::string connection_to(const arm::ResourceId& account) {
    return fmt::format("DefaultEndpointsProtocol=https;EndpointSuffix=core.windows.net;AccountName={}",
                       account.name());
}

struct Target {
    std::string plan;      // its id; empty: the region's consumption plan
    std::string location;  // of the app
    bool linux = false;
};

Target target_of(app::Context& context) {
    const app::Args& args = context.args;
    if (const std::string plan = args.text("plan"); !plan.empty()) {
        const std::optional<arm::Resource> found = plan_named(context, plan, false);
        if (!found) throw Error(fault::client_not_found, fmt::format("The plan '{}' doesn't exist", plan));
        return {found->id.text(), found->location, web::is_linux(*found)};
    }
    const bool flex = args.given("flexconsumption_location");
    const std::string location = args.text(flex ? "flexconsumption_location" : "consumption_plan_location");
    if (arm::find_location(location) == nullptr)
        throw Error(fault::client, fmt::format("Location is invalid. Use: az functionapp list-{}-locations",
                                               flex ? "flexconsumption" : "consumption"));
    return {"", arm::normal_location(location), flex || iequals(args.text("os_type"), "Linux")};
}

Json app_settings(const app::Args& args, const Json& runtime, const arm::ResourceId& account, bool flex) {
    Json settings = Json::array();
    if (!flex) settings.push_back(app_setting("FUNCTIONS_WORKER_RUNTIME", text_at(runtime, "worker")));
    if (!flex) settings.push_back(app_setting("FUNCTIONS_EXTENSION_VERSION", "~4"));
    settings.push_back(app_setting("AzureWebJobsStorage", connection_to(account)));
    if (args.given("app_insights_key"))
        settings.push_back(app_setting("APPINSIGHTS_INSTRUMENTATIONKEY", args.text("app_insights_key")));
    return settings;
}

Json create_body(app::Context& context, const Target& target, const Json& runtime,
                 const arm::ResourceId& account) {
    const app::Args& args = context.args;
    const std::string image = args.text("image");
    Json config = image.empty() ? runtime["siteConfig"] : Json{{"linuxFxVersion", "DOCKER|" + image}};
    config["appSettings"] = app_settings(args, runtime, account, args.given("flexconsumption_location"));
    if (!target.plan.empty()) config["alwaysOn"] = true;
    Json properties{{"reserved", target.linux},
                    {"siteConfig", std::move(config)},
                    {"httpsOnly", args.flag("https_only")}};
    if (!target.plan.empty()) properties["serverFarmId"] = target.plan;
    if (const std::string subnet = subnet_for(context, target.location); !subnet.empty()) {
        properties["virtualNetworkSubnetId"] = subnet;
        properties["vnetRouteAllEnabled"] = true;
    }
    Json body{{"location", target.location},
              {"kind", target.linux ? "functionapp,linux" : "functionapp"},
              {"properties", std::move(properties)}};
    const Json tags = app::tags_of(args);
    if (!tags.is_null()) body["tags"] = tags;
    return body;
}

// The plan that az makes for a Flex Consumption app, and the app's part of the body that speaks of it.
void add_flex(app::Context& context, const Target& target, const Json& runtime,
              const arm::ResourceId& account, Json& body) {
    const app::Args& args = context.args;
    std::string group;  // letters and digits of it only
    for (const char c : args.text("resource_group_name"))
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) group += c;
    const std::string plan_name = ("ASP-" + group).substr(0, 35) + "-" + new_hex(context.session().random, 4);
    const arm::ResourceId plan(context.subscription, args.text("resource_group_name"), "Microsoft.Web",
                               {{"serverfarms", plan_name}});
    web::put_plan(context.session(), plan,
                  {{"location", target.location},
                   {"sku", {{"name", "FC1"}}},
                   {"properties", {{"reserved", true}, {"zoneRedundant", args.flag("zone_redundant")}}}});
    Json scale{{"maximumInstanceCount",
                args.given("maximum_instance_count") ? args.number("maximum_instance_count") : 100},
               {"instanceMemoryMB", args.given("instance_memory") ? args.number("instance_memory") : 2048},
               {"alwaysReady", Json::array()}};
    for (const std::string& pair : args.list("always_ready_instances")) {
        const size_t equals = pair.find('=');
        if (equals == std::string::npos)
            throw Error(fault::client, "usage error: --always-ready-instances NAME=VALUE ...");
        const std::string written = pair.substr(equals + 1);
        const std::optional<std::string> count = parse::plain_integer(written);
        if (!count)
            throw Error(fault::client, fmt::format("invalid literal for int() with base 10: '{}'", written));
        scale["alwaysReady"].push_back(
            {{"name", pair.substr(0, equals)}, {"instanceCount", app::number_of(*count)}});
    }
    const std::string type = args.given("deployment_storage_auth_type")
                                 ? args.text("deployment_storage_auth_type")
                                 : std::string("StorageAccountConnectionString");
    Json authentication{{"type", type}};
    if (type == "UserAssignedIdentity")
        authentication["userAssignedIdentityResourceId"] = args.text("deployment_storage_auth_value");
    else if (type == "StorageAccountConnectionString")
        authentication["storageAccountConnectionStringName"] =
            args.given("deployment_storage_auth_value") ? args.text("deployment_storage_auth_value")
                                                        : "DEPLOYMENT_STORAGE_CONNECTION_STRING";
    const std::string container = args.given("deployment_storage_container_name")
                                      ? args.text("deployment_storage_container_name")
                                      : "app-package-" + lower(args.text("name"));
    Json& properties = body["properties"];
    properties["serverFarmId"] = plan.text();
    properties["functionAppConfig"] = {
        {"deployment",
         {{"storage",
           {{"type", "blobContainer"},
            {"value", fmt::format("https://{}.blob.core.windows.net/{}", account.name(), container)},
            {"authentication", std::move(authentication)}}}}},
        {"runtime", {{"name", text_at(runtime, "worker")}, {"version", text_at(runtime, "version")}}},
        {"scaleAndConcurrency", std::move(scale)}};
}

// The identity with which the app reads its package, and its role on the account.
void give_flex_storage(app::Context& context, const arm::ResourceId& site, const arm::ResourceId& account) {
    const std::string type = context.args.text("deployment_storage_auth_type");
    const bool system = type == "SystemAssignedIdentity";
    if (!system && type != "UserAssignedIdentity") return;
    const std::string named = context.args.text("deployment_storage_auth_value");
    Json patch;
    const Json before = web::get_site(context.session(), site).value("identity", Json());
    WantedIdentities wanted{system, {}};
    if (!system) wanted.user_assigned.push_back(named);
    patch["identity"] = added_identities(before, wanted);
    const Json after = web::patch_site(context.session(), site, patch).value("identity", Json());
    std::string principal = text_at(after, "principalId");
    if (!system)
        for (const auto& [id, value] : after["userAssignedIdentities"].items())
            if (iequals(id, named)) principal = text_at(value, "principalId");
    give_role(context, principal, role_id_for(context, "Storage Blob Data Contributor", account.text()),
              account.text());
}

}  // namespace

Json functionapp_create(app::Context& context) {
    const app::Args& args = context.args;
    check_plan_choice(context);
    check_flex(args);
    const Target target = target_of(context);
    const Json runtime = runtime_of(args, target.linux);
    const arm::ResourceId account = storage_of(context, args.text("storage_account"));
    const arm::ResourceId id = site_id(context);
    const bool flex = args.given("flexconsumption_location");
    Json body = create_body(context, target, runtime, account);
    if (flex) {
        const arm::ResourceId packages = args.given("deployment_storage_name")
                                             ? storage_of(context, args.text("deployment_storage_name"))
                                             : account;
        add_flex(context, target, runtime, packages, body);
        web::put_site(context.session(), id, body);
        give_flex_storage(context, id, packages);
    } else {
        web::put_site(context.session(), id, body);
    }
    if (args.given("consumption_plan_location") && target.linux)
        context.messages.warn(
            fmt::format("Your Linux function app '{}', that uses a consumption plan has been successfully "
                        "created but is not "
                        "active until content is published using Azure Portal or the Functions Core Tools.",
                        args.text("name")));
    Json identity;
    if (args.given("assign_identities")) identity = assign_to_app(context, id);
    const Json site = web::get_site(context.session(), id);
    if (flex) return site;  // az prints ARM's answer as it is
    return shaped_site(site);
}

}  // namespace azid::commands
