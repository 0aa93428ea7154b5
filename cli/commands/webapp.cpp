#include "cli/app/environment.hpp"
#include "cli/commands/generic_update.hpp"
#include "cli/commands/web.hpp"
#include "cli/commands/web_runtimes.hpp"
#include "cli/commands/web_shape.hpp"
#include "core/arm/ports.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/web/plans.hpp"
#include "core/web/sites.hpp"
#include "core/web/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// The name under which az knows the container image: with the registry before it.
std::string image_of(const app::Args& args) {
    const std::string old_name = args.text("deployment_container_image_name");
    const std::string name = args.text("container_image_name");
    const std::string registry = args.text("container_registry_url");
    if (!old_name.empty() && !name.empty())
        throw Error(fault::client,
                    "Cannot use both --deployment-container-image-name and --container-image-name");
    if (!registry.empty() && name.empty())
        throw Error(fault::client, "Please specify both --container-registry-url and --container-image-name");
    if (!old_name.empty()) return old_name;
    if (registry.empty() || name.empty()) return name;
    std::string host = registry;
    if (const size_t scheme = host.find("://"); scheme != std::string::npos) host = host.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/:"));
    return host + "/" + (name.starts_with('/') ? name.substr(1) : name);
}

[[noreturn]] void refuse_choice(const app::Args& args) {
    throw Error(
        fault::client,
        fmt::format("Please specify both --multicontainer-config-type TYPE and --multicontainer-config-file "
                    "FILE, and only specify one out of --runtime, {}, --multicontainer-config-type or "
                    "--sitecontainers_app",
                    args.given("deployment_container_image_name") ? "--deployment-container-image-name"
                                                                  : "--container-image-name"));
}

Json linux_config(app::Context& context, const std::string& image) {
    const app::Args& args = context.args;
    const std::string type = args.text("multicontainer_config_type");
    const std::string file = args.text("multicontainer_config_file");
    const std::string runtime = args.text("runtime");
    const int choices = static_cast<int>(!runtime.empty()) + static_cast<int>(!image.empty()) +
                        static_cast<int>(!type.empty()) + static_cast<int>(args.flag("sitecontainers_app"));
    if (type.empty() != file.empty() || choices != 1) refuse_choice(args);
    Json config = Json::object();
    if (args.flag("sitecontainers_app")) {
        config["linuxFxVersion"] = "SITECONTAINERS";
    } else if (!runtime.empty()) {
        config = web_runtime(runtime, true);
        if (config.is_null())
            throw Error(fault::client,
                        fmt::format("Linux Runtime '{}' is not supported.Run 'az webapp list-runtimes "
                                    "--os-type linux' to cross check",
                                    replace_all(runtime, ":", "|")));
    } else if (!image.empty()) {
        config["linuxFxVersion"] = "DOCKER|" + image;
    } else {
        const std::optional<std::string> text = context.environment.read_file(file);
        if (!text) throw Error(fault::client, fmt::format("Cannot access config file that is '{}'", file));
        config["linuxFxVersion"] = type + "|" + base64(*text);
    }
    if (args.given("startup_file")) config["appCommandLine"] = args.text("startup_file");
    return config;
}

Json windows_config(const app::Args& args, const std::string& image, bool is_new) {
    const std::string runtime = args.text("runtime");
    if (!runtime.empty()) {
        if (args.given("startup_file") || !image.empty() || args.given("multicontainer_config_file") ||
            args.given("multicontainer_config_type"))
            throw Error(
                fault::client,
                "usage error: --startup-file or --deployment-container-image-name or "
                "--container-image-name or --multicontainer-config-type and --multicontainer-config-file is "
                "only appliable on linux webapp");
        Json config = web_runtime(runtime, false);
        if (config.is_null())
            throw Error(fault::client, fmt::format("Windows runtime '{}' is not supported.Run 'az webapp "
                                                   "list-runtimes --os-type windows' to cross check",
                                                   replace_all(runtime, ":", "|")));
        return config;
    }
    Json config = Json::object();
    if (is_new) config["appSettings"].push_back(app_setting("WEBSITE_NODE_DEFAULT_VERSION", "~22"));
    return config;
}

// Those of a private registry, kept among the app's settings as App Service keeps them.
void add_registry(const app::Args& args, Json& config) {
    constexpr std::pair<const char*, const char*> settings[] = {
        {"container_registry_url", "DOCKER_REGISTRY_SERVER_URL"},
        {"container_registry_user", "DOCKER_REGISTRY_SERVER_USERNAME"},
        {"container_registry_password", "DOCKER_REGISTRY_SERVER_PASSWORD"}};
    for (const auto& [key, setting] : settings)
        if (args.given(key)) config["appSettings"].push_back(app_setting(setting, args.text(key)));
}

