#include "cli/commands/vm.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option vm_disk_attach_options[] = {
    subscription,
    resource_group,
    {.names = "--vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
    {.names = "--name -n --disk",
     .key = "disk",
     .help = "Name or id of the disk",
     .id_part = "name",
     .completes = "disk",
     .retired = "--disk"},
    {.names = "--ids",
     .key = "ids",
     .help = "Resource ids of the disks",
     .arity = Arity::some,
     .stage = Stage::deprecated,
     .instead = "--disks"},
    {.names = "--disks",
     .key = "disks",
     .help = "Names or ids of the disks",
     .arity = Arity::any,
     .completes = "disk"},
    {.names = "--new", .key = "new", .help = "Make the disk first", .arity = Arity::flag},
    {.names = "--sku",
     .key = "sku",
     .help = "Kind of the disk",
     .choices =
         "Standard_LRS Premium_LRS StandardSSD_LRS UltraSSD_LRS Premium_ZRS StandardSSD_ZRS PremiumV2_LRS"},
    {.names = "--size-gb -z", .key = "size_gb", .help = "Size in GB", .type = ValueType::integer},
    {.names = "--lun", .key = "lun", .help = "Number at the controller", .type = ValueType::integer},
    {.names = "--caching",
     .key = "caching",
     .help = "Host caching",
     .choices = "None ReadOnly ReadWrite",
     .status = Status::recorded},
    {.names = "--enable-write-accelerator",
     .key = "enable_write_accelerator",
     .help = "Use the write accelerator",
     .arity = Arity::flag,
     .status = Status::recorded},
    {.names = "--disk-ids", .key = "disk_ids", .help = "Resource ids of the disks", .arity = Arity::some},
};
constexpr Example vm_disk_attach_examples[] = {
    {"A new one", "azid vm disk attach -g rg --vm-name web -n data1 --new --size-gb 64"}};

constexpr Option vm_disk_detach_options[] = {
    subscription,
    resource_group,
    {.names = "--vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
    {.names = "--name -n", .key = "disk_name", .help = "Name of the disk", .completes = "disk"},
    {.names = "--force-detach",
     .key = "force_detach",
     .help = "Take it off without asking the guest",
     .arity = Arity::flag},
    {.names = "--disk-ids", .key = "disk_ids", .help = "Resource ids of the disks", .arity = Arity::some},
};
constexpr Example vm_disk_detach_examples[] = {
    {"It stays as a disk", "azid vm disk detach -g rg --vm-name web -n data1"}};

constexpr Option vm_nic_list_options[] = {
    subscription,
    resource_group,
    {.names = "--vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
};
constexpr Example vm_nic_list_examples[] = {
    {"Their ids", "azid vm nic list -g rg --vm-name web --query [].id -o tsv"}};

constexpr Option vm_nic_show_options[] = {
    subscription,
    resource_group,
    {.names = "--vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
    {.names = "--nic",
     .key = "nic",
     .help = "Network interface, by name or id",
     .required = true,
     .completes = "nic"},
};
constexpr Example vm_nic_show_examples[] = {{"Its address",
                                             "azid vm nic show -g rg --vm-name web --nic webVMNic --query "
                                             "ipConfigurations[0].privateIPAddress -o tsv"}};

constexpr Option vm_nic_add_options[] = {
    subscription,
    resource_group,
    {.names = "--vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
    {.names = "--nics",
     .key = "nics",
     .help = "Network interfaces, by name or id",
     .arity = Arity::some,
     .required = true,
     .completes = "nic"},
    {.names = "--primary-nic",
     .key = "primary_nic",
     .help = "The one that becomes the primary interface",
     .completes = "nic"},
};
constexpr Example vm_nic_add_examples[] = {
    {"A second one", "azid vm nic add -g rg --vm-name web --nics nic2"}};

constexpr Example vm_nic_remove_examples[] = {
    {"The second one", "azid vm nic remove -g rg --vm-name web --nics nic2"}};

constexpr Example vm_nic_set_examples[] = {
    {"Just these", "azid vm nic set -g rg --vm-name web --nics nic1 nic2 --primary-nic nic1"}};

constexpr Option vm_secret_list_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
};
constexpr Example vm_secret_list_examples[] = {{"All of them", "azid vm secret list -g rg -n web"}};

constexpr Option vm_secret_add_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--keyvault", .key = "keyvault", .help = "Vault, by name or id", .required = true},
    {.names = "--certificate",
     .key = "certificate",
     .help = "Certificate, by name or its secret URL",
     .required = true},
    {.names = "--certificate-store", .key = "certificate_store", .help = "Windows certificate store"},
    ids,
};
constexpr Example vm_secret_add_examples[] = {
    {"By its name", "azid vm secret add -g rg -n web --keyvault kv --certificate cert"}};

constexpr Option vm_secret_remove_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--keyvault", .key = "keyvault", .help = "Vault, by name or id", .required = true},
    {.names = "--certificate", .key = "certificate", .help = "Certificate, by name or its secret URL"},
    ids,
};
constexpr Example vm_secret_remove_examples[] = {
    {"All of a vault", "azid vm secret remove -g rg -n web --keyvault kv"}};

constexpr Option vm_secret_format_options[] = {
    subscription,
    {.names = "--secrets -s",
     .key = "secrets",
     .help = "Secret URLs of certificates",
     .arity = Arity::some,
     .required = true},
    {.names = "--certificate-store", .key = "certificate_store", .help = "Windows certificate store"},
    {.names = "--keyvault", .key = "keyvault", .help = "Vault, by name or id"},
    described(optional(resource_group), "Only those of this resource group"),
};
constexpr Example vm_secret_format_examples[] = {
    {"One certificate", "azid vm secret format -s https://kv.vault.azure.net/secrets/cert/0123"}};

constexpr Option vm_user_update_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--username -u",
     .key = "username",
     .help = "Name of the user",
     .required = true,
     .status = Status::recorded},
    {.names = "--password -p", .key = "password", .help = "Password of the user", .status = Status::recorded},
    {.names = "--ssh-key-value",
     .key = "ssh_key_value",
     .help = "Public key, or a file of it",
     .status = Status::recorded},
    no_wait,
    ids,
};
constexpr Example vm_user_update_examples[] = {
    {"With a key", "azid vm user update -g rg -n web -u ann --ssh-key-value ~/.ssh/id_rsa.pub"}};

