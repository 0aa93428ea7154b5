#include "cli/app/environment.hpp"
#include "cli/commands/storage.hpp"
#include "cli/commands/storage_data.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/storage/faults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

// The types that Python's mimetypes gives for the endings people use.
struct Ending {
    std::string_view ending;
    std::string_view type;
};
constexpr Ending endings[] = {
    {".txt", "text/plain"},        {".log", "text/plain"},      {".md", "text/markdown"},
    {".html", "text/html"},        {".htm", "text/html"},       {".css", "text/css"},
    {".csv", "text/csv"},          {".js", "text/javascript"},  {".json", "application/json"},
    {".xml", "text/xml"},          {".pdf", "application/pdf"}, {".zip", "application/zip"},
    {".png", "image/png"},         {".jpg", "image/jpeg"},      {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},         {".svg", "image/svg+xml"},   {".ico", "image/vnd.microsoft.icon"},
    {".sh", "application/x-sh"},   {".py", "text/x-python"},    {".tar", "application/x-tar"},
    {".wasm", "application/wasm"}, {".mp4", "video/mp4"},       {".c", "text/plain"},
};

std::string guessed_type(const std::string& path) {
    const std::string name = lower(path);
    const auto* found = std::find_if(std::begin(endings), std::end(endings),
                                     [&](const Ending& ending) { return name.ends_with(ending.ending); });
    return found == std::end(endings) ? "application/octet-stream" : std::string(found->type);
}

struct Setting {
    const char* option;
    const char* member;
};
constexpr Setting settings[] = {{"content_cache_control", "cacheControl"},
                                {"content_disposition", "contentDisposition"},
                                {"content_encoding", "contentEncoding"},
                                {"content_language", "contentLanguage"}};

std::string base_name(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

// How many bytes an option speaks of, or a figure that no blob reaches; 0 when it is not given.
std::size_t extent_of(const app::Args& args, std::string_view key) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(args.count(key), 0, std::int64_t{1} << 50));
}

// --file or --data, checked to be one of them.
std::string content_given(const app::Context& context) {
    const app::Args& args = context.args;
    const std::string path = args.text("file_path");
    if (path.empty()) {
        if (!args.given("data"))
            throw Error(fault::client, "Please specify one of --file and --data to upload.");
        const std::string data = args.text("data");
        return args.given("length") ? data.substr(0, extent_of(args, "length")) : data;
    }
    const std::optional<std::string> content = context.environment.read_file(path);
    if (!content) throw Error(fault::client, fmt::format("[Errno 2] No such file or directory: '{}'", path));
    return *content;
}

storage::Blob blob_given(const app::Context& context, const BlobPlace& place) {
    const app::Args& args = context.args;
    storage::Blob blob;
    blob.container = place.container;
    blob.name = place.blob.empty() ? base_name(args.text("file_path")) : place.blob;
    blob.content = content_given(context);
    blob.metadata = metadata_of(args);
    blob.content_type = args.text("content_type");
    if (blob.content_type.empty())
        blob.content_type =
            args.given("file_path") ? guessed_type(args.text("file_path")) : "application/octet-stream";
    Json kept = Json::object();
    for (const Setting& setting : settings)
        if (args.given(setting.option)) kept[setting.member] = args.text(setting.option);
    if (!kept.empty()) blob.settings = compact(kept);
    const Json tags = app::tags_of(args);
    if (tags.is_object() && !tags.empty()) blob.tags = compact(tags);
    blob.tier = args.text("tier");
    return blob;
}

void check_upload(const app::Args& args) {
    const std::string type = args.text("blob_type");
    if (type == "page" || type == "append")
        throw Error(fault::not_modelled, fmt::format("azid has block blobs, no {} blobs.", type));
    if (args.given("content_md5"))
        throw Error(fault::not_modelled, "azid reckons a blob's MD5 itself: leave --content-md5 out.");
}

// az ends such a refusal with what would help.
storage::Blob put(app::Context& context, const arm::Resource& account, const storage::Blob& blob) {
    storage::Precondition condition = precondition_of(context.args);
    if (!context.args.flag("overwrite") && condition.match.empty() && condition.none_match.empty())
        condition.none_match = "*";
    return storage::put_blob(context.session(), account, blob, condition);
}

std::string iso_now(const app::Context& context) {
    return az_iso(std::chrono::floor<std::chrono::seconds>(context.session().now));
}

Json names_of_folders(const std::vector<std::string>& folders) {
    Json list = Json::array();
    for (const std::string& folder : folders) list.push_back({{"name", folder}});
    return list;
}

}  // namespace

