#include "cli/commands/web.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/web_options.hpp"

namespace azid::spec {

namespace {

constexpr std::string_view no_dns = "azid registers no host names.";
constexpr std::string_view no_publishing = "azid's apps have no publishing credentials to switch on or off.";

constexpr Option dns(const char* names, const char* key, const char* help) {
    return {.names = names,
            .key = key,
            .help = help,
            .arity = Arity::three_state,
            .status = Status::refused,
            .why = no_dns,
            .stage = Stage::deprecated};
}

constexpr Option create_options[] = {
    subscription,
    resource_group,
    {.names = "--name -n",
     .key = "name",
     .help = "Name of the new web app: 2 to 60 letters, digits and '-', unique in all of Azure",
     .required = true,
     .id_part = "name"},
    {.names = "--plan -p",
     .key = "plan",
     .help = "App Service plan that the app runs on, by name or id",
     .required = true,
     .configured = "appserviceplan"},
    {.names = "--runtime -r",
     .key = "runtime",
     .help = "Language stack as framework:version, such as PYTHON:3.12",
     .status = Status::recorded},
    {.names = "--startup-file",
     .key = "startup_file",
     .help = "Command that starts the app (Linux)",
     .status = Status::recorded},
    {.names = "--deployment-container-image-name -i",
     .key = "deployment_container_image_name",
     .help = "Container image, by the option's older name",
     .status = Status::recorded,
     .stage = Stage::deprecated},
    web::source_url,
    web::source_branch,
    web::local_git,
    {.names = "--sitecontainers-app",
     .key = "sitecontainers_app",
     .help = "An app whose containers are added afterwards",
     .arity = Arity::three_state,
     .status = Status::recorded},
    {.names = "--container-registry-password -w --docker-registry-server-password",
     .key = "container_registry_password",
     .help = "Password at the container registry, kept among the app's settings",
     .status = Status::recorded,
     .retired = "--docker-registry-server-password"},
    {.names = "--container-registry-user -s --docker-registry-server-user",
     .key = "container_registry_user",
     .help = "User name at the container registry, kept among the app's settings",
     .status = Status::recorded,
     .retired = "--docker-registry-server-user"},
    {.names = "--container-registry-url",
     .key = "container_registry_url",
     .help = "Address of the container registry",
     .status = Status::recorded},
    {.names = "--container-image-name -c",
     .key = "container_image_name",
     .help = "Container image, with its tag if it is not the latest",
     .status = Status::recorded},
    {.names = "--multicontainer-config-type",
     .key = "multicontainer_config_type",
     .help = "What --multicontainer-config-file is",
     .choices = "COMPOSE KUBE",
     .status = Status::recorded},
    {.names = "--multicontainer-config-file",
     .key = "multicontainer_config_file",
     .help = "File that describes several containers",
     .completes = "file",
     .status = Status::recorded},
    tags,
    web::assign_identity,
    web::role,
    web::scope,
    web::vnet,
    web::subnet,
    web::https_only,
    {.names = "--public-network-access",
     .key = "public_network_access",
     .help = "Whether the app answers on its public address",
     .choices = "Enabled Disabled",
     .status = Status::recorded},
    {.names = "--acr-use-identity",
     .key = "acr_use_identity",
     .help = "Pull the image with the app's managed identity",
     .arity = Arity::flag,
     .status = Status::recorded},
    {.names = "--acr-identity",
     .key = "acr_identity",
     .help = "The identity that pulls the image: [system], or the id of a user-assigned one",
     .status = Status::recorded},
    {.names = "--basic-auth",
     .key = "basic_auth",
     .help = "Whether files may be put with a password",
     .choices = "Enabled Disabled",
     .status = Status::refused,
     .why = no_publishing},
};
constexpr Option show_options[] = {subscription, resource_group, web::name, web::slot, ids};
constexpr Option list_options[] = {
    subscription,
    described(optional(resource_group), "Only the apps of this resource group"),
    {.names = "--show-details",
     .key = "show_details",
     .help = "With each app's whole configuration",
     .arity = Arity::flag}};
constexpr Option delete_options[] = {subscription,
                                     resource_group,
                                     web::name,
                                     {.names = "--keep-metrics",
                                      .key = "keep_metrics",
                                      .help = "Keep what was measured of the app",
                                      .arity = Arity::flag,
                                      .status = Status::refused,
                                      .why = "azid measures nothing."},
                                     web::keep_empty_plan,
                                     {.names = "--keep-dns-registration",
                                      .key = "keep_dns_registration",
                                      .help = "Keep the host name registered",
                                      .arity = Arity::flag,
                                      .status = Status::refused,
                                      .why = no_dns,
                                      .stage = Stage::deprecated},
                                     web::slot,
                                     ids};
constexpr Option update_options[] = {
    subscription,
    resource_group,
    web::name,
    web::slot,
    dns("--skip-dns-registration", "skip_dns_registration", "Do not register the host name"),
    {.names = "--basic-auth",
     .key = "basic_auth",
     .help = "Whether files may be put with a password",
     .choices = "Enabled Disabled",
     .status = Status::refused,
     .why = no_publishing},
    dns("--skip-custom-domain-verification", "skip_custom_domain_verification",
        "Do not verify domains of one's own"),
    dns("--force-dns-registration", "force_dns_registration", "Register the host name in any case"),
    dns("--ttl-in-seconds", "ttl_in_seconds", "How long the default host name's record holds"),
    {.names = "--client-affinity-enabled",
     .key = "client_affinity_enabled",
     .help = "Keep a client on one worker with a cookie",
     .arity = Arity::three_state,
     .status = Status::recorded},
    web::https_only,
    {.names = "--minimum-elastic-instance-count -i",
     .key = "minimum_elastic_instance_count",
     .help = "Fewest workers of the app",
     .status = Status::recorded,
     .type = ValueType::integer,
     .stage = Stage::preview},
    {.names = "--prewarmed-instance-count -w",
     .key = "prewarmed_instance_count",
     .help = "Workers kept ready",
     .status = Status::recorded,
     .type = ValueType::integer,
     .stage = Stage::preview},
    set,
    add,
    remove,
    force_string,
    ids};
constexpr Option assign_options[] = {subscription, resource_group, web::name,  web::identities,
                                     web::role,    web::slot,      web::scope, ids};
constexpr Option remove_options[] = {subscription,         resource_group, web::name,
                                     web::gone_identities, web::slot,      ids};

constexpr Example create_examples[] = {
    {"A Python app with an identity of its own",
     "azid webapp create -g rg -n shop-web -p plan --runtime PYTHON:3.12 --assign-identity"},
    {"An app that uses a user-assigned identity",
     "azid webapp create -g rg -n shop-web -p plan --runtime NODE:20-lts --assign-identity "
     "\"$(azid identity show -g rg -n app --query id -o tsv)\""}};
constexpr Example show_examples[] = {
    {"The address of the app", "azid webapp show -g rg -n shop-web --query defaultHostName -o tsv"}};
constexpr Example list_examples[] = {{"All web apps as a table", "azid webapp list -o table"}};
constexpr Example delete_examples[] = {
    {"Delete an app and keep its plan", "azid webapp delete -g rg -n shop-web --keep-empty-plan"}};
constexpr Example update_examples[] = {
    {"Answer over HTTPS only", "azid webapp update -g rg -n shop-web --https-only true"},
    {"Add a tag", "azid webapp update -g rg -n shop-web --set tags.team=shop"}};
constexpr Example assign_examples[] = {
    {"An identity of the app's own", "azid webapp identity assign -g rg -n shop-web"},
    {"One that may read the group",
     "azid webapp identity assign -g rg -n shop-web --role Reader --scope \"$(azid group show -n rg --query "
     "id -o tsv)\""}};
constexpr Example identity_examples[] = {
    {"What a role assignment needs of it",
     "azid webapp identity show -g rg -n shop-web --query principalId -o tsv"}};
constexpr Example remove_examples[] = {
    {"Take the app's own identity away", "azid webapp identity remove -g rg -n shop-web"}};

constexpr Command table[] = {
    {.name = "webapp create",
     .summary = "Create a web app on an App Service plan.",
     .options = packed<create_options>,
     .run = commands::webapp_create,
     .examples = create_examples,
     .details =
         "On a plan with Linux workers say what runs there: a runtime or a container. azid keeps it and runs "
         "nothing."},
    {.name = "webapp show",
     .summary = "Show a web app.",
     .options = packed<show_options>,
     .run = commands::webapp_show,
     .examples = show_examples,
     .table = web::one_table,
     .supports_ids = true,
     .reads = true,
     .tabulate = commands::with_plan_names},
    {.name = "webapp list",
     .summary = "List the web apps of the subscription or of a group.",
     .options = packed<list_options>,
     .run = commands::webapp_list,
     .examples = list_examples,
     .table = web::list_table,
     .reads = true,
     .tabulate = commands::with_plan_names},
    {.name = "webapp delete",
     .summary = "Delete a web app, and its plan with the last app on it.",
     .options = packed<delete_options>,
     .run = commands::app_delete,
     .examples = delete_examples,
     .details = "The principal of its system-assigned identity goes with it; role assignments stay behind.",
     .supports_ids = true},
    {.name = "webapp update",
     .summary = "Change a web app.",
     .options = packed<update_options>,
     .run = commands::webapp_update,
     .examples = update_examples,
     .supports_ids = true},
    {.name = "webapp identity assign",
     .summary = "Give a web app managed identities.",
     .options = packed<assign_options>,
     .run = commands::app_identity_assign,
     .examples = assign_examples,
     .supports_ids = true},
    {.name = "webapp identity show",
     .summary = "Show the managed identities of a web app.",
     .options = packed<show_options>,
     .run = commands::app_identity_show,
     .examples = identity_examples,
     .supports_ids = true,
     .reads = true},
    {.name = "webapp identity remove",
     .summary = "Take managed identities off a web app.",
     .options = packed<remove_options>,
     .run = commands::app_identity_remove,
     .examples = remove_examples,
     .supports_ids = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table webapp_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
