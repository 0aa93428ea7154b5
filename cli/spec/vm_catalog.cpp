#include "cli/commands/vm.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option vm_list_sizes_options[] = {
    subscription,
    required(location),
};
constexpr Example vm_list_sizes_examples[] = {{"As a table", "azid vm list-sizes -l westeurope -o table"}};

constexpr Option vm_list_skus_options[] = {
    subscription,
    location,
    {.names = "--size -s", .key = "size", .help = "Only sizes with this in their name"},
    {.names = "--zone -z",
     .key = "zone",
     .help = "Only those with availability zones",
     .arity = Arity::three_state},
    {.names = "--all",
     .key = "show_all",
     .help = "Those that the subscription may not use too",
     .arity = Arity::three_state},
    {.names = "--resource-type -r",
     .key = "resource_type",
     .help = "Kind of resource, such as virtualMachines"},
};
constexpr Example vm_list_skus_examples[] = {
    {"Small ones", "azid vm list-skus -l westeurope --size Standard_B -o table"}};

constexpr Example vm_list_usage_examples[] = {{"As a table", "azid vm list-usage -l westeurope -o table"}};

constexpr Option vm_image_list_options[] = {
    subscription,
    location,
    {.names = "--publisher -p", .key = "publisher_name", .help = "Publisher, or a part of its name"},
    {.names = "--offer -f", .key = "offer", .help = "Offer, or a part of its name"},
    {.names = "--sku -s", .key = "sku", .help = "SKU, or a part of its name"},
    {.names = "--all",
     .key = "all",
     .help = "All images of the marketplace that azid knows, not just those with short names",
     .arity = Arity::flag},
    {.names = "--edge-zone",
     .key = "edge_zone",
     .help = "Edge zone",
     .status = Status::refused,
     .why = "azid has regions and availability zones, no edge zones."},
    {.names = "--architecture",
     .key = "architecture",
     .help = "Processor architecture",
     .choices = "x64 Arm64"},
};
constexpr Example vm_image_list_examples[] = {
    {"Those with a short name", "azid vm image list -o table"},
    {"All of a publisher", "azid vm image list --publisher Canonical --all --query [].urn -o tsv"}};

constexpr Option vm_image_show_options[] = {
    subscription,
    {.names = "--urn", .key = "urn", .help = "URN publisher:offer:sku:version; latest is a version too"},
    {.names = "--publisher -p", .key = "publisher", .help = "Publisher"},
    {.names = "--offer -f", .key = "offer", .help = "Offer"},
    {.names = "--sku -s", .key = "sku", .help = "SKU"},
    {.names = "--version", .key = "version", .help = "Version, or latest"},
    location,
    {.names = "--edge-zone",
     .key = "edge_zone",
     .help = "Edge zone",
     .status = Status::refused,
     .why = "azid has regions and availability zones, no edge zones."},
};
constexpr Example vm_image_show_examples[] = {
    {"By its URN",
     "azid vm image show -l westeurope --urn Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest"}};

constexpr Option vm_image_list_publishers_options[] = {
    subscription,
    required(location),
    {.names = "--edge-zone",
     .key = "edge_zone",
     .help = "Edge zone",
     .status = Status::refused,
     .why = "azid has regions and availability zones, no edge zones."},
};
constexpr Example vm_image_list_publishers_examples[] = {
    {"Their names", "azid vm image list-publishers -l westeurope --query [].name -o tsv"}};

constexpr Option vm_image_list_offers_options[] = {
    subscription,
    {.names = "--publisher -p", .key = "publisher_name", .help = "Publisher", .required = true},
    required(location),
    {.names = "--edge-zone",
     .key = "edge_zone",
     .help = "Edge zone",
     .status = Status::refused,
     .why = "azid has regions and availability zones, no edge zones."},
};
constexpr Example vm_image_list_offers_examples[] = {
    {"Their names", "azid vm image list-offers -l westeurope -p Canonical --query [].name -o tsv"}};

constexpr Option vm_image_list_skus_options[] = {
    subscription,
    required(location),
    {.names = "--publisher -p", .key = "publisher_name", .help = "Publisher", .required = true},
    {.names = "--offer -f", .key = "offer", .help = "Offer", .required = true},
    {.names = "--edge-zone",
     .key = "edge_zone",
     .help = "Edge zone",
     .status = Status::refused,
     .why = "azid has regions and availability zones, no edge zones."},
};
constexpr Example vm_image_list_skus_examples[] = {{"Their names",
                                                    "azid vm image list-skus -l westeurope -p Canonical -f "
                                                    "0001-com-ubuntu-server-jammy --query [].name -o tsv"}};

constexpr Option vm_extension_image_list_options[] = {
    subscription,
    {.names = "--location -l", .key = "image_location", .help = "Region, such as westeurope"},
    {.names = "--publisher -p", .key = "publisher_name", .help = "Publisher, or a part of its name"},
    {.names = "--name -n", .key = "name", .help = "Name of the extension, or a part of it"},
    {.names = "--version", .key = "version", .help = "Version, or its beginning"},
    {.names = "--latest", .key = "latest", .help = "Only the newest version", .arity = Arity::flag},
};
constexpr Example vm_extension_image_list_examples[] = {
    {"Those of one publisher", "azid vm extension image list -p Microsoft.Azure.Extensions -o table"}};

constexpr Option vm_extension_image_list_names_options[] = {
    subscription,
    {.names = "--location -l",
     .key = "location",
     .help = "Region, such as westeurope",
     .required = true,
     .configured = "location",
     .id_part = "name"},
    {.names = "-p --publisher --publisher-name",
     .key = "publisher_name",
     .help = "Publisher",
     .required = true,
     .id_part = "child_name_1"},
    ids,
};
constexpr Example vm_extension_image_list_names_examples[] = {
    {"Their names",
     "azid vm extension image list-names -l westeurope -p Microsoft.Azure.Extensions --query [].name -o "
     "tsv"}};

