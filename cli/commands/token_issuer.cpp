// "azid token issuer", which az does not have: the keys of the issuers that federated credentials trust.
#include "cli/app/environment.hpp"
#include "cli/commands/token.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/entra/trusted_issuers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

Json shown(const entra::TrustedIssuer& trusted) {
    Json ids = Json::array();
    const Json keys = Json::parse(trusted.keys);
    for (const Json& key : keys["keys"]) ids.push_back(key.value("kid", Json(nullptr)));
    return {{"added", utc_seconds(trusted.added)}, {"issuer", trusted.issuer}, {"keyIds", std::move(ids)}};
}

}  // namespace

Json token_issuer_add(app::Context& context) {
    const std::string path = context.args.text("keys");
    const std::optional<std::string> keys = context.environment.read_file(path);
    if (!keys) throw Error(fault::client, fmt::format("The file '{}' cannot be read.", path));
    return shown(entra::trust_issuer(context.session(), context.args.text("issuer"), *keys));
}

Json token_issuer_list(app::Context& context) {
    Json all = Json::array();
    for (const entra::TrustedIssuer& one : entra::trusted_issuers(context.session()))
        all.push_back(shown(one));
    return all;
}

Json token_issuer_remove(app::Context& context) {
    entra::distrust_issuer(context.session(), context.args.text("issuer"));
    return nullptr;
}

}  // namespace azid::commands
