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
                               .help = "Resource group of the VM or app",
                               .configured = "group",
                               .completes = "group"};
constexpr Option access_log{.names = "--access-log -v",
                            .key = "access_log",
                            .help =
                                "Print a line for each request on stderr: method, host and path, status, "
                                "time, who asked; --verbose does the same",
                            .arity = Arity::flag};

constexpr Option no_throttle{
    .names = "--no-throttle",
    .key = "no_throttle",
    .help = "Lift the metadata endpoint's limits: 20 identity requests a second, 5 at once",
    .arity = Arity::flag};

constexpr Option via{
    .names = "--via",
    .key = "via",
    .help = "How Azure's names lead here: private namespaces, or a proxy for clients that honour HTTP_PROXY",
    .choices = "auto namespace proxy",
    .fallback = "auto"};

constexpr Option exec_options[] = {
    subscription,
    machine,
    {.names = "--app",
     .key = "app",
     .help = "The web app or function app, by name or id, whose identity endpoint the command finds, as in "
             "App Service"},
    machine_group,
    via,
    access_log,
    no_throttle,
    {.names = "COMMAND",
     .key = "command",
     .help = "The command and its arguments, after --",
     .arity = Arity::some,
     .required = true},
};

constexpr Option shell_options[] = {
    subscription,
    described(machine_group, "Resource group of the machine, where -n is a name"),
    {.names = "--name -n",
     .key = "vm_name",
     .help = "The machine, by name or id",
     .required = true,
     .configured = "vm",
     .completes = "vm"},
    via,
    access_log,
    no_throttle,
    {.names = "COMMAND",
     .key = "command",
     .help = "A command and its arguments, after --, in place of a shell",
     .arity = Arity::any},
};

constexpr Option serve_options[] = {
    subscription,
    {.names = "--listen",
     .key = "listen",
     .help = "Address and port, 127.0.0.1:8443 unless --proxy is given; HTTP, TLS and proxy requests are all "
             "understood there, port 0 takes a free one"},
    {.names = "--proxy", .key = "proxy", .help = "Address and port for proxy requests, apart from --listen"},
    {.names = "--imds",
     .key = "imds",
     .help = "VM=ADDRESS:PORT, where that VM's metadata endpoint is to answer; space-separated",
     .arity = Arity::some,
     .append = true},
    {.names = "--app",
     .key = "app",
     .help = "APP=ADDRESS:PORT, where the identity endpoint of that web app or function app is to answer; "
             "space-separated",
     .arity = Arity::some,
     .append = true},
    machine,
    machine_group,
    access_log,
    no_throttle,
};

constexpr Option env_options[] = {
    subscription,
    described(machine, "Of several VMs with --imds the one, by name or id, whose code the shell runs"),
    {.names = "--app", .key = "app", .help = "The app with --app, by name or id, whose code the shell runs"},
};

constexpr Example exec_examples[] = {
    {"Ask a VM's metadata endpoint for a token, as the documents do",
     "azid exec --vm web -g rg -- curl -s -H Metadata:true "
     "'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://"
     "vault.azure.net'"},
    {"Run an app's code as App Service does, with IDENTITY_ENDPOINT and IDENTITY_HEADER",
     "azid exec --app shop -g rg -- python3 app.py"},
};
constexpr Example shell_examples[] = {
    {"Look around in the machine", "azid vm shell -n web -g rg"},
    {"Run one command there", "azid vm shell -n web -g rg -- az login --identity"},
};
constexpr Example serve_examples[] = {
    {"Serve in the background, and lead this shell's clients there",
     "azid serve & sleep 1; eval \"$(azid env)\""},
    {"With a machine's metadata endpoint and an app's identity endpoint",
     "azid serve -g rg --imds web=127.0.0.1:8180 --app shop=127.0.0.1:8181"},
};

constexpr Example env_examples[] = {
    {"What leads a shell to the server that runs; eval takes it over", "azid env"},
};

constexpr Command table[] = {
    {.name = "env",
     .summary = "Print the variables that lead a shell's clients to a running 'azid serve'.",
     .options = packed<env_options>,
     .run = commands::env,
     .examples = env_examples,
     .own = true,
     .stateless = true},
    {.name = "exec",
     .summary = "Run a command to which Azure's own names lead to this state.",
     .options = packed<exec_options>,
     .run = commands::exec,
     .examples = exec_examples,
     .details =
         "Azure's host names, with TLS, and for --vm the metadata address, lead to the state for the command "
         "alone; its exit status is azid's. Variables that would lead its managed identity elsewhere are "
         "taken out. In namespaces nothing else can be reached. Through the proxy, a "
         "command that ignores HTTP_PROXY reaches the network, on a cloud machine also that cloud's metadata "
         "service: there the proxy is only taken when asked for.",
     .own = true,
     .stateless = true},
    {.name = "serve",
     .summary = "Serve the state to Azure's clients until interrupted.",
     .options = packed<serve_options>,
     .run = commands::serve,
     .examples = serve_examples,
     .details =
         "Prints one line of JSON when it is ready. Whoever reaches the address can act on the state with "
         "any credentials it accepts; it listens on the loopback address unless told otherwise.",
     .own = true,
     .stateless = true},
    {.name = "vm shell",
     .summary = "Open a shell, or run a command, as code in a virtual machine.",
     .options = packed<shell_options>,
     .run = commands::vm_shell,
     .examples = shell_examples,
     .details =
         "The shell is $SHELL, or /bin/sh. It finds the machine's metadata endpoint with its identities, and "
         "Azure's names, as under 'exec --vm'; files and programs are this computer's. The exit status is "
         "the "
         "shell's or command's.",
     .own = true,
     .stateless = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table server_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
