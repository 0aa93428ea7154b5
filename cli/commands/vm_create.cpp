#include "cli/commands/deployment_shape.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_create_plan.hpp"
#include "cli/commands/vm_shape.hpp"
#include "core/arm/deployment.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/locations.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/virtual_machines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr int most_machines = 250;
constexpr std::size_t most_custom_data = 87380;  // Azure's limit, in base64

// az asks for the group's location while it still checks the command line: what fails then is a usage error.
std::string location_for(app::Context& context) {
    if (context.args.given("location")) return arm::normal_location(context.args.text("location"));
    try {
        return text_at(
            arm::get_group(context.session(), context.subscription, context.args.text("resource_group_name")),
            "location");
    } catch (const Error& error) {
        Fault fault = error.fault();
        fault.exit_code = fault::usage.exit_code;
        throw Error(fault, error.message());
    }
}

void plan_identity(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    plan.with_identity = args.given("assign_identity") || args.flag("enable_integrity_monitoring");
    if (!plan.with_identity) {
        if (args.given("identity_scope") || args.given("identity_role"))
            throw Error(fault::client, "usage error: --assign-identity [--scope SCOPE] [--role ROLE]");
        return;
    }
    require_role_with_scope(args.given("identity_role"), args.given("identity_scope"));
    plan.identities = wanted_identities(context, args.list("assign_identity"));
    if (!args.given("identity_scope")) return;
    require_system_for_role(plan.identities);
    plan.role = args.text("identity_role");
    plan.scope = scope_for(context, args.text("identity_scope"));
    plan.role_id = role_id_for(context, plan.role, plan.scope);
}

void check_count(const app::Args& args) {
    if (!args.given("count")) return;
    const std::int64_t count = args.count("count");
    if (count < 2 || count > most_machines)
        throw Error(fault::client, fmt::format("--count should be in [2, {}]", most_machines));
    if (args.given("nics"))
        throw Error(fault::client, "--nics does not support to be used together with --count.");
    if (args.given("attach_os_disk") || args.given("attach_data_disks"))
        throw Error(
            fault::client,
            "--attach-os-disk and --attach-data-disks do not support to be used together with --count.");
}

// azid runs no guest that could read it; Azure never gives it back either.
void check_custom_data(app::Context& context) {
    if (!context.args.given("custom_data")) return;
    if (base64(context.args.text("custom_data")).size() > most_custom_data)
        throw Error(fault::invalid_parameter,
                    "Custom data in OSProfile must be in Base64 encoding and with a "
                    "maximum length of 87380 characters.")
            .with_target("customData");
    context.messages.warn("azid runs no operating system: the custom data is checked and then dropped.");
}

VmPlan plan_machine(app::Context& context) {
    const app::Args& args = context.args;
    VmPlan plan;
    plan.name = args.text("vm_name");
    const Json tags = app::tags_of(args);
    plan.tags = tags.is_null() ? "{}" : compact(tags);
    plan.location = location_for(context);
    plan.zone = args.text("zone");
    check_count(args);
    plan_storage(context, plan);
    plan_network(context, plan);
    plan_authentication(context, plan);
    plan_identity(context, plan);
    check_custom_data(context);
    return plan;
}

void warn_of_no_access(app::Context& context, const VmPlan& plan) {
    if (!plan.with_identity || !plan.identities.system || !plan.role_id.empty()) return;
    const std::string group = context.args.text("resource_group_name");
    context.messages.warn(fmt::format(
        "No access was given yet to the '{}', because '--scope' was not provided. You should setup by "
        "creating a role assignment, e.g. 'az role assignment create --assignee <principal-id> --role "
        "contributor -g {}' would let it access the current resource group. To get the pricipal id, run 'az "
        "vm show -g {} -n {} --query \"identity.principalId\" -otsv'",
        plan.name, group, group, plan.name));
}

// What az prints of one machine that it made.
Json summary(app::Context& context, const VmPlan& plan, const Json& body) {
    const Details details = details_of(context, body);
    const Json* zones = find(body, "zones");
    Json result = {{"fqdns", details.fqdns},
                   {"id", text_at(body, "id")},
                   {"location", text_at(body, "location")},
                   {"macAddress", details.mac_addresses},
                   {"powerState", details.power_state},
                   {"privateIpAddress", details.private_ips},
                   {"publicIpAddress", details.public_ips},
                   {"resourceGroup", arm::group_of(text_at(body, "id"))},
                   {"zones", zones != nullptr && !zones->empty() ? zones->at(0) : Json("")}};
    if (plan.with_identity)
        result["identity"] = identity_summary(body.value("identity", Json::object()), plan.role, plan.scope);
    return result;
}

