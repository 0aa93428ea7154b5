#include "cli/commands/vm_create_plan.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// What az makes a machine of when nothing is said.
constexpr std::string_view default_image =
    "MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition:latest";
constexpr std::string_view upgrade_hint =
    "Consider upgrading security for your workloads using Azure Trusted Launch VMs. To know more about "
    "Trusted Launch, please visit https://aka.ms/TrustedLaunch.";

compute::ImageReference reference_for(const std::string& given) {
    if (std::optional<compute::ImageReference> urn = compute::parse_urn(given)) return *urn;
    const compute::Alias* alias = compute::find_alias(given);
    if (alias != nullptr)
        return {std::string(alias->publisher), std::string(alias->offer), std::string(alias->sku), "latest"};
    std::vector<std::string> names;
    for (const compute::Alias& known : compute::image_aliases())
        names.push_back(fmt::format("'{}'", known.name));
    throw Error(
        fault::client,
        fmt::format("Invalid image \"{}\". Use a valid image URN, custom image name, custom image id, VHD "
                    "blob URI, or pick an image from [{}].\n"
                    "See vm create -h for more information on specifying an image.",
                    given, join(names, ", ")));
}

// Trusted Launch where the image can do it, as az has done by itself since 2.69; a hint otherwise.
void plan_security(app::Context& context, VmPlan& plan, const compute::Image* image) {
    const app::Args& args = context.args;
    plan.security_type = args.text("security_type");
    plan.secure_boot = args.three_state("enable_secure_boot");
    plan.vtpm = args.three_state("enable_vtpm");
    if (image == nullptr) return;
    if (!image->trusted_launch) {
        context.messages.warn(std::string(upgrade_hint));
        return;
    }
    if (plan.security_type.empty()) plan.security_type = "TrustedLaunch";
    if (plan.security_type == "Standard") return;
    if (!plan.secure_boot) plan.secure_boot = true;
    if (!plan.vtpm) plan.vtpm = true;
}

// "--storage-sku Premium_LRS", or "os=Premium_LRS 0=Standard_LRS" where they differ. The disk's lun, or "os".
std::string option_for_disk(const std::vector<std::string>& given, const std::string& disk) {
    for (const std::string& item : given)
        if (const std::size_t equals = item.find('='); equals != std::string::npos)
            if (iequals(item.substr(0, equals), disk)) return item.substr(equals + 1);
    if (given.size() == 1 && given.front().find('=') == std::string::npos) return given.front();
    return {};
}

void put_if(Json& object, const char* name, const std::string& value) {
    if (!value.empty()) object[name] = value;
}

void plan_os_disk(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    const bool attached = !plan.os_disk.empty() || !plan.os_vhd.empty();
    Json disk;
    disk["createOption"] = attached ? "Attach" : "FromImage";
    put_if(disk, "name", args.text("os_disk_name"));
    if (attached) disk["osType"] = plan.os_type;
    disk["caching"] = args.given("os_caching") ? args.text("os_caching") : "ReadWrite";
    if (args.given("os_disk_size_gb")) disk["diskSizeGB"] = args.number("os_disk_size_gb");
    put_if(disk, "deleteOption", args.text("os_disk_delete_option"));
    if (!plan.os_disk.empty()) {
        disk["managedDisk"]["id"] = plan.os_disk;
    } else if (!plan.os_vhd.empty()) {
        disk["vhd"]["uri"] = plan.os_vhd;
    } else if (args.flag("use_unmanaged_disk")) {
        const std::string name = "osdisk_" + new_hex(context.session().random, 10);
        const std::string container =
            args.given("storage_container_name") ? args.text("storage_container_name") : "vhds";
        if (!args.given("os_disk_name")) disk["name"] = name;
        disk["vhd"]["uri"] = fmt::format("https://{}.blob.core.windows.net/{}/{}.vhd",
                                         args.text("storage_account"), container, text_at(disk, "name"));
    } else {
        disk["managedDisk"] = Json::object();
        put_if(disk["managedDisk"], "storageAccountType", option_for_disk(args.list("storage_sku"), "os"));
        if (args.given("os_disk_encryption_set"))
            disk["managedDisk"]["diskEncryptionSet"]["id"] = resource_id(
                context, "Microsoft.Compute", "diskEncryptionSets", args.text("os_disk_encryption_set"));
        if (args.given("os_disk_security_encryption_type"))
            disk["managedDisk"]["securityProfile"]["securityEncryptionType"] =
                args.text("os_disk_security_encryption_type");
    }
    if (args.flag("ephemeral_os_disk")) {
        disk["diffDiskSettings"]["option"] = "Local";
        put_if(disk["diffDiskSettings"], "placement", args.text("ephemeral_os_disk_placement"));
        disk["caching"] = "ReadOnly";
    }
    plan.os_disk_body = compact(disk);
}

