#include "cli/commands/identity.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option identity_name{.names = "--name -n",
                               .key = "resource_name",
                               .help = "Name of the identity",
                               .required = true,
                               .id_part = "name",
                               .completes = "identity"};

constexpr Option create_options[] = {
    subscription,
    resource_group,
    described(identity_name, "Name of the new identity: 3 to 128 letters, digits, '-' and '_'"),
    described(location, "Region, such as westeurope; that of the group when not given"),
    tags,
};
constexpr Option one_options[] = {subscription, resource_group, identity_name, ids};
constexpr Option list_options[] = {
    subscription, described(optional(resource_group), "Only the identities of this resource group")};

constexpr Example create_examples[] = {
    {"An identity that several machines will share", "azid identity create -g rg -n app"},
    {"What a role assignment needs of it", "azid identity create -g rg -n app --query principalId -o tsv"}};
constexpr Example show_examples[] = {{"The client id that code in the machine names",
                                      "azid identity show -g rg -n app --query clientId -o tsv"}};
constexpr Example list_examples[] = {{"All of the subscription", "azid identity list -o table"},
                                     {"Those of one group", "azid identity list -g rg"}};
constexpr Example delete_examples[] = {{"Delete an identity", "azid identity delete -g rg -n app"}};
constexpr Example resources_examples[] = {
    {"Which machines use the identity", "azid identity list-resources -g rg -n app --query [].name -o tsv"}};
constexpr Option operations_options[] = {subscription};
constexpr Example operations_examples[] = {
    {"The words that a role definition may use", "azid identity list-operations --query [].name -o tsv"}};

constexpr Command table[] = {
    {.name = "identity create",
     .summary = "Create a user-assigned managed identity, or replace the tags of one.",
     .options = packed<create_options>,
     .run = commands::identity_create,
     .examples = create_examples,
     .details = "Its service principal is made in the directory at once; the certificate's key when it is "
                "first needed."},
    {.name = "identity show",
     .summary = "Show a user-assigned managed identity.",
     .options = packed<one_options>,
     .run = commands::identity_show,
     .examples = show_examples,
     .supports_ids = true,
     .reads = true},
    {.name = "identity list",
     .summary = "List the user-assigned managed identities of the subscription or of a group.",
     .options = packed<list_options>,
     .run = commands::identity_list,
     .examples = list_examples,
     .reads = true},
    {.name = "identity delete",
     .summary = "Delete a user-assigned managed identity and its service principal.",
     .options = packed<one_options>,
     .run = commands::identity_delete,
     .examples = delete_examples,
     .details = "Machines that used it keep a stale reference until it is removed from them, and its role "
                "assignments stay behind.",
     .supports_ids = true},
    {.name = "identity list-resources",
     .summary = "List the resources that a user-assigned managed identity is assigned to.",
     .options = packed<one_options>,
     .run = commands::identity_list_resources,
     .examples = resources_examples,
     .supports_ids = true,
     .reads = true},
    {.name = "identity list-operations",
     .summary = "List what the managed identity resource provider can be asked to do.",
     .options = packed<operations_options>,
     .run = commands::identity_list_operations,
     .examples = operations_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table identity_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
