#include "cli/commands/provider.hpp"

#include "cli/commands/shape.hpp"
#include "core/arm/providers.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view fields =
    "id namespace providerAuthorizationConsentState registrationPolicy registrationState resourceTypes";
constexpr std::string_view type_fields =
    "aliases apiProfiles apiVersions capabilities defaultApiVersion locationMappings locations properties "
    "resourceType zoneMappings";

Json shaped(const Json& body) {
    Json shown = with_fields(body, fields);
    Json types = Json::array();
    for (const Json& type : shown["resourceTypes"]) types.push_back(with_fields(type, type_fields));
    shown["resourceTypes"] = std::move(types);
    return shown;
}

// az passes --expand on; what can be expanded is there anyway, but for the policy aliases.
void check_expand(const app::Args& args) {
    const std::string expand = args.text("expand");
    if (lower(expand).find("aliases") != std::string::npos)
        throw Error(fault::not_modelled, "azid knows no policy aliases of resource types.");
}

void tell_going_on(app::Context& context, const Json& answer, std::string_view verb) {
    if (text_at(answer, "registrationState") != verb || context.args.flag("wait")) return;
    context.messages.warn(fmt::format("{} is still on-going. You can monitor using 'az provider show -n {}'",
                                      verb, context.args.text("resource_provider_namespace")));
}

}  // namespace

Json provider_list(app::Context& context) {
    check_expand(context.args);
    Json found = Json::array();
    for (const Json& provider : arm::list_providers(context.session(), context.subscription))
        found.push_back(shaped(provider));
    return found;
}

Json provider_show(app::Context& context) {
    check_expand(context.args);
    return shaped(arm::get_provider(context.session(), context.subscription,
                                    context.args.text("resource_provider_namespace")));
}

Json provider_register(app::Context& context) {
    const Json answer = arm::register_provider(context.session(), context.subscription,
                                               context.args.text("resource_provider_namespace"));
    tell_going_on(context, answer, "Registering");
    return nullptr;
}

Json provider_unregister(app::Context& context) {
    const Json answer = arm::unregister_provider(context.session(), context.subscription,
                                                 context.args.text("resource_provider_namespace"));
    tell_going_on(context, answer, "Unregistering");
    return nullptr;
}

Json provider_operation_list(app::Context&) { return arm::all_provider_operations(); }

Json provider_operation_show(app::Context& context) {
    return arm::provider_operations(context.args.text("resource_provider_namespace"));
}

}  // namespace azid::commands
