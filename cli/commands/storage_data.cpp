#include "cli/commands/storage_data.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/dates.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/storage/account_keys.hpp"
#include "core/storage/accounts.hpp"
#include "core/storage/faults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace azid::commands {

namespace {

// az's texts (command_modules/storage: _validators.py, _client_factory.py, __init__.py).
constexpr std::string_view key_notice =
    "\nThere are no credentials provided in your command and environment, we will query for account key for "
    "your storage account.\nIt is recommended to provide --connection-string, --account-key or --sas-token "
    "in "
    "your command as credentials.\n\nYou also can add `--auth-mode login` in your command to use Azure "
    "Active "
    "Directory (Azure AD) for authorization if your login account is assigned required RBAC roles.\nFor more "
    "information about RBAC roles in storage, visit "
    "https://learn.microsoft.com/azure/storage/common/storage-auth-aad-rbac-cli.\n\nIn addition, setting the "
    "corresponding environment variables can avoid inputting credentials in your command. Please use --help "
    "to get more information about environment variable usage.";
constexpr std::string_view no_account =
    "\nMissing credentials to access storage service. The following variations are accepted:\n    (1) "
    "account "
    "name and key (--account-name and --account-key options or\n        set AZURE_STORAGE_ACCOUNT and "
    "AZURE_STORAGE_KEY environment variables)\n    (2) account name and SAS token (--sas-token option used "
    "with either the --account-name\n        option or AZURE_STORAGE_ACCOUNT environment variable)\n    (3) "
    "account name (--account-name option or AZURE_STORAGE_ACCOUNT environment variable;\n        this will "
    "make calls to query for a storage account key using login credentials)\n    (4) connection string "
    "(--connection-string option or\n        set AZURE_STORAGE_CONNECTION_STRING environment variable); some "
    "shells will require\n        quoting to preserve literal character interpretation.\n";
constexpr std::string_view missing_role =
    "\nYou do not have the required permissions needed to perform this operation.\nDepending on your "
    "operation, you may need to be assigned one of the following roles:\n    \"Storage Blob Data Owner\"\n   "
    " "
    "\"Storage Blob Data Contributor\"\n    \"Storage Blob Data Reader\"\n    \"Storage Queue Data "
    "Contributor\"\n    \"Storage Queue Data Reader\"\n    \"Storage Table Data Contributor\"\n    \"Storage "
    "Table Data Reader\"\n\nIf you want to use the old authentication method and allow querying for the "
    "right "
    "account key, please use the \"--auth-mode\" parameter and \"key\" value.\n                ";

struct Credentials {
    BlobPlace place;
    std::string key;
    bool login = false;
};

std::string setting(const app::Context& context, const char* option, const char* variable) {
    const std::string given = context.args.text(option);
    return given.empty() ? context.environment.variable(variable).value_or("") : given;
}

void take_connection_string(Credentials& credentials, const std::string& text) {
    for (const std::string& piece : split(text, ';')) {
        const std::size_t equals = piece.find('=');
        if (equals == std::string::npos) continue;
        if (iequals(piece.substr(0, equals), "AccountName"))
            credentials.place.account = piece.substr(equals + 1);
        if (iequals(piece.substr(0, equals), "AccountKey")) credentials.key = piece.substr(equals + 1);
    }
    if (credentials.place.account.empty())
        throw Error(fault::client, "Connection string missing required connection details.");
}

void take_address(Credentials& credentials, const std::string& address) {
    const http::Request request = http::request_to(address);
    credentials.place.account = request.host.substr(0, request.host.find('.'));
    const std::string path = request.path.substr(1);
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return;
    credentials.place.container = path.substr(0, slash);
    credentials.place.blob = path.substr(slash + 1);
}

Credentials credentials_of(const app::Context& context) {
    const app::Args& args = context.args;
    Credentials credentials;
    const std::string mode = setting(context, "auth_mode", "AZURE_STORAGE_AUTH_MODE");
    credentials.login = iequals(mode, "login");
    const std::string url = args.text("blob_url");
    const std::string address = url.empty() ? args.text("blob_endpoint") : url;
    const std::string text = args.given("account_name") && !args.given("connection_string")
                                 ? ""
                                 : setting(context, "connection_string", "AZURE_STORAGE_CONNECTION_STRING");
    if (!text.empty()) take_connection_string(credentials, text);
    if (credentials.place.account.empty())
        credentials.place.account = setting(context, "account_name", "AZURE_STORAGE_ACCOUNT");
    if (!address.empty()) take_address(credentials, address);
    if (credentials.key.empty()) credentials.key = setting(context, "account_key", "AZURE_STORAGE_KEY");
    if (credentials.place.account.empty()) throw Error(fault::client, std::string(no_account));
    if (url.empty()) {
        credentials.place.container = args.text("container_name");
        credentials.place.blob = args.text("blob_name");
    }
    return credentials;
}

// The account's key as az asks Resource Manager for it. Empty when it may not, which az only warns of.
std::string queried_key(app::Context& context, const std::string& name) {
    context.messages.warn(std::string(key_notice));
    try {
        const std::optional<arm::ResourceId> id =
            storage::find_account_id(context.session(), context.subscription, name);
        if (!id) throw Error(fault::usage, fmt::format("Storage account '{}' not found.", name));
        const Json keys = storage::list_keys(context.session(), *id, Json::object());
        return text_at(keys["keys"][0], "value");
    } catch (const Error& error) {
        context.messages.warn(
            fmt::format("\nSkip querying account key due to failure: {}", terminal_text(error)));
        return {};
    }
}

// Makes the caller the one that the credentials stand for.
void sign_in(app::Context& context, const arm::Resource& account, Credentials& credentials) {
    if (credentials.login) return;
    if (credentials.key.empty()) credentials.key = queried_key(context, credentials.place.account);
    if (credentials.key.empty())
        throw Error(fault::no_authentication_information,
                    "Server failed to authenticate the request. Please refer to the information in the "
                    "www-authenticate header.");
    storage::check_account_key(context.session(), account, credentials.key);
    context.session().caller = storage::key_holder(account);
}

// What az tells of a refusal by Blob Storage.
[[noreturn]] void retell(const app::Context& context, const Error& error, bool head, bool login) {
    const bool lacks_role = error.fault().code == fault::authorization_permission_mismatch.code;
    if (lacks_role && login) throw Error(fault::client, std::string(missing_role));
    Fault told = error.fault();
    told.surface = Surface::client;
    if (head)
        throw Error(told, fmt::format("Operation returned an invalid status '{}'\nErrorCode:{}",
                                      error.message(), error.fault().code));
    const std::string request = new_guid(context.session().random).substr(0, 30) + "000000";
    throw Error(told, fmt::format("{}\nRequestId:{}\nTime:{}\nErrorCode:{}", error.message(), request,
                                  utc_ticks(context.session().now), error.fault().code));
}

Json lease() { return {{"duration", nullptr}, {"state", "available"}, {"status", "unlocked"}}; }

Json object_or(const std::string& text, const Json& otherwise) {
    return text.empty() ? otherwise : Json::parse(text);
}

// --num-results, a whole number above nothing. Throws Error (fault::client) in az's words.
std::size_t most_asked(const std::string& text) {
    std::size_t most = 0;
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), most);
    if (end.ptr != text.data() + text.size() || most == 0)
        throw Error(fault::client, "incorrect usage: --num-results must be a positive integer or \"*\"");
    return most;
}