constexpr Option vm_user_delete_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--username -u",
     .key = "username",
     .help = "Name of the user",
     .required = true,
     .status = Status::recorded},
    no_wait,
    ids,
};
constexpr Example vm_user_delete_examples[] = {{"By name", "azid vm user delete -g rg -n web -u ann"}};

constexpr Option vm_user_reset_ssh_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    no_wait,
    ids,
};
constexpr Example vm_user_reset_ssh_examples[] = {{"To the default", "azid vm user reset-ssh -g rg -n web"}};

constexpr Command table[] = {
    {.name = "vm disk attach",
     .summary = "Attach a data disk to a virtual machine.",
     .options = packed<vm_disk_attach_options>,
     .run = commands::vm_disk_attach,
     .examples = vm_disk_attach_examples},
    {.name = "vm disk detach",
     .summary = "Take a data disk off a virtual machine.",
     .options = packed<vm_disk_detach_options>,
     .run = commands::vm_disk_detach,
     .examples = vm_disk_detach_examples},
    {.name = "vm nic list",
     .summary = "List the network interfaces of a virtual machine.",
     .options = packed<vm_nic_list_options>,
     .run = commands::vm_nic_list,
     .examples = vm_nic_list_examples,
     .reads = true},
    {.name = "vm nic show",
     .summary = "Show a network interface of a virtual machine.",
     .options = packed<vm_nic_show_options>,
     .run = commands::vm_nic_show,
     .examples = vm_nic_show_examples,
     .reads = true},
    {.name = "vm nic add",
     .summary = "Give more network interfaces to a virtual machine.",
     .options = packed<vm_nic_add_options>,
     .run = commands::vm_nic_add,
     .examples = vm_nic_add_examples},
    {.name = "vm nic remove",
     .summary = "Take network interfaces off a virtual machine.",
     .options = packed<vm_nic_add_options>,
     .run = commands::vm_nic_remove,
     .examples = vm_nic_remove_examples},
    {.name = "vm nic set",
     .summary = "Replace the network interfaces of a virtual machine.",
     .options = packed<vm_nic_add_options>,
     .run = commands::vm_nic_set,
     .examples = vm_nic_set_examples},
    {.name = "vm secret list",
     .summary = "List the vault certificates on a virtual machine.",
     .options = packed<vm_secret_list_options>,
     .run = commands::vm_secret_list,
     .examples = vm_secret_list_examples,
     .reads = true},
    {.name = "vm secret add",
     .summary = "Put a vault certificate on a virtual machine.",
     .options = packed<vm_secret_add_options>,
     .run = commands::vm_secret_add,
     .examples = vm_secret_add_examples,
     .details = "azid installs no certificates in machines: let code in the machine read the vault with its "
                "identity.",
     .supports_ids = true},
    {.name = "vm secret remove",
     .summary = "Take vault certificates off a virtual machine.",
     .options = packed<vm_secret_remove_options>,
     .run = commands::vm_secret_remove,
     .examples = vm_secret_remove_examples,
     .supports_ids = true},
    {.name = "vm secret format",
     .summary = "Write secret URLs in the form that vm create takes.",
     .options = packed<vm_secret_format_options>,
     .run = commands::vm_secret_format,
     .examples = vm_secret_format_examples,
     .details = "azid installs no certificates in machines: let code in the machine read the vault with its "
                "identity."},
    {.name = "vm user update",
     .summary = "Make or change a user inside a virtual machine.",
     .options = packed<vm_user_update_options>,
     .run = commands::vm_user_update,
     .examples = vm_user_update_examples,
     .details = "It is kept as the access extension, as az does; azid runs no guest that has users.",
     .supports_ids = true},
    {.name = "vm user delete",
     .summary = "Delete a user inside a virtual machine.",
     .options = packed<vm_user_delete_options>,
     .run = commands::vm_user_delete,
     .examples = vm_user_delete_examples,
     .details = "It is kept as the access extension, as az does; azid runs no guest that has users.",
     .supports_ids = true},
    {.name = "vm user reset-ssh",
     .summary = "Reset a virtual machine's SSH configuration.",
     .options = packed<vm_user_reset_ssh_options>,
     .run = commands::vm_user_reset_ssh,
     .examples = vm_user_reset_ssh_examples,
     .details = "It is kept as the access extension, as az does; azid runs no guest.",
     .supports_ids = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table vm_parts_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
