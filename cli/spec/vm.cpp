#include "cli/commands/vm.hpp"
#include "cli/commands/argument_checks.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option vm_name{.names = "--name -n",
                         .key = "vm_name",
                         .help = "Name of the virtual machine",
                         .required = true,
                         .configured = "vm",
                         .id_part = "name",
                         .completes = "vm"};
// The newer commands spell it out and show the short form first.
constexpr Option aaz_vm_name{.names = "-n --name --vm-name",
                             .key = "vm_name",
                             .help = "Name of the virtual machine",
                             .required = true,
                             .configured = "vm",
                             .id_part = "name",
                             .completes = "vm"};
constexpr Option show_details{.names = "--show-details -d",
                              .key = "show_details",
                              .help = "Show power state and addresses too",
                              .arity = Arity::flag};

constexpr Option one_options[] = {subscription, resource_group, vm_name, ids};

constexpr Option show_options[] = {
    subscription,
    resource_group,
    vm_name,
    show_details,
    {.names = "--include-user-data -u",
     .key = "include_user_data",
     .help = "Show the user data too",
     .arity = Arity::flag},
    ids,
};
constexpr Example show_examples[] = {
    {"Who the machine is to Azure", "azid vm show -g rg -n web --query identity.principalId -o tsv"},
    {"With its addresses and power state", "azid vm show -g rg -n web -d -o table"}};

constexpr Option list_options[] = {
    subscription,
    described(optional(resource_group), "Only the machines of this resource group"),
    show_details,
    {.names = "--vmss",
     .key = "vmss",
     .help = "Only the machines of this scale set",
     .status = Status::refused,
     .why = "azid has no scale sets."},
};
constexpr Example list_examples[] = {{"All machines that run or not", "azid vm list -d -o table"},
                                     {"Those of one group", "azid vm list -g rg --query [].name -o tsv"}};

constexpr Option delete_options[] = {
    subscription,
    resource_group,
    vm_name,
    {.names = "--force-deletion",
     .key = "force_deletion",
     .help = "Do not wait for the machine to stop; in azid nothing ever waits"},
    yes,
    no_wait,
    ids,
};
constexpr Example delete_examples[] = {{"Without being asked", "azid vm delete -g rg -n web --yes"}};

constexpr Option start_options[] = {subscription, aaz_no_wait, resource_group, aaz_vm_name, ids};
constexpr Example start_examples[] = {{"Start a machine", "azid vm start -g rg -n web"}};

constexpr Option stop_options[] = {
    subscription,
    resource_group,
    vm_name,
    {.names = "--skip-shutdown",
     .key = "skip_shutdown",
     .help = "Switch off without shutting down; to azid it is the same",
     .arity = Arity::flag},
    no_wait,
    ids,
};
constexpr Example stop_examples[] = {{"Power a machine off", "azid vm stop -g rg -n web"}};

constexpr Option deallocate_options[] = {
    subscription,
    aaz_no_wait,
    resource_group,
    aaz_vm_name,
    {.names = "--hibernate",
     .key = "hibernate",
     .help = "Keep the memory for the next start",
     .arity = Arity::three_state,
     .choices = "true t yes y 1 false f no n 0",
     .status = Status::refused,
     .why = "azid runs no guest whose memory could be kept."},
    ids,
};
constexpr Example deallocate_examples[] = {
    {"Give a machine's place on its host back", "azid vm deallocate -g rg -n web"}};

constexpr Option restart_options[] = {
    subscription,
    resource_group,
    vm_name,
    {.names = "--force",
     .key = "force",
     .help = "Redeploy it on another host, which also starts a stopped one",
     .arity = Arity::flag},
    no_wait,
    ids,
};
constexpr Example restart_examples[] = {{"Restart a machine", "azid vm restart -g rg -n web"}};

constexpr Example view_examples[] = {
    {"The power state alone",
     "azid vm get-instance-view -g rg -n web --query instanceView.statuses[1].displayStatus -o tsv"}};

constexpr Option address_options[] = {
    subscription, described(optional(resource_group), "Only the machines of this resource group"),
    optional(vm_name), ids};
constexpr Example address_examples[] = {
    {"All addresses of a group", "azid vm list-ip-addresses -g rg -o table"}};

constexpr Option assign_options[] = {
    subscription,
    resource_group,
    vm_name,
    {.names = "--identities",
     .key = "assign_identity",
     .help = "Identities to give: [system] and user-assigned ones by name or id; [system] when not given",
     .arity = Arity::any,
     .completes = "identity"},
    {.names = "--role",
     .key = "identity_role",
     .help = "Role that the system-assigned identity gets, by name or id",
     .completes = "role"},
    {.names = "--scope",
     .key = "identity_scope",
     .help = "Where it gets the role: an id, or a subscription's name",
     .completes = "scope"},
    ids,
};
constexpr Example assign_examples[] = {
    {"Turn the system-assigned identity on", "azid vm identity assign -g rg -n web"},
    {"Share a user-assigned one", "azid vm identity assign -g rg -n web --identities app"},
    {"Turn it on and let it read the group",
     "azid vm identity assign -g rg -n web --role Reader --scope $(azid group show -n rg --query id -o "
     "tsv)"}};