void plan_data_disks(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    Json disks = Json::array();
    const auto finish = [&](Json disk) {
        const std::string lun = std::to_string(disks.size());
        disk["lun"] = disks.size();
        const std::string caching = option_for_disk(args.list("data_caching"), lun);
        disk["caching"] = caching.empty() ? "None" : caching;
        put_if(disk, "deleteOption", option_for_disk(args.list("data_disk_delete_option"), lun));
        const std::string sku = option_for_disk(args.list("storage_sku"), lun);
        if (!sku.empty()) disk["managedDisk"]["storageAccountType"] = sku;
        const std::vector<std::string> sets = args.list("data_disk_encryption_sets");
        if (disks.size() < sets.size())
            disk["managedDisk"]["diskEncryptionSet"]["id"] =
                resource_id(context, "Microsoft.Compute", "diskEncryptionSets", sets[disks.size()]);
        disks.push_back(std::move(disk));
    };
    for (const std::string& size : args.list("data_disk_sizes_gb"))
        finish({{"createOption", "Empty"}, {"diskSizeGB", app::number_of(size)}});
    for (const std::string& disk : args.list("attach_data_disks"))
        finish({{"createOption", "Attach"},
                {"managedDisk", {{"id", resource_id(context, "Microsoft.Compute", "disks", disk)}}}});
    plan.data_disks = compact(disks);
}

void plan_attached_disk(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    const std::string given = args.text("attach_os_disk");
    if (given.starts_with("https://") || given.starts_with("http://"))
        plan.os_vhd = given;
    else
        plan.os_disk = resource_id(context, "Microsoft.Compute", "disks", given);
    if (!args.given("os_type"))
        throw Error(fault::client,
                    "usage error: '--os-type' is required when attaching an existing OS disk.");
    plan.os_type = args.text("os_type") == "windows" ? "Windows" : "Linux";
}

}  // namespace

void plan_storage(app::Context& context, VmPlan& plan) {
    const app::Args& args = context.args;
    if (args.given("attach_os_disk")) {
        if (args.given("image"))
            throw Error(fault::client,
                        "incorrect usage: --attach-os-disk and --image cannot be used together.");
        plan_attached_disk(context, plan);
        plan_security(context, plan, nullptr);
    } else {
        plan.image = reference_for(args.given("image") ? args.text("image") : std::string(default_image));
        const std::optional<compute::Image> image = compute::find_image(*plan.image);
        plan.os_type = image                   ? image->os_type
                       : args.given("os_type") ? (args.text("os_type") == "windows" ? "Windows" : "Linux")
                                               : "";
        plan_security(context, plan, image ? &*image : nullptr);
    }
    if (args.flag("use_unmanaged_disk") && !args.given("storage_account") && plan.image)
        throw Error(fault::not_modelled,
                    "azid makes no storage account of its own for unmanaged disks: name one with "
                    "--storage-account.");
    plan_os_disk(context, plan);
    plan_data_disks(context, plan);
}

}  // namespace azid::commands