void add_acr(app::Context& context, Json& config) {
    const app::Args& args = context.args;
    if (args.flag("acr_use_identity")) config["acrUseManagedIdentityCreds"] = true;
    const std::string named = args.text("acr_identity");
    if (named.empty()) return;
    config["acrUserManagedIdentityID"] = "";
    if (named == "[system]") return;
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(named);
    const std::optional<arm::Resource> identity =
        id ? context.session().arm.find_resource(*id) : std::nullopt;
    if (!identity)
        throw Error(fault::client_not_found, fmt::format("The identity '{}' doesn't exist.", named));
    config["acrUserManagedIdentityID"] = text_at(Json::parse(identity->properties), "clientId");
}

// Whether the name is free. A name that is taken by an app of this group means that app.
bool name_is_free(app::Context& context, const std::string& name) {
    const std::optional<arm::ResourceId> taken = web::find_site_id(context.session(), name);
    if (!taken) return true;
    context.messages.warn(
        fmt::format("Webapp '{}' already exists. The command will use the existing app's settings.", name));
    if (!iequals(taken->subscription(), context.subscription))
        throw Error(
            fault::client_not_found,
            fmt::format("Unable to retrieve details of the existing app '{}'. Please check that the app is a "
                        "part of the current subscription. If creating a new app, app names must be globally "
                        "unique. Please try a more unique name",
                        name));
    const std::string group = context.args.text("resource_group_name");
    if (!iequals(taken->group(), group))
        throw Error(
            fault::client,
            fmt::format("The webapp '{}' exists in resource group '{}' and does not match the value entered "
                        "'{}'. Please re-run command with the correct parameters.",
                        name, taken->group(), group));
    return false;
}

Json create_body(app::Context& context, const arm::Resource& plan, bool is_new) {
    const app::Args& args = context.args;
    const bool linux = web::is_linux(plan);
    const std::string image = image_of(args);
    Json config = linux ? linux_config(context, image) : windows_config(args, image, is_new);
    add_registry(args, config);
    add_acr(context, config);
    const std::string tier = web::tier_of(plan);
    if (tier != "Free" && tier != "Shared" && tier != "Basic") config["alwaysOn"] = true;
    Json properties{{"serverFarmId", plan.id.text()},
                    {"siteConfig", std::move(config)},
                    {"httpsOnly", args.flag("https_only")}};
    if (args.given("public_network_access"))
        properties["publicNetworkAccess"] = args.text("public_network_access");
    if (const std::string subnet = subnet_for(context, plan.location); !subnet.empty()) {
        properties["virtualNetworkSubnetId"] = subnet;
        properties["vnetRouteAllEnabled"] = true;
    }
    Json body{{"location", plan.location}, {"properties", std::move(properties)}};
    const Json tags = app::tags_of(args);
    if (!tags.is_null()) body["tags"] = tags;
    return body;
}

// az's model as the PUT that --set, --add and --remove end in.
Json update_body(Json shown) {
    Json body;
    for (const char* name : {"location", "kind", "tags"}) body[name] = shown[name];
    Json& properties = body["properties"];
    for (const auto& [name, value] : shown.items())
        if (!body.contains(name) && name != "identity" && !value.is_null()) properties[name] = value;
    if (properties.contains("siteConfig"))
        for (const char* hidden : {"appSettings", "acrUserManagedIdentityId"})
            properties["siteConfig"].erase(hidden);
    return body;
}

}  // namespace

Json webapp_create(app::Context& context) {
    const app::Args& args = context.args;
    const std::optional<arm::Resource> plan = plan_named(context, args.text("plan"), true);
    if (!plan)
        throw Error(fault::client_not_found, fmt::format("The plan '{}' doesn't exist.", args.text("plan")));
    const bool is_new = name_is_free(context, args.text("name"));
    const arm::ResourceId id = site_id(context);
    Json body = create_body(context, *plan, is_new);
    Json shown = shaped_site(web::put_site(context.session(), id, body));
    shown["ftpPublishingUrl"] = web::ftp_url(*context.session().arm.find_resource(id));
    if (args.given("assign_identities")) shown["identity"] = assign_to_app(context, id);
    return shown;
}

Json webapp_update(app::Context& context) {
    const app::Args& args = context.args;
    const arm::ResourceId id = site_id(context);
    Json shown = shaped_site(web::get_site(context.session(), id));
    if (text_at(shown, "kind").find("function") != std::string::npos)
        throw Error(fault::client, "please use 'az functionapp update' to update this function app");
    if (const std::optional<bool> on = args.three_state("client_affinity_enabled"))
        shown["clientAffinityEnabled"] = *on;
    if (const std::optional<bool> on = args.three_state("https_only")) shown["httpsOnly"] = *on;
    if (args.given("minimum_elastic_instance_count"))
        shown["siteConfig"]["minimumElasticInstanceCount"] = args.number("minimum_elastic_instance_count");
    if (args.given("prewarmed_instance_count"))
        shown["siteConfig"]["preWarmedInstanceCount"] = args.number("prewarmed_instance_count");
    apply_generic_update(context, shown);
    return shaped_site(web::put_site(context.session(), id, update_body(shown)));
}

}  // namespace azid::commands
