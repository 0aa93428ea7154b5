// What the commands about containers and blobs share: which account is meant, with whose rights it is asked,
// and az's words for a refusal.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/model.hpp"
#include "core/storage/blobs.hpp"

#include <functional>
#include <string>

namespace azid::commands {

// The account of the command's credentials, and the container and blob it names: --connection-string,
// --account-name (and AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY,
// AZURE_STORAGE_AUTH_MODE in their place), --blob-endpoint or --blob-url.
struct BlobPlace {
    std::string account;
    std::string container;
    std::string blob;
};

// Runs the command at its place. With --auth-mode login the signed-in caller asks; else the holder of the
// account's key, which az looks up when none is given, and says so. What Blob Storage refuses is told in az's
// words; head says that az asks with a HEAD request, whose refusals have no body.
Json at_blob_place(app::Context& context, bool head,
                   const std::function<Json(const arm::Resource& account, const BlobPlace& place)>& run);

// --if-match, --if-none-match, --if-modified-since, --if-unmodified-since.
storage::Precondition precondition_of(const app::Args& args);

// "a=b c=d" as JSON object text; empty for none. Throws Error (fault::usage) for what is no pair.
std::string metadata_of(const app::Args& args);

// A container and a blob as az prints them. listed: out of a list, where some members differ. The account's
// tier is that of blobs without one.
Json shaped_container(const storage::Container& container, bool listed, bool with_metadata);
Json shaped_blob(const storage::Blob& blob, const arm::Resource& account, bool listed, bool with_metadata);

// The page of a list that --num-results and --marker ask for, as names; next is where the following one
// begins, empty at the end. "*" asks for everything.
struct ListPage {
    std::size_t first = 0;
    std::size_t end = 0;
    std::string next;
};
ListPage page_of(const app::Args& args, const std::vector<std::string>& names);
// Tells of the next page: a line of its own in the list with --show-next-marker, else a warning.
void add_next_marker(app::Context& context, Json& list, const ListPage& page);

}  // namespace azid::commands
