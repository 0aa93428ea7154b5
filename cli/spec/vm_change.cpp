#include "cli/commands/vm.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"
#include "cli/spec/vm_options.hpp"

namespace azid::spec {

namespace {

constexpr Option vm_update_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--os-disk",
     .key = "os_disk",
     .help = "Managed disk to start from instead, by name or id",
     .completes = "disk"},
    {.names = "--disk-caching",
     .key = "disk_caching",
     .help = "Host caching: one value for all disks, or os=value and lun=value for each",
     .arity = Arity::any,
     .status = Status::recorded},
    {.names = "--write-accelerator",
     .key = "write_accelerator",
     .help = "Write accelerator: true or false for all disks, or os=value and lun=value",
     .arity = Arity::any,
     .status = Status::recorded},
    machine::license_type,
    machine::ultra_ssd_enabled,
    machine::priority,
    machine::max_price,
    machine::proximity_placement_group,
    {.names = "--workspace",
     .key = "workspace",
     .help = "Log Analytics workspace to report to",
     .section = "Monitor",
     .status = Status::refused,
     .why = "azid has no Log Analytics and installs no agents in machines.",
     .stage = Stage::preview},
    machine::enable_secure_boot,
    machine::enable_vtpm,
    {.names = "--user-data",
     .key = "user_data",
     .help = "Text that the machine can read as its user data",
     .status = Status::recorded},
    machine::capacity_reservation_group,
    machine::dedicated_host,
    machine::dedicated_host_group,
    {.names = "--size", .key = "size", .help = "Size, such as Standard_B2s", .stage = Stage::preview},
    {.names = "--ephemeral-os-disk-placement --ephemeral-placement",
     .key = "ephemeral_os_disk_placement",
     .help = "Where on the host an ephemeral disk lies",
     .choices = "CacheDisk ResourceDisk NvmeDisk",
     .status = Status::recorded},
    machine::enable_hibernation,
    machine::v_cpus_available,
    machine::v_cpus_per_core,
    {.names = "--disk-controller-type",
     .key = "disk_controller_type",
     .help = "Controller that the disks hang on",
     .choices = "SCSI NVMe",
     .section = "Storage",
     .status = Status::recorded,
     .stage = Stage::preview},
    machine::security_type,
    machine::enable_proxy_agent,
    machine::proxy_agent_mode,
    machine::additional_scheduled_events,
    machine::enable_user_reboot_scheduled_events,
    machine::enable_user_redeploy_scheduled_events,
    machine::align_regional_disks_to_vm_zone,
    machine::wire_server_mode,
    machine::imds_mode,
    machine::wire_server_access_control_profile_reference_id,
    machine::imds_access_control_profile_reference_id,
    machine::key_incarnation_id,
    set,
    add,
    remove,
    force_string,
    no_wait,
    ids,
};
constexpr Example vm_update_examples[] = {
    {"Give it a tag", "azid vm update -g rg -n web --set tags.env=test"},
    {"Make its disk go with it",
     "azid vm update -g rg -n web --set storageProfile.osDisk.deleteOption=Delete"}};

constexpr Option vm_resize_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--size", .key = "size", .help = "Size, such as Standard_B2s", .required = true},
    no_wait,
    ids,
};
constexpr Example vm_resize_examples[] = {
    {"A bigger one", "azid vm resize -g rg -n web --size Standard_D4s_v5"}};

constexpr Option vm_wait_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    wait_timeout,
    wait_interval,
    wait_deleted,
    wait_created,
    wait_updated,
    wait_exists,
    wait_custom,
    ids,
};
constexpr Example vm_wait_examples[] = {
    {"Until it runs",
     "azid vm wait -g rg -n web --custom \"instanceView.statuses[?code=='PowerState/running']\""}};

constexpr Option vm_open_port_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--port",
     .key = "port",
     .help = "Port or range such as 8000-8010, several with commas, * for all",
     .required = true},
    {.names = "--priority",
     .key = "priority",
     .help = "Priority of the rule, a lower number going first",
     .fallback = "900",
     .type = ValueType::integer},
    {.names = "--nsg-name",
     .key = "network_security_group_name",
     .help = "Name of the group to make where there is none"},
    {.names = "--apply-to-subnet",
     .key = "apply_to_subnet",
     .help = "Open it for the whole subnet instead of the machine's interface",
     .arity = Arity::flag},
    ids,
};
constexpr Example vm_open_port_examples[] = {
    {"A web server", "azid vm open-port -g rg -n web --port 80,443"}};

constexpr Option vm_redeploy_options[] = {
    subscription,
    aaz_no_wait,
    resource_group,
    {.names = "-n --name --vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    ids,
};
constexpr Example vm_redeploy_examples[] = {{"Start it elsewhere", "azid vm redeploy -g rg -n web"}};

constexpr Example vm_reapply_examples[] = {{"After a failed update", "azid vm reapply -g rg -n web"}};

constexpr Option vm_generalize_options[] = {
    subscription,
    resource_group,
    {.names = "-n --name --vm-name",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    ids,
};
constexpr Example vm_generalize_examples[] = {
    {"After it was deprovisioned and stopped", "azid vm generalize -g rg -n golden"}};

constexpr Example vm_simulate_eviction_examples[] = {
    {"What happens when Azure needs the place", "azid vm simulate-eviction -g rg -n spot"}};

constexpr Example vm_convert_examples[] = {{"A machine of long ago", "azid vm convert -g rg -n old"}};

constexpr Option vm_capture_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--vhd-name-prefix",
     .key = "vhd_name_prefix",
     .help = "Prefix of the names of the copies",
     .required = true},
    {.names = "--storage-container",
     .key = "storage_container",
     .help = "Container for the copies",
     .fallback = "vhds"},
    {.names = "--overwrite",
     .key = "overwrite",
     .help = "Replace copies of the same name",
     .arity = Arity::flag,
     .fallback = "true"},
    ids,
};
constexpr Example vm_capture_examples[] = {
    {"Into the container vhds", "azid vm capture -g rg -n golden --vhd-name-prefix img"}};