constexpr Option vm_extension_image_list_versions_options[] = {
    subscription,
    {.names = "--location -l",
     .key = "location",
     .help = "Region, such as westeurope",
     .required = true,
     .configured = "location",
     .id_part = "name"},
    {.names = "-p --publisher --publisher-name",
     .key = "publisher_name",
     .help = "Publisher",
     .required = true,
     .id_part = "child_name_1"},
    {.names = "-n --name --type",
     .key = "name",
     .help = "Name of the extension",
     .required = true,
     .id_part = "child_name_3"},
    {.names = "--filter", .key = "filter", .help = "OData filter"},
    {.names = "--orderby", .key = "orderby", .help = "OData order"},
    {.names = "--top", .key = "top", .help = "At most so many", .type = ValueType::integer},
    ids,
};
constexpr Example vm_extension_image_list_versions_examples[] = {
    {"Of the script extension",
     "azid vm extension image list-versions -l westeurope -p Microsoft.Azure.Extensions -n CustomScript"}};

constexpr Option vm_extension_image_show_options[] = {
    subscription,
    {.names = "--location -l",
     .key = "location",
     .help = "Region, such as westeurope",
     .required = true,
     .configured = "location",
     .id_part = "name"},
    {.names = "-p --publisher --publisher-name",
     .key = "publisher_name",
     .help = "Publisher",
     .required = true,
     .id_part = "child_name_1"},
    {.names = "-n --name --type",
     .key = "name",
     .help = "Name of the extension",
     .required = true,
     .id_part = "child_name_3"},
    {.names = "--version", .key = "version", .help = "Version", .required = true, .id_part = "child_name_4"},
    ids,
};
constexpr Example vm_extension_image_show_examples[] = {
    {"Of the script extension",
     "azid vm extension image show -l westeurope -p Microsoft.Azure.Extensions -n CustomScript --version "
     "2.1.13"}};

constexpr Command table[] = {
    {.name = "vm list-sizes",
     .summary = "List the sizes of virtual machines in a region.",
     .options = packed<vm_list_sizes_options>,
     .run = commands::vm_list_sizes,
     .examples = vm_list_sizes_examples,
     .reads = true,
     .stage = Stage::deprecated,
     .instead = "az vm list-skus"},
    {.name = "vm list-skus",
     .summary = "List the sizes of virtual machines and their capabilities.",
     .options = packed<vm_list_skus_options>,
     .run = commands::vm_list_skus,
     .examples = vm_list_skus_examples,
     .table = "[].{resourceType:resourceType, locations:locations[0], name:name, zones:join(',', "
              "sort(locationInfo[0].zones)), restrictions:join('', [not_null(restrictions[0].reasonCode, "
              "'None')])}",
     .reads = true},
    {.name = "vm list-usage",
     .summary = "Show how much of the quotas in a region is used.",
     .options = packed<vm_list_sizes_options>,
     .run = commands::vm_list_usage,
     .examples = vm_list_usage_examples,
     .table = "[].{Name:localName, CurrentValue:currentValue, Limit:limit}",
     .reads = true},
    {.name = "vm image list",
     .summary = "List images that virtual machines can be made of.",
     .options = packed<vm_image_list_options>,
     .run = commands::vm_image_list,
     .examples = vm_image_list_examples,
     .reads = true},
    {.name = "vm image show",
     .summary = "Show an image.",
     .options = packed<vm_image_show_options>,
     .run = commands::vm_image_show,
     .examples = vm_image_show_examples,
     .reads = true},
    {.name = "vm image list-publishers",
     .summary = "List the publishers of images.",
     .options = packed<vm_image_list_publishers_options>,
     .run = commands::vm_image_list_publishers,
     .examples = vm_image_list_publishers_examples,
     .reads = true},
    {.name = "vm image list-offers",
     .summary = "List the offers of a publisher.",
     .options = packed<vm_image_list_offers_options>,
     .run = commands::vm_image_list_offers,
     .examples = vm_image_list_offers_examples,
     .reads = true},
    {.name = "vm image list-skus",
     .summary = "List the SKUs of an offer.",
     .options = packed<vm_image_list_skus_options>,
     .run = commands::vm_image_list_skus,
     .examples = vm_image_list_skus_examples,
     .reads = true},
    {.name = "vm extension image list",
     .summary = "List the extensions that virtual machines can have.",
     .options = packed<vm_extension_image_list_options>,
     .run = commands::vm_extension_image_list,
     .examples = vm_extension_image_list_examples,
     .reads = true},
    {.name = "vm extension image list-names",
     .summary = "List the extensions of a publisher.",
     .options = packed<vm_extension_image_list_names_options>,
     .run = commands::vm_extension_image_list_names,
     .examples = vm_extension_image_list_names_examples,
     .supports_ids = true,
     .aaz = true,
     .reads = true},
    {.name = "vm extension image list-versions",
     .summary = "List the versions of an extension.",
     .options = packed<vm_extension_image_list_versions_options>,
     .run = commands::vm_extension_image_list_versions,
     .examples = vm_extension_image_list_versions_examples,
     .supports_ids = true,
     .aaz = true,
     .reads = true},
    {.name = "vm extension image show",
     .summary = "Show a version of an extension.",
     .options = packed<vm_extension_image_show_options>,
     .run = commands::vm_extension_image_show,
     .examples = vm_extension_image_show_examples,
     .supports_ids = true,
     .aaz = true,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table vm_catalog_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