std::string whole_seconds(Instant instant) {
    return az_iso(std::chrono::floor<std::chrono::seconds>(instant));
}

Json of_nulls(std::initializer_list<const char*> members) {
    Json object = Json::object();
    for (const char* member : members) object[member] = nullptr;
    return object;
}

// The members of az's model of a blob, and of its properties.
constexpr std::initializer_list<const char*> blob_members = {"container",
                                                             "content",
                                                             "deleted",
                                                             "encryptedMetadata",
                                                             "encryptionKeySha256",
                                                             "encryptionScope",
                                                             "hasLegalHold",
                                                             "hasVersionsOnly",
                                                             "immutabilityPolicy",
                                                             "isAppendBlobSealed",
                                                             "isCurrentVersion",
                                                             "lastAccessedOn",
                                                             "metadata",
                                                             "name",
                                                             "objectReplicationDestinationPolicy",
                                                             "objectReplicationSourceProperties",
                                                             "properties",
                                                             "rehydratePriority",
                                                             "requestServerEncrypted",
                                                             "snapshot",
                                                             "tagCount",
                                                             "tags",
                                                             "versionId"};
constexpr std::initializer_list<const char*> property_members = {"appendBlobCommittedBlockCount",
                                                                 "blobTier",
                                                                 "blobTierChangeTime",
                                                                 "blobTierInferred",
                                                                 "blobType",
                                                                 "contentLength",
                                                                 "contentRange",
                                                                 "contentSettings",
                                                                 "copy",
                                                                 "creationTime",
                                                                 "deletedTime",
                                                                 "etag",
                                                                 "lastModified",
                                                                 "lease",
                                                                 "pageBlobSequenceNumber",
                                                                 "pageRanges",
                                                                 "rehydrationStatus",
                                                                 "remainingRetentionDays",
                                                                 "serverEncrypted"};

