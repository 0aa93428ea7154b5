#include "cli/commands/argument_checks.hpp"
#include "cli/commands/keyvault.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/keyvault_options.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {

namespace {

constexpr std::string_view encodings = "utf-8 utf-16le utf-16be ascii base64 hex";

constexpr Option set_options[] = {
    subscription,
    required(object_name),
    {.names = "--value", .key = "value", .help = "The secret itself", .section = "Content Source"},
    {.names = "--enabled",
     .key = "enabled",
     .help = "Has no effect, as in az: a new version is enabled unless --disabled is given",
     .status = Status::recorded},
    tags,
    {.names = "--description --content-type",
     .key = "content_type",
     .help = "What the content is, such as text/plain"},
    not_before,
    expires,
    required(in_vault),
    disabled,
    {.names = "--file -f",
     .key = "file_path",
     .help = "File that holds the value",
     .completes = "file",
     .section = "Content Source"},
    {.names = "--encoding -e",
     .key = "encoding",
     .help = "How the file is read",
     .choices = encodings,
     .fallback = "utf-8",
     .section = "Content Source"},
};
constexpr Option show_options[] = {subscription, object_name, object_version, object_id, in_vault};
constexpr Option list_options[] = {subscription, vault_id_option, in_vault, most_results, include_managed};
constexpr Option one_secret[] = {subscription, object_name, object_id, in_vault};
constexpr Option versions_options[] = {subscription, object_name, object_id, in_vault, most_results};
constexpr Option list_deleted_options[] = {subscription, vault_id_option, in_vault, most_results};
constexpr Option set_attributes_options[] = {
    subscription,
    object_name,
    object_version,
    enabled,
    tags,
    {.names = "--content-type", .key = "content_type", .help = "What the content is, such as text/plain"},
    not_before,
    expires,
    object_id,
    in_vault,
};
constexpr Option download_options[] = {
    subscription,
    into_file,
    object_name,
    {.names = "--encoding -e",
     .key = "encoding",
     .help = "How the file is written; as the tag file-encoding says if left out",
     .choices = encodings},
    object_version,
    object_id,
    in_vault};
constexpr Option backup_options[] = {subscription, into_file, object_name, object_id, in_vault};
constexpr Option restore_options[] = {subscription, from_backup, required(in_vault)};

constexpr Example set_examples[] = {
    {"From the command line", "azid keyvault secret set --vault-name kv-one -n db --value s3cret"},
    {"From a file", "azid keyvault secret set --vault-name kv-one -n key --file key.pem"}};
constexpr Example show_examples[] = {
    {"Only the value", "azid keyvault secret show --vault-name kv-one -n db --query value -o tsv"}};
constexpr Example list_examples[] = {
    {"Their names", "azid keyvault secret list --vault-name kv-one --query '[].name' -o tsv"}};
constexpr Example delete_examples[] = {
    {"All versions at once", "azid keyvault secret delete --vault-name kv-one -n db"}};
constexpr Example versions_examples[] = {
    {"How often a secret was changed",
     "azid keyvault secret list-versions --vault-name kv-one -n db --query 'length(@)'"}};
constexpr Example attributes_examples[] = {
    {"Make a secret unreadable",
     "azid keyvault secret set-attributes --vault-name kv-one -n db --enabled false"}};
constexpr Example list_deleted_examples[] = {
    {"What can be recovered", "azid keyvault secret list-deleted --vault-name kv-one -o table"}};
constexpr Example show_deleted_examples[] = {
    {"When it goes for good",
     "azid keyvault secret show-deleted --vault-name kv-one -n db --query scheduledPurgeDate -o tsv"}};
constexpr Example recover_examples[] = {
    {"Bring a secret back", "azid keyvault secret recover --vault-name kv-one -n db"}};
constexpr Example purge_examples[] = {{"For good", "azid keyvault secret purge --vault-name kv-one -n db"}};
constexpr Example download_examples[] = {
    {"Into a file", "azid keyvault secret download --vault-name kv-one -n key --file key.pem"}};
constexpr Example backup_examples[] = {
    {"All versions into a file", "azid keyvault secret backup --vault-name kv-one -n db --file db.backup"}};
constexpr Example restore_examples[] = {
    {"Into another vault", "azid keyvault secret restore --vault-name kv-two --file db.backup"}};

constexpr Command table[] = {
    {.name = "keyvault secret set",
     .summary = "Keep a secret, or a new version of one.",
     .options = packed<set_options>,
     .run = commands::keyvault_secret_set,
     .examples = set_examples,
     .check = commands::check_secret_source},
    {.name = "keyvault secret show",
     .summary = "Read a secret.",
     .options = packed<show_options>,
     .run = commands::keyvault_secret_show,
     .examples = show_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret list",
     .summary = "List the secrets of a vault, without their values.",
     .options = packed<list_options>,
     .run = commands::keyvault_secret_list,
     .examples = list_examples,
     .table = "[].{Name:name, Id:id, ContentType:contentType||' ', Enabled:attributes.enabled||' ', "
              "Expires:attributes.expires||' '}",
     .check = commands::check_vault},
    {.name = "keyvault secret delete",
     .summary = "Soft-delete a secret with all its versions.",
     .options = packed<one_secret>,
     .run = commands::keyvault_secret_delete,
     .examples = delete_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret list-versions",
     .summary = "List the versions of a secret, without their values.",
     .options = packed<versions_options>,
     .run = commands::keyvault_secret_list_versions,
     .examples = versions_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret set-attributes",
     .summary = "Change a secret's attributes, content type or tags, not its value.",
     .options = packed<set_attributes_options>,
     .run = commands::keyvault_secret_set_attributes,
     .examples = attributes_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret list-deleted",
     .summary = "List deleted secrets.",
     .options = packed<list_deleted_options>,
     .run = commands::keyvault_secret_list_deleted,
     .examples = list_deleted_examples,
     .check = commands::check_vault},
    {.name = "keyvault secret show-deleted",
     .summary = "Show a deleted secret, without its value.",
     .options = packed<one_secret>,
     .run = commands::keyvault_secret_show_deleted,
     .examples = show_deleted_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret recover",
     .summary = "Bring a deleted secret back with all its versions.",
     .options = packed<one_secret>,
     .run = commands::keyvault_secret_recover,
     .examples = recover_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret purge",
     .summary = "Delete a deleted secret for good.",
     .options = packed<one_secret>,
     .run = commands::keyvault_secret_purge,
     .examples = purge_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret download",
     .summary = "Write a secret's value into a new file.",
     .options = packed<download_options>,
     .run = commands::keyvault_secret_download,
     .examples = download_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret backup",
     .summary = "Write all versions of a secret into a file that vaults of this subscription can restore.",
     .options = packed<backup_options>,
     .run = commands::keyvault_secret_backup,
     .examples = backup_examples,
     .check = commands::check_secret},
    {.name = "keyvault secret restore",
     .summary = "Make a secret again from a backup.",
     .options = packed<restore_options>,
     .run = commands::keyvault_secret_restore,
     .examples = restore_examples},
};
static_assert(fault_of(table).empty());

}  // namespace

Table keyvault_secret_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
