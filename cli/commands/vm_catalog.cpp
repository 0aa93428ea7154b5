#include "cli/commands/aaz.hpp"
#include "cli/commands/shape.hpp"
#include "cli/commands/vm.hpp"
#include "cli/commands/vm_shape.hpp"
#include "core/arm/locations.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/catalog.hpp"
#include "core/compute/extensions.hpp"
#include "core/compute/images.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// Where az looks when no region is given.
constexpr std::string_view some_location = "eastus";

arm::ResourceId location_id(const app::Context& context, std::string_view key) {
    const std::string given = context.args.text(key);
    return {context.subscription,
            "",
            "Microsoft.Compute",
            {{"locations", given.empty() ? std::string(some_location) : arm::normal_location(given)}}};
}

arm::ResourceId images_of(const arm::ResourceId& location, const std::string& publisher) {
    return location.child("publishers", publisher).child("artifacttypes", "vmimage");
}
arm::ResourceId extensions_of(const arm::ResourceId& location, const std::string& publisher) {
    return location.child("publishers", publisher).child("artifacttypes", "vmextension");
}

// az looks for the text anywhere in the name, without case.
bool matches(const std::string& pattern, std::string_view name) {
    return pattern.empty() || lower(name).find(lower(pattern)) != std::string::npos;
}

Json with_image_fields(Json items) {
    for (Json& item : items) item = with_fields(item, "extendedLocation id location name tags");
    return items;
}

Json image_row(std::string_view publisher, std::string_view offer, std::string_view sku,
               std::string_view version) {
    return {{"architecture", compute::architecture_of(sku)},
            {"offer", offer},
            {"publisher", publisher},
            {"sku", sku},
            {"urn", fmt::format("{}:{}:{}:{}", publisher, offer, sku, version)},
            {"version", version}};
}

bool wanted(const app::Args& args, std::string_view publisher, std::string_view offer, std::string_view sku) {
    return matches(args.text("publisher_name"), publisher) && matches(args.text("offer"), offer) &&
           matches(args.text("sku"), sku) &&
           (!args.given("architecture") || args.text("architecture") == compute::architecture_of(sku));
}

Json all_images(const app::Args& args) {
    Json rows = Json::array();
    for (const compute::Offer& offer : compute::offers())
        for (const std::string& sku : split(offer.skus, ' ')) {
            if (!wanted(args, offer.publisher, offer.name, sku)) continue;
            const std::optional<compute::Image> image =
                compute::find_image({std::string(offer.publisher), std::string(offer.name), sku, "latest"});
            if (image) rows.push_back(image_row(offer.publisher, offer.name, sku, image->exact_version));
        }
    return rows;
}

Json aliased_images(const app::Args& args) {
    Json rows = Json::array();
    for (const compute::Alias& alias : compute::image_aliases()) {
        if (!wanted(args, alias.publisher, alias.offer, alias.sku)) continue;
        rows.push_back(image_row(alias.publisher, alias.offer, alias.sku, "latest"));
        rows.back()["urnAlias"] = alias.name;
    }
    return rows;
}

compute::ImageReference image_asked(const app::Args& args) {
    const bool parts =
        args.given("publisher") || args.given("offer") || args.given("sku") || args.given("version");
    const std::optional<compute::ImageReference> urn = compute::parse_urn(args.text("urn"));
    if (args.given("urn") && !parts && urn) return *urn;
    const compute::ImageReference named{args.text("publisher"), args.text("offer"), args.text("sku"),
                                        args.text("version")};
    if (args.given("urn") || named.publisher.empty() || named.offer.empty() || named.sku.empty() ||
        named.version.empty())
        throw Error(fault::client,
                    "usage error: --plan STRING --offer STRING --publish STRING --version STRING | --urn "
                    "STRING");
    return named;
}

Json with_sku_fields(Json item) {
    fill_nulls(item, "",
               "apiVersions capabilities capacity costs family kind locationInfo locations name resourceType "
               "restrictions size tier");
    fill_nulls(item, "locationInfo[]", "extendedLocations location type zoneDetails zones");
    return item;
}

}  // namespace

Json vm_list_sizes(app::Context& context) {
    return compute::sizes_wire(context.session(), location_id(context, "location")).at("value");
}

Json vm_list_vm_resize_options(app::Context& context) {
    return compute::machine_sizes_wire(context.session(), machine_id(context)).at("value");
}