Json blob_properties(const storage::Blob& blob, const arm::Resource& account, bool listed) {
    const Json settings = object_or(blob.settings, Json::object());
    Json content{{"contentMd5", storage::content_md5(blob)}, {"contentType", blob.content_type}};
    for (const char* name : {"cacheControl", "contentDisposition", "contentEncoding", "contentLanguage"})
        content[name] = settings.value(name, Json());
    Json properties = of_nulls(property_members);
    properties["blobTier"] =
        blob.tier.empty() ? text_at(Json::parse(account.properties), "accessTier") : blob.tier;
    if (blob.tier.empty()) properties["blobTierInferred"] = true;
    properties["blobType"] = "BlockBlob";
    properties["contentLength"] = blob.content.size();
    properties["contentSettings"] = content;
    properties["copy"] = of_nulls({"completionTime", "destinationSnapshot", "id", "incrementalCopy",
                                   "progress", "source", "status", "statusDescription"});
    properties["creationTime"] = whole_seconds(blob.created);
    properties["etag"] = listed ? blob.etag : '"' + blob.etag + '"';
    properties["lastModified"] = whole_seconds(blob.changed);
    properties["lease"] = lease();
    properties["serverEncrypted"] = true;
    return properties;
}

}  // namespace

Json at_blob_place(app::Context& context, bool head,
                   const std::function<Json(const arm::Resource& account, const BlobPlace& place)>& run) {
    Credentials credentials = credentials_of(context);
    const arm::Resource account = storage::require_account(context.session(), credentials.place.account);
    const Caller before = context.session().caller;
    try {
        sign_in(context, account, credentials);
        Json result = run(account, credentials.place);
        context.session().caller = before;
        return result;
    } catch (const Error& error) {
        context.session().caller = before;
        if (error.fault().surface != Surface::storage) throw;
        retell(context, error, head, credentials.login);
    }
}

storage::Precondition precondition_of(const app::Args& args) {
    storage::Precondition condition;
    condition.match = args.text("if_match");
    condition.none_match = args.text("if_none_match");
    if (args.given("if_modified_since"))
        condition.modified_since = instant_given(args.text("if_modified_since"));
    if (args.given("if_unmodified_since"))
        condition.unmodified_since = instant_given(args.text("if_unmodified_since"));
    return condition;
}

std::string metadata_of(const app::Args& args) {
    Json metadata = Json::object();
    for (const std::string& pair : args.list("metadata")) {
        const std::size_t equals = pair.find('=');
        metadata[pair.substr(0, equals)] = equals == std::string::npos ? "" : pair.substr(equals + 1);
    }
    return metadata.empty() ? std::string() : compact(metadata);
}

Json shaped_container(const storage::Container& container, bool listed, bool with_metadata) {
    return {
        {"deleted", nullptr},
        {"encryptionScope",
         {{"defaultEncryptionScope", "$account-encryption-key"}, {"preventEncryptionScopeOverride", false}}},
        {"immutableStorageWithVersioningEnabled", false},
        {"metadata",
         listed && !with_metadata ? Json(nullptr) : object_or(container.metadata, Json::object())},
        {"name", container.name},
        {"properties",
         {{"etag", '"' + container.etag + '"'},
          {"hasImmutabilityPolicy", false},
          {"hasLegalHold", false},
          {"lastModified", whole_seconds(container.changed)},
          {"lease", lease()},
          {"publicAccess", nullptr}}},
        {"version", nullptr}};
}

Json shaped_blob(const storage::Blob& blob, const arm::Resource& account, bool listed, bool with_metadata) {
    Json shaped = of_nulls(blob_members);
    shaped["container"] = blob.container;
    shaped["content"] = "";
    if (!listed) shaped["deleted"] = false;
    shaped["immutabilityPolicy"] = of_nulls({"expiryTime", "policyMode"});
    if (!listed || with_metadata) shaped["metadata"] = object_or(blob.metadata, Json::object());
    shaped["name"] = blob.name;
    shaped["objectReplicationSourceProperties"] = Json::array();
    shaped["properties"] = blob_properties(blob, account, listed);
    if (!blob.tags.empty()) shaped["tagCount"] = Json::parse(blob.tags).size();
    return shaped;
}

ListPage page_of(const app::Args& args, const std::vector<std::string>& names) {
    ListPage page;
    const std::string marker = args.text("marker");
    page.first =
        static_cast<std::size_t>(std::lower_bound(names.begin(), names.end(), marker) - names.begin());
    const std::string asked = args.text("num_results");
    const bool all = asked == "*" || asked.empty();
    const std::size_t most = all ? names.size() : most_asked(asked);
    page.end = std::min(names.size(), page.first + most);
    if (page.end < names.size()) page.next = names[page.end];
    return page;
}

void add_next_marker(app::Context& context, Json& list, const ListPage& page) {
    if (context.args.flag("show_next_marker")) {
        list.push_back({{"nextMarker", page.next.empty() ? Json(nullptr) : Json(page.next)}});
        return;
    }
    if (page.next.empty()) return;
    context.messages.warn("Next Marker:");
    context.messages.warn(page.next);
}

}  // namespace azid::commands
