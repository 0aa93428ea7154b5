#include "cli/commands/activity_log.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option list_options[] = {
    subscription,
    {.names = "--correlation-id",
     .key = "correlation_id",
     .help = "Only what one command did, by the id its events share",
     .section = "Filter"},
    {.names = "--resource-group -g",
     .key = "resource_group",
     .help = "Only what happened in this resource group",
     .configured = "group",
     .completes = "group",
     .section = "Filter"},
    {.names = "--resource-id",
     .key = "resource_id",
     .help = "Only what happened to this resource",
     .section = "Filter"},
    {.names = "--namespace",
     .key = "resource_provider",
     .help = "Only operations of this resource provider, such as Microsoft.Compute",
     .section = "Filter"},
    {.names = "--start-time",
     .key = "start_time",
     .help = "From when on, as date, time and time zone; local time without a zone",
     .arity = Arity::some,
     .section = "Time"},
    {.names = "--end-time",
     .key = "end_time",
     .help = "Until when, as date, time and time zone; now without it",
     .arity = Arity::some,
     .section = "Time"},
    {.names = "--caller",
     .key = "caller",
     .help = "Only what this user or service principal did",
     .section = "Filter"},
    {.names = "--status",
     .key = "status",
     .help = "Only operations that ended so: Succeeded or Failed",
     .section = "Filter"},
    {.names = "--max-events",
     .key = "max_events",
     .help = "How many events at most, the newest ones",
     .fallback = "50",
     .type = ValueType::integer},
    {.names = "--select",
     .key = "select",
     .help = "Members of the events to show",
     .arity = Arity::some,
     .choices = "authorization claims caller description id eventDataId correlationId eventName category "
                "httpRequest level resourceGroupName resourceProviderName resourceId resourceType "
                "operationId operationName properties status subStatus eventTimestamp submissionTimestamp "
                "subscriptionId tenantId"},
    {.names = "--offset",
     .key = "offset",
     .help = "How far back, as 1d2h30m",
     .fallback = "6h",
     .section = "Time"},
};

constexpr Example list_examples[] = {
    {"What was refused in the last hour",
     "azid monitor activity-log list --status Failed --offset 1h --query "
     "'[].{at:eventTimestamp, who:caller, what:operationName.value, why:properties.statusMessage}'"},
    {"What happened in a group", "azid monitor activity-log list -g rg --max-events 10 -o table"}};

constexpr Command table[] = {
    {.name = "monitor activity-log list",
     .summary = "List who changed what, and what was refused.",
     .options = packed<list_options>,
     .run = commands::activity_log_list,
     .examples = list_examples,
     .details = "Each change that Resource Manager was asked for is one event, with its end; those of one "
                "command share a correlation id. Reading leaves none, and neither do secrets and blobs.",
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table activity_log_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