Json vm_list_skus(app::Context& context) {
    const app::Args& args = context.args;
    const std::string size = lower(args.text("size"));
    Json found = Json::array();
    for (const arm::Location& location : arm::locations()) {
        if (args.given("location") && arm::normal_location(args.text("location")) != location.name) continue;
        for (Json& item : compute::sku_list(location.name)) {
            if (!size.empty() && lower(text_at(item, "name")).find(size) == std::string::npos) continue;
            if (args.given("resource_type") &&
                !iequals(text_at(item, "resourceType"), args.text("resource_type")))
                continue;
            found.push_back(with_sku_fields(std::move(item)));
        }
    }
    return found;
}

Json vm_list_usage(app::Context& context) {
    Json items = compute::usages_wire(context.session(), location_id(context, "location")).at("value");
    for (Json& item : items) {
        item["currentValue"] = compact(item["currentValue"]);
        item["limit"] = compact(item["limit"]);
        item["localName"] = item["name"]["localizedValue"];
    }
    return items;
}

Json vm_image_list(app::Context& context) {
    const app::Args& args = context.args;
    if (!args.flag("all")) {
        context.messages.warn(
            "You are viewing an offline list of images, use --all to retrieve an up-to-date list");
        return aliased_images(args);
    }
    if (!args.given("publisher_name") && !args.given("offer") && !args.given("sku"))
        context.messages.warn(
            "You are retrieving all the images from server which could take more than a minute. To shorten "
            "the wait, provide '--publisher', '--offer' , '--sku' or '--edge-zone'. Partial name search is "
            "supported.");
    return all_images(args);
}

Json vm_image_show(app::Context& context) {
    const compute::ImageReference asked = image_asked(context.args);
    Json image = flattened(
        compute::image_wire(context.session(), images_of(location_id(context, "location"), asked.publisher)
                                                   .child("offers", asked.offer)
                                                   .child("skus", asked.sku)
                                                   .child("versions", asked.version)));
    image["automaticOsUpgradeProperties"] = {{"automaticOsUpgradeSupported", false}};
    image["osDiskImage"] = {{"operatingSystem", image["osDiskImage"]["operatingSystem"]}};
    fill_nulls(image, "imageDeprecationStatus", "alternativeOption imageState scheduledDeprecationTime");
    return with_fields(image,
                       "architecture automaticOsUpgradeProperties dataDiskImages disallowed extendedLocation "
                       "features hyperVGeneration id imageDeprecationStatus location name osDiskImage plan "
                       "tags");
}

Json vm_image_list_publishers(app::Context& context) {
    return with_image_fields(compute::publishers_wire(context.session(), location_id(context, "location")));
}

Json vm_image_list_offers(app::Context& context) {
    return with_image_fields(compute::offers_wire(
        context.session(), images_of(location_id(context, "location"), context.args.text("publisher_name"))));
}

Json vm_image_list_skus(app::Context& context) {
    return with_image_fields(compute::skus_wire(
        context.session(), images_of(location_id(context, "location"), context.args.text("publisher_name"))
                               .child("offers", context.args.text("offer"))));
}

Json vm_extension_image_list(app::Context& context) {
    const app::Args& args = context.args;
    Json found = Json::array();
    for (const compute::KnownExtension& known : compute::known_extensions())
        if (matches(args.text("publisher_name"), known.publisher) && matches(args.text("name"), known.name) &&
            known.version.starts_with(args.text("version")))
            found.push_back(
                {{"name", known.name}, {"publisher", known.publisher}, {"version", known.version}});
    return found;
}

Json vm_extension_image_list_names(app::Context& context) {
    return aaz_shaped(compute::extension_names_wire(
        context.session(),
        extensions_of(location_id(context, "location"), context.args.text("publisher_name"))));
}

Json vm_extension_image_list_versions(app::Context& context) {
    return aaz_shaped(compute::extension_versions_wire(
        context.session(),
        extensions_of(location_id(context, "location"), context.args.text("publisher_name"))
            .child("types", context.args.text("name"))));
}

Json vm_extension_image_show(app::Context& context) {
    return aaz_shaped(compute::extension_image_wire(
        context.session(),
        extensions_of(location_id(context, "location"), context.args.text("publisher_name"))
            .child("types", context.args.text("name"))
            .child("versions", context.args.text("version"))));
}

}  // namespace azid::commands