std::vector<std::string> indexes(const app::Args& args) {
    if (!args.given("count")) return {""};
    std::vector<std::string> all;
    for (int i = 0; i < args.number("count"); ++i) all.push_back(std::to_string(i));
    return all;
}

// az shows the body of a deployment's failure as it came.
template <class Work>
auto as_az_shows(const Work& work) {
    try {
        return work();
    } catch (const Error& error) {
        if (error.fault().surface != Surface::arm) throw;
        throw Error(fault::client, compact(arm::deployment_error_body(error)));
    }
}

// The deployment as az sends it. The password travels as a parameter, which is recorded nowhere.
std::string deployment_of(const VmPlan& plan, const Json& resources) {
    Json parameters = Json::object();
    Json values = Json::object();
    if (!plan.admin_password.empty()) {
        parameters["adminPassword"] = {{"type", "securestring"},
                                       {"metadata", {{"description", "Secure adminPassword"}}}};
        values["adminPassword"] = {{"value", plan.admin_password}};
    }
    const Json document = {
        {"$schema", "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"},
        {"contentVersion", "1.0.0.0"},
        {"parameters", parameters},
        {"variables", Json::object()},
        {"resources", resources},
        {"outputs", Json::object()}};
    return compact(
        Json{{"properties", {{"template", document}, {"parameters", values}, {"mode", "incremental"}}}});
}

// The extension that attests how the machine started, where it can.
void install_attestation(app::Context& context, const VmPlan& plan) {
    const app::Args& args = context.args;
    const bool trusted = plan.security_type == "TrustedLaunch" && plan.vtpm.value_or(false) &&
                         plan.secure_boot.value_or(false);
    if (!args.flag("enable_integrity_monitoring") || (!trusted && plan.security_type != "ConfidentialVM"))
        return;
    for (const std::string& index : indexes(args)) {
        const arm::ResourceId machine(context.subscription, args.text("resource_group_name"),
                                      "Microsoft.Compute", {{"virtualMachines", plan.name + index}});
        compute::put_extension(
            context.session(), machine.child("extensions", "GuestAttestation"),
            {{"location", plan.location},
             {"properties",
              {{"publisher", fmt::format("Microsoft.Azure.Security.{}Attestation", plan.os_type)},
               {"type", "GuestAttestation"},
               {"typeHandlerVersion", "1.0"},
               {"autoUpgradeMinorVersion", true},
               {"enableAutomaticUpgrade", !args.flag("disable_integrity_monitoring_autoupgrade")}}}});
    }
}

Json made_machines(app::Context& context, const VmPlan& plan) {
    Json machines = Json::array();
    for (const std::string& index : indexes(context.args)) {
        const arm::ResourceId id(context.subscription, context.args.text("resource_group_name"),
                                 "Microsoft.Compute", {{"virtualMachines", plan.name + index}});
        const Json body = compute::show_machine(context.session(), id, {.instance_view = true});
        if (index.empty()) return summary(context, plan, body);
        machines.push_back(with_details(context, body));
    }
    return machines;
}

}  // namespace

std::string resource_id(const app::Context& context, std::string_view provider, std::string_view type,
                        const std::string& name_or_id) {
    if (arm::ResourceId::parse(name_or_id)) return name_or_id;
    return fmt::format("{}/providers/{}/{}/{}", context.group_scope(), provider, type, name_or_id);
}

Json vm_create(app::Context& context) {
    const VmPlan plan = plan_machine(context);
    const arm::DeploymentPlace place{context.subscription, context.args.text("resource_group_name"),
                                     "vm_deploy_" + new_hex(context.session().random, 32)};
    Json resources = Json::array();
    for (const std::string& index : indexes(context.args))
        for (const Json& resource : template_resources(context, plan, index)) resources.push_back(resource);
    const std::string body = deployment_of(plan, resources);
    if (context.args.flag("validate"))
        return shaped_validation(
            as_az_shows([&] { return arm::validate_deployment(context.session(), place, body); }));
    const arm::Deployment made =
        as_az_shows([&] { return arm::put_deployment(context.session(), place, body); });
    if (context.args.flag("no_wait")) return nullptr;
    if (arm::has_failed(made)) throw arm::failure_of(made);
    install_attestation(context, plan);
    warn_of_no_access(context, plan);
    return made_machines(context, plan);
}

}  // namespace azid::commands
