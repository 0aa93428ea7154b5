#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "cli/commands/serve.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/ready_file.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

using server::Variables;

// The id, among the endpoints that are served, of what is named by name or id; the first without a name;
// empty when there are none.
std::string served(const Json& endpoints, const std::string& wanted, const char* option) {
    for (const auto& [id, url] : endpoints.items()) {
        const std::optional<arm::ResourceId> resource = arm::ResourceId::parse(id);
        if (wanted.empty() || iequals(id, wanted) || (resource && iequals(resource->name(), wanted)))
            return id;
    }
    if (wanted.empty()) return {};
    throw Error(fault::client, fmt::format("The running server has no endpoint of '{}': start it with {} "
                                           "{}=ADDRESS:PORT.",
                                           wanted, option, wanted));
}

// A client looks for App Service's endpoint before the metadata service's: only one of the two is told.
Variables identity_variables(const app::Args& args, const Json& ready) {
    Variables variables = server::no_identity_variables();
    const bool for_app = args.given("app");
    const std::string vm = for_app ? std::string() : served(ready["imds"], args.text("vm"), "--imds");
    if (!vm.empty()) {
        variables.emplace_back("AZURE_POD_IDENTITY_AUTHORITY_HOST", ready["imds"][vm].get<std::string>());
        variables.emplace_back("AZID_VM", vm);
        return variables;
    }
    const std::string app = served(ready["apps"], args.text("app"), "--app");
    if (app.empty()) return variables;
    for (const auto& one :
         server::app_variables(arm::ResourceId::parse(app)->name(), ready["apps"][app].get<std::string>(),
                               ready["secrets"][app].get<std::string>()))
        variables.push_back(one);
    return variables;
}

// The last word on each variable, in the order of their first mention.
std::string lines_of(const Variables& variables) {
    std::string lines;
    for (std::size_t i = 0; i < variables.size(); ++i) {
        const auto& [name, value] = variables[i];
        bool spoken = false;
        for (std::size_t j = i + 1; j < variables.size(); ++j) spoken = spoken || variables[j].first == name;
        if (spoken) continue;
        lines += value.empty() ? fmt::format("unset {}\n", name)
                               : fmt::format("export {}='{}'\n", name, replace_all(value, "'", "'\\''"));
    }
    return lines;
}

}  // namespace

Json env(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("vm") && args.given("app"))
        throw Error(fault::usage, "argument --app: not allowed with argument --vm");
    const server::ClientFiles files = server::client_files(context.state_path);
    const Json ready = Json::parse(server::ready_text(files.ready).value_or(""), nullptr, false);
    if (!ready.is_object())
        throw Error(fault::client, fmt::format("No 'azid serve' runs on the state '{}'. Start one first.",
                                               context.state_path));
    Variables variables = server::trust_variables(files, context.state_path);
    for (const auto& one : server::proxy_variables(ready["proxy"].get<std::string>()))
        variables.push_back(one);
    for (const auto& one : identity_variables(args, ready)) variables.push_back(one);
    context.environment.write_out(lines_of(variables));
    return nullptr;
}

}  // namespace azid::commands
