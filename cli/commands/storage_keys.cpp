// The keys of a storage account and what is made of them.
#include "cli/commands/storage.hpp"
#include "cli/commands/storage_shape.hpp"
#include "core/base/time.hpp"
#include "core/storage/account_keys.hpp"
#include "core/storage/accounts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

Json shaped_keys(const Json& wire) {
    Json keys = wire["keys"];
    for (Json& key : keys) python_dates(key, {"creationTime"});
    return keys;
}

// az's names for the two keys, old and new.
std::string key_name(const std::string& given) {
    if (given == "primary") return "key1";
    if (given == "secondary") return "key2";
    return given;
}

struct Endpoint {
    const char* option;
    const char* service;
    std::string_view name;
};
constexpr Endpoint endpoints[] = {{"blob_endpoint", "blob", "BlobEndpoint"},
                                  {"file_endpoint", "file", "FileEndpoint"},
                                  {"queue_endpoint", "queue", "QueueEndpoint"},
                                  {"table_endpoint", "table", "TableEndpoint"}};

}  // namespace

Json storage_account_keys_list(app::Context& context) {
    return shaped_keys(storage::list_keys(context.session(), storage_account_id(context), Json::object()));
}

Json storage_account_keys_renew(app::Context& context) {
    return shaped_keys(storage::regenerate_key(context.session(), storage_account_id(context),
                                               {{"keyName", key_name(context.args.text("key_name"))}}));
}

Json storage_account_show_connection_string(app::Context& context) {
    const app::Args& args = context.args;
    const arm::ResourceId id = storage_account_id(context);
    const Json keys = storage::list_keys(context.session(), id, Json::object())["keys"];
    const Json account = storage::get_account(context.session(), id);
    std::string text = fmt::format(
        "DefaultEndpointsProtocol={};EndpointSuffix=core.windows.net;AccountName={};AccountKey={}",
        args.text("protocol"), id.name(),
        text_at(keys[key_name(args.text("key_name")) == "key1" ? 0 : 1], "value"));
    for (const Endpoint& endpoint : endpoints) {
        const std::string given = args.text(endpoint.option);
        const std::string own = text_at(account["properties"]["primaryEndpoints"], endpoint.service);
        if (!given.empty() || !own.empty())
            text += fmt::format(";{}={}", endpoint.name, given.empty() ? own : given);
    }
    if (args.given("sas_token")) text += ";SharedAccessSignature=" + args.text("sas_token");
    return {{"connectionString", text}};
}

Json storage_account_check_name(app::Context& context) {
    const Json answer =
        storage::check_account_name(context.session(), context.subscription, context.args.text("name"));
    return {{"message", answer.value("message", Json())},
            {"nameAvailable", answer["nameAvailable"]},
            {"reason", answer.value("reason", Json())}};
}

}  // namespace azid::commands