constexpr Option vm_auto_shutdown_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "vm_name",
     .help = "Name of the virtual machine",
     .required = true,
     .configured = "vm",
     .id_part = "name",
     .completes = "vm"},
    {.names = "--off", .key = "off", .help = "Turn it off", .arity = Arity::flag},
    {.names = "--email", .key = "email", .help = "Address to notify", .status = Status::recorded},
    {.names = "--webhook", .key = "webhook", .help = "URL to notify", .status = Status::recorded},
    {.names = "--time", .key = "time", .help = "Time of day in UTC, hhmm", .status = Status::recorded},
    location,
    ids,
};
constexpr Example vm_auto_shutdown_examples[] = {
    {"At ten in the evening", "azid vm auto-shutdown -g rg -n web --time 2200"}};

constexpr Example vm_list_vm_resize_options_examples[] = {
    {"Their names", "azid vm list-vm-resize-options -g rg -n web --query [].name -o tsv"}};

constexpr Command table[] = {
    {.name = "vm update",
     .summary = "Change a virtual machine.",
     .options = packed<vm_update_options>,
     .run = commands::vm_update,
     .examples = vm_update_examples,
     .details = "The machine is read, changed by the options and then by --set, --add and --remove, and "
                "written back whole.",
     .supports_ids = true},
    {.name = "vm resize",
     .summary = "Give a virtual machine another size.",
     .options = packed<vm_resize_options>,
     .run = commands::vm_resize,
     .examples = vm_resize_examples,
     .supports_ids = true},
    {.name = "vm wait",
     .summary = "Wait until a virtual machine is in a certain state.",
     .options = packed<vm_wait_options>,
     .run = commands::vm_wait,
     .examples = vm_wait_examples,
     .details = "Nothing takes time here: a condition that does not hold now is answered as az answers a "
                "wait that ran out of time, at once.",
     .supports_ids = true,
     .reads = true},
    {.name = "vm open-port",
     .summary = "Let traffic to a port of a virtual machine in.",
     .options = packed<vm_open_port_options>,
     .run = commands::vm_open_port,
     .examples = vm_open_port_examples,
     .details = "The rule goes to the security group of the machine's interface or subnet; a group is made "
                "where there is none.",
     .supports_ids = true},
    {.name = "vm redeploy",
     .summary = "Move a virtual machine to another host.",
     .options = packed<vm_redeploy_options>,
     .run = commands::vm_redeploy,
     .examples = vm_redeploy_examples,
     .supports_ids = true,
     .aaz = true},
    {.name = "vm reapply",
     .summary = "Apply a virtual machine's state again.",
     .options = packed<vm_redeploy_options>,
     .run = commands::vm_reapply,
     .examples = vm_reapply_examples,
     .supports_ids = true,
     .aaz = true},
    {.name = "vm generalize",
     .summary = "Mark a virtual machine as the source of an image, for good.",
     .options = packed<vm_generalize_options>,
     .run = commands::vm_generalize,
     .examples = vm_generalize_examples,
     .details = "It cannot be started again.",
     .supports_ids = true,
     .aaz = true},
    {.name = "vm simulate-eviction",
     .summary = "Evict a spot machine.",
     .options = packed<vm_generalize_options>,
     .run = commands::vm_simulate_eviction,
     .examples = vm_simulate_eviction_examples,
     .supports_ids = true,
     .aaz = true},
    {.name = "vm convert",
     .summary = "Turn unmanaged disks of a virtual machine into managed ones.",
     .options = packed<vm_redeploy_options>,
     .run = commands::vm_convert,
     .examples = vm_convert_examples,
     .supports_ids = true,
     .aaz = true},
    {.name = "vm capture",
     .summary = "Copy the disks of a generalized virtual machine.",
     .options = packed<vm_capture_options>,
     .run = commands::vm_capture,
     .examples = vm_capture_examples,
     .supports_ids = true},
    {.name = "vm auto-shutdown",
     .summary = "Shut a virtual machine down at the same time every day.",
     .options = packed<vm_auto_shutdown_options>,
     .run = commands::vm_auto_shutdown,
     .examples = vm_auto_shutdown_examples,
     .details = "The schedule is kept; azid has no clock of its own that would act on it.",
     .supports_ids = true},
    {.name = "vm list-vm-resize-options",
     .summary = "List the sizes that a virtual machine can get.",
     .options = packed<vm_generalize_options>,
     .run = commands::vm_list_vm_resize_options,
     .examples = vm_list_vm_resize_options_examples,
     .supports_ids = true,
     .aaz = true,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table vm_change_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
