#include "cli/commands/web.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option plan_name{.names = "--name -n",
                           .key = "name",
                           .help = "Name of the App Service plan",
                           .required = true,
                           .configured = "appserviceplan",
                           .id_part = "name"};

constexpr Option create_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "name",
     .help = "Name of the new App Service plan",
     .required = true,
     .id_part = "name"},
    {.names = "--is-linux", .key = "is_linux", .help = "With Linux workers", .arity = Arity::flag},
    {.names = "--hyper-v",
     .key = "hyper_v",
     .help = "With workers for Windows containers",
     .arity = Arity::flag,
     .status = Status::recorded},
    {.names = "--per-site-scaling",
     .key = "per_site_scaling",
     .help = "Let each app have its own number of workers",
     .arity = Arity::flag,
     .status = Status::recorded},
    {.names = "--app-service-environment -e",
     .key = "app_service_environment",
     .help = "App Service environment of the plan, by name or id",
     .status = Status::refused,
     .why = "azid has no App Service environments."},
    {.names = "--sku",
     .key = "sku",
     .help = "Price tier, such as F1, B1 or P0V3",
     .choices =
         "F1 FREE D1 SHARED B1 B2 B3 S1 S2 S3 P1V2 P2V2 P3V2 P0V3 P1V3 P2V3 P3V3 P1MV3 P2MV3 P3MV3 P4MV3 "
         "P5MV3 P0V4 P1V4 P2V4 P3V4 P1MV4 P2MV4 P3MV4 P4MV4 P5MV4 I1V2 I2V2 I3V2 I4V2 I5V2 I6V2 I1MV2 I2MV2 "
         "I3MV2 I4MV2 I5MV2 WS1 WS2 WS3",
     .fallback = "B1"},
    {.names = "--number-of-workers",
     .key = "number_of_workers",
     .help = "How many workers",
     .fallback = "1",
     .status = Status::recorded,
     .type = ValueType::integer},
    described(location, "Region, such as westeurope; that of the group when not given"),
    tags,
    {.names = "--zone-redundant -z",
     .key = "zone_redundant",
     .help = "Spread the workers over zones; three of them at least",
     .arity = Arity::flag,
     .status = Status::recorded},
    no_wait,
};
constexpr Option one_options[] = {subscription, resource_group, plan_name, ids};
constexpr Option delete_options[] = {subscription, resource_group, plan_name, yes, ids};
constexpr Option list_options[] = {
    subscription, described(optional(resource_group), "Only the plans of this resource group")};

constexpr Example create_examples[] = {
    {"A small plan with Linux workers", "azid appservice plan create -g rg -n plan --is-linux --sku B1"}};
constexpr Example show_examples[] = {
    {"Its price tier", "azid appservice plan show -g rg -n plan --query sku.name"}};
constexpr Example list_examples[] = {{"All of the subscription", "azid appservice plan list -o table"}};
constexpr Example delete_examples[] = {{"Delete a plan", "azid appservice plan delete -g rg -n plan --yes"}};

constexpr Command table[] = {
    {.name = "appservice plan create",
     .summary = "Create an App Service plan.",
     .options = packed<create_options>,
     .run = commands::appservice_plan_create,
     .examples = create_examples},
    {.name = "appservice plan show",
     .summary = "Show an App Service plan.",
     .options = packed<one_options>,
     .run = commands::appservice_plan_show,
     .examples = show_examples,
     .supports_ids = true,
     .reads = true},
    {.name = "appservice plan list",
     .summary = "List the App Service plans of the subscription or of a group.",
     .options = packed<list_options>,
     .run = commands::appservice_plan_list,
     .examples = list_examples,
     .reads = true},
    {.name = "appservice plan delete",
     .summary = "Delete an App Service plan that no app is on.",
     .options = packed<delete_options>,
     .run = commands::appservice_plan_delete,
     .examples = delete_examples,
     .confirm = "Are you sure you want to perform this operation?",
     .supports_ids = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table appservice_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
