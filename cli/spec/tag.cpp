#include "cli/commands/tag.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option thing{.names = "--resource-id",
                       .key = "resource_id",
                       .help = "Id of the subscription, group or resource that bears the tags"};
constexpr Option name{
    .names = "--name -n", .key = "tag_name", .help = "Tag name that the subscription offers"};
constexpr Option value{
    .names = "--value", .key = "tag_value", .help = "Value offered for the name", .required = true};
constexpr Option some_tags{
    .names = "--tags", .key = "tags", .help = "Tags as key[=value], space-separated", .arity = Arity::any};

constexpr Option create_options[] = {subscription, thing, some_tags, name};
constexpr Option list_options[] = {subscription, thing};
constexpr Option update_options[] = {
    subscription,
    required(thing),
    required(some_tags),
    {.names = "--operation",
     .key = "operation",
     .help = "Add to the tags, put these in their place, or take these away",
     .required = true,
     .choices = "Merge Replace Delete"},
};
constexpr Option delete_options[] = {subscription, thing, name, yes};
constexpr Option value_options[] = {subscription, required(name), value};

constexpr Example create_examples[] = {
    {"Tags of a group, in place of all it had",
     "azid tag create --resource-id $(azid group show -n rg --query id -o tsv) --tags env=test owner=ann"},
    {"Offer a tag name in the subscription", "azid tag create -n env"}};
constexpr Example list_examples[] = {
    {"What is in use, and how often", "azid tag list -o table"},
    {"Tags of a machine", "azid tag list --resource-id $VM_ID --query properties.tags"}};
constexpr Example update_examples[] = {
    {"One more tag", "azid tag update --resource-id $VM_ID --operation Merge --tags owner=ann"}};
constexpr Example delete_examples[] = {{"All tags of a machine", "azid tag delete --resource-id $VM_ID -y"}};
constexpr Example add_examples[] = {{"Offer a value", "azid tag add-value -n env --value test"}};
constexpr Example remove_examples[] = {{"Offer it no longer", "azid tag remove-value -n env --value test"}};

constexpr Command table[] = {
    {.name = "tag add-value",
     .summary = "Offer a value for a tag name.",
     .options = packed<value_options>,
     .run = commands::tag_add_value,
     .examples = add_examples},
    {.name = "tag create",
     .summary = "Set the tags of a subscription, group or resource, or offer a tag name.",
     .options = packed<create_options>,
     .run = commands::tag_create,
     .examples = create_examples},
    {.name = "tag delete",
     .summary = "Take all tags off a subscription, group or resource, or offer a tag name no longer.",
     .options = packed<delete_options>,
     .run = commands::tag_delete,
     .examples = delete_examples,
     .confirm = "Are you sure you want to perform this operation?"},
    {.name = "tag list",
     .summary = "Show the tags of a subscription, group or resource, or all tag names.",
     .options = packed<list_options>,
     .run = commands::tag_list,
     .examples = list_examples,
     .reads = true},
    {.name = "tag remove-value",
     .summary = "Offer a value for a tag name no longer.",
     .options = packed<value_options>,
     .run = commands::tag_remove_value,
     .examples = remove_examples},
    {.name = "tag update",
     .summary = "Change some tags of a subscription, group or resource.",
     .options = packed<update_options>,
     .run = commands::tag_update,
     .examples = update_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table tag_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