Json storage_blob_upload(app::Context& context) {
    check_upload(context.args);
    try {
        return at_blob_place(
            context, false, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
                const storage::Blob kept = put(context, account, blob_given(context, place));
                const std::string request = new_guid(context.session().random);
                return {{"client_request_id", new_guid(context.session().random)},
                        {"content_md5", storage::content_md5(kept)},
                        {"date", iso_now(context)},
                        {"encryption_key_sha256", nullptr},
                        {"encryption_scope", nullptr},
                        {"etag", '"' + kept.etag + '"'},
                        {"lastModified", az_iso(std::chrono::floor<std::chrono::seconds>(kept.changed))},
                        {"request_id", request.substr(0, 30) + "000000"},
                        {"request_server_encrypted", true},
                        {"version", "2022-11-02"},
                        {"version_id", nullptr}};
            });
    } catch (const Error& error) {
        if (error.fault().code != fault::blob_already_exists.code) throw;
        throw Error(
            error.fault(),
            error.message() +
                "\nIf you want to overwrite the existing one, please add --overwrite in your command.");
    }
}

Json storage_blob_download(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
        const app::Args& args = context.args;
        const storage::Blob blob =
            storage::get_blob(context.session(), account, place.container, place.blob, precondition_of(args));
        const std::size_t first = extent_of(args, "start_range");
        const bool ranged = args.given("start_range") && args.given("end_range");
        const std::string content =
            ranged ? blob.content.substr(std::min(first, blob.content.size()),
                                         std::max(extent_of(args, "end_range") + 1, first) - first)
                   : blob.content;
        const std::string path = args.text("file_path");
        if (path.empty()) {
            context.environment.write_out(content);
            return nullptr;
        }
        if (!args.flag("overwrite") && context.environment.exists(path))
            throw Error(
                fault::client,
                fmt::format("{} already exists. Please rename existing file or use --overwrite", path));
        context.environment.write_file(path, content);
        Json shown = shaped_blob(blob, account, false, true);
        Json& properties = shown["properties"];
        // A GET tells no tier, and az loses the ends of the range it asked for.
        properties["blobTier"] = nullptr;
        properties["blobTierInferred"] = nullptr;
        properties["contentRange"] =
            ranged ? fmt::format("bytes {}-{}/{}", first, args.text("end_range"), blob.content.size())
                   : fmt::format("bytes None-None/{}", blob.content.size());
        properties["contentLength"] = content.size();
        shown["contentMd5"] = nullptr;
        return shown;
    });
}

Json storage_blob_show(app::Context& context) {
    return at_blob_place(context, true, [&](const arm::Resource& account, const BlobPlace& place) {
        return shaped_blob(storage::get_blob(context.session(), account, place.container, place.blob,
                                             precondition_of(context.args)),
                           account, false, true);
    });
}

Json storage_blob_exists(app::Context& context) {
    return at_blob_place(context, true, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
        try {
            storage::get_blob(context.session(), account, place.container, place.blob, {});
        } catch (const Error& error) {
            const std::string_view code = error.fault().code;
            if (code != fault::blob_not_found.code && code != fault::container_not_found.code) throw;
            return {{"exists", false}};
        }
        return {{"exists", true}};
    });
}

Json storage_blob_delete(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
        storage::delete_blob(context.session(), account, place.container, place.blob,
                             precondition_of(context.args));
        return nullptr;
    });
}

Json storage_blob_list(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) {
        const std::string prefix = context.args.text("prefix");
        const std::string delimiter = context.args.text("delimiter");
        std::vector<storage::Blob> found;
        std::vector<std::string> names;
        std::vector<std::string> folders;
        for (const storage::Blob& blob : storage::list_blobs(context.session(), account, place.container)) {
            if (!blob.name.starts_with(prefix)) continue;
            const std::size_t cut =
                delimiter.empty() ? std::string::npos : blob.name.find(delimiter, prefix.size());
            if (cut != std::string::npos) {
                const std::string folder = blob.name.substr(0, cut + delimiter.size());
                if (folders.empty() || folders.back() != folder) folders.push_back(folder);
                continue;
            }
            found.push_back(blob);
            names.push_back(blob.name);
        }
        const ListPage page = page_of(context.args, names);
        const bool with_metadata = context.args.text("include").find('m') != std::string::npos;
        Json list = Json::array();
        for (std::size_t at = page.first; at < page.end; ++at)
            list.push_back(shaped_blob(found[at], account, true, with_metadata));
        for (const Json& folder : names_of_folders(folders)) list.push_back(folder);
        add_next_marker(context, list, page);
        return list;
    });
}

}  // namespace azid::commands
