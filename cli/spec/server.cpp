#include "cli/commands/serve.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/standard.hpp"

namespace azid::spec {

namespace {

constexpr Option machine{.names = "--vm",
                         .key = "vm",
                         .help = "The VM, by name or id, whose metadata endpoint answers at 169.254.169.254",
                         .completes = "vm"};
constexpr Option machine_group{.names = "--resource-group -g",
                               .key = "resource_group_name",
                               .help = "Resource group of the VM",
                               .configured = "group",
                               .completes = "group"};
constexpr Option access_log{.names = "--access-log",
                            .key = "access_log",
                            .help = "Print a line for each request on stderr",
                            .arity = Arity::flag};

constexpr Option no_throttle{
    .names = "--no-throttle",
    .key = "no_throttle",
    .help = "Lift the metadata endpoint's limits: 20 identity requests a second, 5 at once",
    .arity = Arity::flag};

constexpr Option exec_options[] = {
    subscription,
    machine,
    machine_group,
    {.names = "--via",
     .key = "via",
     .help = "How Azure's names lead here: private namespaces, or a proxy for clients that honour HTTP_PROXY",
     .choices = "auto namespace proxy",
     .fallback = "auto"},
    access_log,
    no_throttle,
    {.names = "COMMAND",
     .key = "command",
     .help = "The command and its arguments, after --",
     .arity = Arity::some,
     .required = true},
};

constexpr Option serve_options[] = {
    subscription,
    {.names = "--listen",
     .key = "listen",
     .help =
         "Address and port; HTTP, TLS and proxy requests are all understood there, port 0 takes a free one",
     .fallback = "127.0.0.1:8443"},
    {.names = "--imds",
     .key = "imds",
     .help = "VM=ADDRESS:PORT, where that VM's metadata endpoint is to answer; space-separated",
     .arity = Arity::some},
    machine,
    machine_group,
    access_log,
    no_throttle,
};

constexpr Option env_options[] = {subscription};

constexpr Example exec_examples[] = {
    {"Ask a VM's metadata endpoint for a token, as the documents do",
     "azid exec --vm web -g rg -- curl -s -H Metadata:true "
     "'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://"
     "vault.azure.net'"},
};
constexpr Example serve_examples[] = {
    {"Serve in the background, and lead this shell's clients there",
     "azid serve & sleep 1; eval \"$(azid env)\""},
};

constexpr Example env_examples[] = {
    {"Lead this shell's clients to the server that runs", "azid env"},
};

constexpr Command table[] = {
    {.name = "env",
     .summary = "Print the variables that lead a shell's clients to a running 'azid serve'.",
     .options = env_options,
     .run = commands::env,
     .examples = env_examples,
     .own = true,
     .stateless = true},
    {.name = "exec",
     .summary = "Run a command to which Azure's own names lead to this state.",
     .options = exec_options,
     .run = commands::exec,
     .examples = exec_examples,
     .details =
         "Azure's host names, with TLS, and for --vm the metadata address, lead to the state for the command "
         "alone; its exit status is azid's. In namespaces nothing else can be reached. Through the proxy, a "
         "command that ignores HTTP_PROXY reaches the network, on a cloud machine also that cloud's metadata "
         "service: there the proxy is only taken when asked for.",
     .own = true,
     .stateless = true},
    {.name = "serve",
     .summary = "Serve the state to Azure's clients until interrupted.",
     .options = serve_options,
     .run = commands::serve,
     .examples = serve_examples,
     .details =
         "Prints one line of JSON when it is ready. Whoever reaches the address can act on the state with "
         "any credentials it accepts; it listens on the loopback address unless told otherwise.",
     .own = true,
     .stateless = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table server_commands() { return table; }

}  // namespace azid::spec