constexpr Example identity_show_examples[] = {
    {"Which identities a machine has", "azid vm identity show -g rg -n web"}};

constexpr Option remove_options[] = {
    subscription,
    resource_group,
    vm_name,
    {.names = "--identities",
     .key = "identities",
     .help = "Identities to take off: [system] and user-assigned ones by name or id; [system] when not given",
     .arity = Arity::some,
     .completes = "identity"},
    ids,
};
constexpr Example remove_examples[] = {
    {"Turn the system-assigned identity off", "azid vm identity remove -g rg -n web"},
    {"Take two identities off", "azid vm identity remove -g rg -n web --identities '[system]' app"}};

constexpr Command table[] = {
    {.name = "vm show",
     .summary = "Show a virtual machine.",
     .options = packed<show_options>,
     .run = commands::vm_show,
     .examples = show_examples,
     .table = "{name:name, resourceGroup:resourceGroup, powerState:powerState, publicIps:publicIps, "
              "fqdns:fqdns, location:location, zones:join(',', zones || `[]`)}",
     .supports_ids = true,
     .reads = true},
    {.name = "vm list",
     .summary = "List the virtual machines of the subscription or of a group.",
     .options = packed<list_options>,
     .run = commands::vm_list,
     .examples = list_examples,
     .table = "[].{name:name, resourceGroup:resourceGroup, powerState:powerState, publicIps:publicIps, "
              "fqdns:fqdns, location:location, zones:join(',', zones || `[]`)}",
     .reads = true},
    {.name = "vm delete",
     .summary = "Delete a virtual machine and its system-assigned identity.",
     .options = packed<delete_options>,
     .run = commands::vm_delete,
     .examples = delete_examples,
     .confirm = "Are you sure you want to perform this operation?",
     .details = "Interface, public address and disks stay unless their delete option says otherwise; role "
                "assignments of the identity stay behind, orphaned.",
     .supports_ids = true},
    {.name = "vm start",
     .summary = "Start a virtual machine.",
     .options = packed<start_options>,
     .run = commands::vm_start,
     .examples = start_examples,
     .supports_ids = true,
     .aaz = true},
    {.name = "vm stop",
     .summary = "Power a virtual machine off; it stays on its host.",
     .options = packed<stop_options>,
     .run = commands::vm_stop,
     .examples = stop_examples,
     .details = "Its metadata service is gone while it is off; identities and roles stay.",
     .supports_ids = true},
    {.name = "vm deallocate",
     .summary = "Power a virtual machine off and free its place on the host.",
     .options = packed<deallocate_options>,
     .run = commands::vm_deallocate,
     .examples = deallocate_examples,
     .supports_ids = true,
     .aaz = true},
    {.name = "vm restart",
     .summary = "Restart a running virtual machine.",
     .options = packed<restart_options>,
     .run = commands::vm_restart,
     .examples = restart_examples,
     .supports_ids = true},
    {.name = "vm get-instance-view",
     .summary = "Show a virtual machine with its running state.",
     .options = packed<one_options>,
     .run = commands::vm_get_instance_view,
     .examples = view_examples,
     .table = "{Name:name, ResourceGroup:resourceGroup, Location:location, "
              "ProvisioningState:provisioningState, PowerState:instanceView.statuses[1].displayStatus}",
     .supports_ids = true,
     .reads = true},
    {.name = "vm list-ip-addresses",
     .summary = "List the addresses of virtual machines.",
     .options = packed<address_options>,
     .run = commands::vm_list_ip_addresses,
     .examples = address_examples,
     .table = "[].virtualMachine.{virtualMachine:name, publicIPAddresses:join(',', "
              "network.publicIpAddresses[].ipAddress || `[]`), privateIPAddresses:join(',', "
              "network.privateIpAddresses || `[]`)}",
     .supports_ids = true,
     .reads = true},
    {.name = "vm identity assign",
     .summary = "Give managed identities to a virtual machine.",
     .options = packed<assign_options>,
     .run = commands::vm_identity_assign,
     .examples = assign_examples,
     .details = "What the machine has stays. With [system] on a machine that has one user-assigned identity, "
                "code that asks for a token without naming an identity gets another one from then on.",
     .supports_ids = true,
     .check = commands::check_role_with_scope},
    {.name = "vm identity show",
     .summary = "Show the managed identities of a virtual machine.",
     .options = packed<one_options>,
     .run = commands::vm_identity_show,
     .examples = identity_show_examples,
     .supports_ids = true,
     .reads = true},
    {.name = "vm identity remove",
     .summary = "Take managed identities off a virtual machine.",
     .options = packed<remove_options>,
     .run = commands::vm_identity_remove,
     .examples = remove_examples,
     .details = "Without its system-assigned identity the service principal is gone for good: a new one gets "
                "a new id and none of the roles.",
     .supports_ids = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table vm_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
