#include "cli/commands/disk.hpp"

#include "cli/commands/aaz.hpp"
#include "cli/commands/shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/disks.hpp"
#include "core/compute/images.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// The model's members, as "disk create" prints them; the other commands print what Azure sends.
constexpr std::string_view disk_fields =
    "availabilityPolicy burstingEnabled burstingEnabledTime completionPercent creationData "
    "dataAccessAuthMode "
    "diskAccessId diskIopsReadOnly diskIopsReadWrite diskMBpsReadOnly diskMBpsReadWrite diskSizeBytes "
    "diskSizeGb diskState encryption encryptionSettingsCollection extendedLocation hyperVGeneration id "
    "lastOwnershipUpdateTime location managedBy managedByExtended maxShares name networkAccessPolicy "
    "optimizedForFrequentAttach osType propertyUpdatesInProgress provisioningState publicNetworkAccess "
    "purchasePlan securityProfile shareInfo sku supportedCapabilities supportsHibernation tags tier "
    "timeCreated type uniqueId zones";
constexpr std::string_view creation_fields =
    "createOption elasticSanResourceId galleryImageReference imageReference logicalSectorSize "
    "performancePlus "
    "provisionedBandwidthCopySpeed securityDataUri sourceResourceId sourceUniqueId sourceUri "
    "storageAccountId "
    "uploadSizeBytes";

arm::ResourceId disk_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "Microsoft.Compute",
            {{"disks", context.args.text("disk_name")}}};
}

// Options whose value goes to one place of the properties as it is.
struct Plain {
    const char* key;
    const char* pointer;
    enum { text, flag, integer } kind;
};
constexpr Plain plain_options[] = {
    {"os_type", "/osType", Plain::text},
    {"hyper_v_generation", "/hyperVGeneration", Plain::text},
    {"encryption_type", "/encryption/type", Plain::text},
    {"max_shares", "/maxShares", Plain::integer},
    {"disk_iops_read_write", "/diskIOPSReadWrite", Plain::integer},
    {"disk_mbps_read_write", "/diskMBpsReadWrite", Plain::integer},
    {"disk_iops_read_only", "/diskIOPSReadOnly", Plain::integer},
    {"disk_mbps_read_only", "/diskMBpsReadOnly", Plain::integer},
    {"network_access_policy", "/networkAccessPolicy", Plain::text},
    {"public_network_access", "/publicNetworkAccess", Plain::text},
    {"logical_sector_size", "/creationData/logicalSectorSize", Plain::integer},
    {"performance_plus", "/creationData/performancePlus", Plain::flag},
    {"tier", "/tier", Plain::text},
    {"enable_bursting", "/burstingEnabled", Plain::flag},
    {"security_type", "/securityProfile/securityType", Plain::text},
    {"support_hibernation", "/supportsHibernation", Plain::flag},
    {"accelerated_network", "/supportedCapabilities/acceleratedNetwork", Plain::flag},
    {"architecture", "/supportedCapabilities/architecture", Plain::text},
    {"data_access_auth_mode", "/dataAccessAuthMode", Plain::text},
    {"optimized_for_frequent_attach", "/optimizedForFrequentAttach", Plain::flag},
};

void set_plain(const app::Args& args, Json& properties) {
    for (const Plain& option : plain_options) {
        if (!args.given(option.key)) continue;
        Json& place = properties[Json::json_pointer(option.pointer)];
        switch (option.kind) {
            case Plain::text:
                place = args.text(option.key);
                break;
            case Plain::flag:
                place = args.flag(option.key);
                break;
            case Plain::integer:
                place = args.number(option.key);
                break;
        }
    }
}

