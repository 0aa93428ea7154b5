// Containers of blobs.
#include "cli/commands/storage.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/storage_options.hpp"

namespace azid::spec {

namespace {

constexpr Option create_options[] = {
    blob_account,
    connection_string,
    blob_endpoint,
    account_key,
    sas_token,
    auth_mode,
    subscription,
    {.names = "--name -n", .key = "container_name", .help = "Name of the container", .required = true},
    {.names = "--resource-group -g",
     .key = "resource_group_name",
     .help = "Name of the resource group",
     .configured = "group",
     .status = Status::recorded,
     .stage = Stage::deprecated},
    {.names = "--metadata",
     .key = "metadata",
     .help = "Metadata as key=value, space-separated",
     .arity = Arity::some},
    {.names = "--public-access",
     .key = "public_access",
     .help = "Who may read without rights: off, for azid has no public containers",
     .choices = "off blob container"},
    {.names = "--fail-on-exist",
     .key = "fail_on_exist",
     .help = "Fail when it exists already",
     .arity = Arity::flag},
    {.names = "--timeout",
     .key = "timeout",
     .help = "Seconds that a request may take",
     .status = Status::recorded,
     .type = ValueType::integer},
    {.names = "--default-encryption-scope -d",
     .key = "default_encryption_scope",
     .help = "Encryption scope of the container",
     .section = "Encryption Policy",
     .status = Status::refused,
     .why = no_scopes,
     .stage = Stage::preview},
    {.names = "--prevent-encryption-scope-override -p",
     .key = "prevent_encryption_scope_override",
     .help = "Keep to that scope",
     .arity = Arity::three_state,
     .section = "Encryption Policy",
     .status = Status::refused,
     .why = no_scopes,
     .stage = Stage::preview},
};
constexpr Option delete_options[] = {
    blob_account,
    connection_string,
    blob_endpoint,
    account_key,
    sas_token,
    auth_mode,
    subscription,
    {.names = "--name -n", .key = "container_name", .help = "Name of the container", .required = true},
    {.names = "--fail-not-exist",
     .key = "fail_not_exist",
     .help = "Fail when it does not exist",
     .arity = Arity::flag},
    lease_id,
    if_modified_since,
    if_unmodified_since,
    {.names = "--timeout",
     .key = "timeout",
     .help = "Seconds that a request may take",
     .status = Status::recorded,
     .type = ValueType::integer},
    {.names = "--bypass-immutability-policy",
     .key = "bypass_immutability_policy",
     .help = "Delete in spite of an immutability policy",
     .arity = Arity::flag,
     .status = Status::recorded},
};
constexpr Option exists_options[] = {
    blob_account,
    connection_string,
    blob_endpoint,
    account_key,
    sas_token,
    auth_mode,
    subscription,
    {.names = "--name -n", .key = "container_name", .help = "Name of the container", .required = true},
    {.names = "--timeout",
     .key = "timeout",
     .help = "Seconds that a request may take",
     .status = Status::recorded,
     .type = ValueType::integer},
};
constexpr Option show_options[] = {
    blob_account,
    connection_string,
    blob_endpoint,
    account_key,
    sas_token,
    auth_mode,
    subscription,
    {.names = "--name -n", .key = "container_name", .help = "Name of the container", .required = true},
    {.names = "--timeout",
     .key = "timeout",
     .help = "Seconds that a request may take",
     .status = Status::recorded,
     .type = ValueType::integer},
    lease_id,
};
constexpr Option list_options[] = {
    blob_account,
    connection_string,
    blob_endpoint,
    account_key,
    sas_token,
    auth_mode,
    subscription,
    {.names = "--include-metadata",
     .key = "include_metadata",
     .help = "Show metadata too",
     .arity = Arity::three_state},
    {.names = "--include-deleted",
     .key = "include_deleted",
     .help = "Show deleted containers too, of which there are none",
     .arity = Arity::three_state,
     .status = Status::recorded},
    marker,
    num_results,
    prefix,
    {.names = "--show-next-marker",
     .key = "show_next_marker",
     .help = "Tell in the list where to go on",
     .arity = Arity::flag,
     .stage = Stage::preview},
    {.names = "--timeout",
     .key = "timeout",
     .help = "Seconds that a request may take",
     .status = Status::recorded,
     .type = ValueType::integer},
};

constexpr Example create_examples[] = {
    {"With the rights of the signed-in account",
     "azid storage container create --account-name stor1acct -n data --auth-mode login"}};
constexpr Example delete_examples[] = {
    {"With all its blobs",
     "azid storage container delete --account-name stor1acct -n data --auth-mode login"}};
constexpr Example exists_examples[] = {
    {"Whether it is there",
     "azid storage container exists --account-name stor1acct -n data --auth-mode login"}};
constexpr Example show_examples[] = {{"When it was changed",
                                      "azid storage container show --account-name stor1acct -n data "
                                      "--auth-mode login --query properties.lastModified"}};
constexpr Example list_examples[] = {
    {"Their names",
     "azid storage container list --account-name stor1acct --auth-mode login --query '[].name' -o tsv"}};

constexpr Command table[] = {
    {.name = "storage container create",
     .summary = "Make a container.",
     .options = packed<create_options>,
     .run = commands::storage_container_create,
     .examples = create_examples,
     .table = "{Created:created}"},
    {.name = "storage container delete",
     .summary = "Delete a container with all its blobs.",
     .options = packed<delete_options>,
     .run = commands::storage_container_delete,
     .examples = delete_examples,
     .table = "{Deleted:deleted}"},
    {.name = "storage container exists",
     .summary = "Tell whether a container exists.",
     .options = packed<exists_options>,
     .run = commands::storage_container_exists,
     .examples = exists_examples,
     .table = "{Exists:exists}"},
    {.name = "storage container show",
     .summary = "Show a container.",
     .options = packed<show_options>,
     .run = commands::storage_container_show,
     .examples = show_examples,
     .table = "{Name:name, \"Lease Status\":properties.lease.status||' ', \"Last "
              "Modified\":properties.lastModified||' '}"},
    {.name = "storage container list",
     .summary = "List the containers of an account.",
     .options = packed<list_options>,
     .run = commands::storage_container_list,
     .examples = list_examples,
     .table = "[].{Name:name||' ', \"Lease Status\":properties.leaseStatus||' ', \"Last "
              "Modified\":properties.lastModified||' '}"},
};
static_assert(fault_of(table).empty());

}  // namespace

Table storage_container_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
