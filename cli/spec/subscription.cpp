#include "cli/commands/subscription.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option domain{
    .names = "--domain",
    .key = "domain",
    .help = "Domain of the new tenant, such as fabrikam.com; made of its name without it"};

constexpr Option add_options[] = {
    {.names = "--name -n", .key = "name", .help = "Name of the subscription", .required = true},
    {.names = "--id", .key = "id", .help = "Its id, a GUID; a new one without it"},
    {.names = "--tenant -t",
     .key = "tenant",
     .help = "Tenant it trusts, by id or domain; one's own without it"},
    {.names = "--new-tenant", .key = "new_tenant", .help = "Name of a tenant to make for it"},
    domain,
    {.names = "--subscription-state",
     .key = "state",
     .help = "State it is in",
     .choices = "Enabled Warned PastDue Disabled Deleted",
     .fallback = "Enabled"},
    {.names = "--use", .key = "use", .help = "Work in it from now on", .arity = Arity::flag},
};
constexpr Option tenant_options[] = {
    {.names = "--name -n", .key = "name", .help = "Name of the tenant", .required = true}, domain};

constexpr Example add_examples[] = {
    {"A second subscription, to work in", "azid subscription add -n Practice --use"},
    {"One of another company", "azid subscription add -n 'Fabrikam production' --new-tenant Fabrikam"}};
constexpr Example tenant_add_examples[] = {{"Another company", "azid tenant add -n Fabrikam"}};
constexpr Example tenant_list_examples[] = {{"Those of this state", "azid tenant list -o table"}};

constexpr Command table[] = {
    {.name = "subscription add",
     .summary = "Make a subscription to practise with.",
     .options = packed<add_options>,
     .run = commands::subscription_add,
     .examples = add_examples,
     .details = "Whoever makes it is its Owner; in another tenant that is the administrator there, whose "
                "account then is signed in too: 'azid account set' changes to it.",
     .own = true},
    {.name = "tenant add",
     .summary = "Make a tenant to practise with.",
     .options = packed<tenant_options>,
     .run = commands::tenant_add,
     .examples = tenant_add_examples,
     .details = "It has a directory with an administrator, and no subscription yet.",
     .own = true},
    {.name = "tenant list",
     .summary = "List the tenants of this state.",
     .options = {},
     .run = commands::tenant_list,
     .examples = tenant_list_examples,
     .own = true,
     .reads = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table subscription_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