// A copy is as big as what it is made of, unless it shall be bigger.
void set_source(app::Context& context, Json& properties) {
    const app::Args& args = context.args;
    const std::string text = named_or_id(context, "Microsoft.Compute/disks", args.text("source"));
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text);
    if (!id || !iequals(id->type(), compute::disk_type))
        throw Error(fault::not_modelled,
                    "azid makes disks of disks: give --source the name or id of one, or make an empty disk.");
    const Json source = compute::get_disk(context.session(), *id);
    properties["creationData"] = {{"createOption", "Copy"},
                                  {"sourceResourceId", text_at(source, "id")},
                                  {"sourceUniqueId", text_at(source["properties"], "uniqueId")}};
    for (const char* name : {"osType", "hyperVGeneration"})
        if (source["properties"].contains(name)) properties[name] = source["properties"][name];
    if (!args.given("size_gb")) properties["diskSizeGB"] = source["properties"]["diskSizeGB"];
}

void set_image(app::Context& context, const std::string& location, Json& properties) {
    const app::Args& args = context.args;
    const std::optional<compute::ImageReference> urn = compute::parse_urn(args.text("image_reference"));
    const std::optional<compute::Image> image = urn ? compute::find_image(*urn) : std::nullopt;
    if (!image)
        throw Error(fault::client, fmt::format("Invalid image \"{}\". Use a valid image URN.",
                                               args.text("image_reference")));
    properties["creationData"] = {
        {"createOption", "FromImage"},
        {"imageReference",
         {{"id", fmt::format("/Subscriptions/{}/Providers/Microsoft.Compute/Locations/{}/Publishers/{}/"
                             "ArtifactTypes/VMImage/Offers/{}/Skus/{}/Versions/{}",
                             context.subscription, location, urn->publisher, urn->offer, urn->sku,
                             image->exact_version)}}}};
    properties["osType"] = image->os_type;
    properties["hyperVGeneration"] = image->generation;
    if (!args.given("size_gb")) properties["diskSizeGB"] = image->disk_gb;
}

Json body_of(app::Context& context) {
    const app::Args& args = context.args;
    const std::string location = location_or_group(context);
    Json properties = Json::object();
    if (args.given("size_gb")) properties["diskSizeGB"] = args.number("size_gb");
    if (args.given("source")) {
        set_source(context, properties);
    } else if (args.given("image_reference")) {
        set_image(context, location, properties);
    } else {
        if (!args.given("size_gb"))
            throw Error(fault::client, "usage error: --size-gb required to create an empty disk");
        properties["creationData"] = {{"createOption", "Empty"}};
    }
    set_plain(args, properties);
    if (args.given("disk_encryption_set"))
        properties["encryption"]["diskEncryptionSetId"] =
            named_or_id(context, "Microsoft.Compute/diskEncryptionSets", args.text("disk_encryption_set"));
    if (args.given("disk_access"))
        properties["diskAccessId"] =
            named_or_id(context, "Microsoft.Compute/diskAccesses", args.text("disk_access"));
    Json body = {
        {"location", location}, {"sku", {{"name", args.text("sku")}}}, {"properties", std::move(properties)}};
    const Json tags = app::tags_of(args);
    body["tags"] = tags.is_null() ? Json::object() : tags;
    if (args.given("zone")) body["zones"] = Json::array({args.text("zone")});
    return body;
}

Json with_model_names(Json disk) {
    for (const auto& [wire, shown] : {std::pair{"diskSizeGB", "diskSizeGb"},
                                      {"diskIOPSReadWrite", "diskIopsReadWrite"},
                                      {"diskIOPSReadOnly", "diskIopsReadOnly"}})
        if (disk.contains(wire)) disk[shown] = disk[wire];
    fill_nulls(disk, "creationData", creation_fields);
    fill_nulls(disk, "encryption", "diskEncryptionSetId type");
    return with_fields(disk, disk_fields);
}

}  // namespace

Json disk_create(app::Context& context) {
    const Json made = compute::put_disk(context.session(), disk_id(context), body_of(context));
    return context.args.flag("no_wait") ? Json() : with_model_names(aaz_shaped(made));
}

Json disk_show(app::Context& context) {
    return aaz_shaped(compute::get_disk(context.session(), disk_id(context)));
}

Json disk_list(app::Context& context) { return aaz_listed(context, compute::disk_type); }

Json disk_delete(app::Context& context) {
    compute::remove_disk(context.session(), disk_id(context));
    return nullptr;
}

}  // namespace azid::commands
