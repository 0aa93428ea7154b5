// What the commands about secrets and keys share: which one is meant, its attributes, dates, files.
#pragma once

#include "cli/app/context.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::commands {

struct ObjectName {
    std::string vault;
    std::string name;
    std::string version;
};

// --id https://VAULT.vault.azure.net/COLLECTION/NAME[/VERSION], or --vault-name and --name; checked already
// (cli/commands/argument_checks.hpp).
ObjectName object_of(const app::Args& args);

// --vault-name, or --id with an address in the vault; checked already.
std::string vault_of(const app::Args& args);

// {"enabled", "nbf", "exp"} as far as --enabled, --disabled, --not-before and --expires say. With is_new
// --enabled does not count (az overwrites it by what --disabled says).
Json object_attributes(const app::Args& args, bool is_new);

// A Unix time of the wire as az prints dates; null when there is none.
Json printed_date(const Json& wire, const char* member);

// The first --maxresults of them; all without it.
std::size_t most_of(const app::Args& args, const char* option, std::size_t all);

// Throws Error (fault::client) when there is something under that name already.
void refuse_existing_file(const app::Context& context, const std::string& path);
// The file's content. Throws Error (fault::client) in Python's words when it cannot be read.
std::string read_whole_file(const app::Context& context, const std::string& path);

// Runs what a command other than "show" does in a vault: there az ends in 1 after a 404 too (keyvault's own
// exception handler; recorded transcripts).
Json with_plain_exit(const std::function<Json()>& operation);

}  // namespace azid::commands
