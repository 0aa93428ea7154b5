#include "core/arm/providers.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/provider_list.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

std::string_view namespace_of(std::string_view type) { return type.substr(0, type.find('/')); }

const Provider& require_provider(std::string_view name) {
    const Provider* known = find_provider(name);
    if (known != nullptr) return *known;
    throw Error(fault::invalid_resource_namespace,
                fmt::format("The resource namespace '{}' is invalid.", name));
}

std::string state_of(Session& session, std::string_view subscription, const Provider& provider) {
    if (provider.free) return "Registered";
    const std::optional<std::string> made = session.arm.registration(subscription, provider.name);
    return made ? *made : provider.served ? "Registered" : "NotRegistered";
}

std::vector<std::string> words_of(std::string_view text) {
    return text.empty() ? std::vector<std::string>{} : split(text, ' ');
}

Json region_names() {
    Json names = Json::array();
    for (const Location& location : locations())
        if (location.category == "Recommended") names.push_back(location.display_name);
    return names;
}

Json type_wire(const std::string& name, const Json& versions, bool is_resource) {
    const bool top = is_resource && name.find('/') == std::string::npos;
    return {{"resourceType", name},
            {"locations", is_resource ? region_names() : Json::array()},
            {"apiVersions", versions},
            {"defaultApiVersion", versions.front()},
            {"capabilities", top ? "SupportsTags, SupportsLocation" : "None"}};
}

Json wire(std::string_view subscription, const Provider& provider, std::string_view state) {
    const Json versions = words_of(provider.versions);
    Json types = Json::array();
    for (const ResourceType* type : resource_types())
        if (iequals(namespace_of(type->type), provider.name))
            types.push_back(
                type_wire(std::string(type->type.substr(provider.name.size() + 1)), versions, true));
    for (const std::string& name : words_of(provider.types))
        types.push_back(type_wire(name, versions, !provider.served && name != "operations"));
    Json body{{"id", fmt::format("{}/providers/{}", subscription_scope(subscription), provider.name)},
              {"namespace", provider.name}};
    const std::vector<std::string> application = words_of(provider.application);
    if (application.size() == 2)
        body["authorizations"] =
            Json::array({{{"applicationId", application[0]}, {"roleDefinitionId", application[1]}}});
    body["resourceTypes"] = std::move(types);
    body["registrationState"] = state;
    body["registrationPolicy"] = provider.free ? "RegistrationFree" : "RegistrationRequired";
    return body;
}

void authorise_change(Session& session, std::string_view subscription, const Provider& provider,
                      std::string_view verb) {
    rbac::authorise(session, fmt::format("{}/{}/action", provider.name, verb),
                    subscription_scope(subscription));
}

void refuse_while_used(Session& session, std::string_view subscription, const Provider& provider) {
    for (const Resource& resource : session.arm.resources(subscription, "", ""))
        if (iequals(resource.id.provider(), provider.name))
            throw Error(fault::conflict,
                        fmt::format("The subscription cannot be unregistered from the resource namespace "
                                    "'{}', because it still has resources of it, such as '{}'.",
                                    provider.name, resource.id.text()));
}

}  // namespace

void require_registration(Session& session, std::string_view action, std::string_view scope) {
    const std::string subscription = subscription_of(scope);
    if (subscription.empty() || !lower(action).ends_with("/write")) return;
    const std::string_view name = namespace_of(action);
    const Provider* provider = find_provider(name);
    if (provider == nullptr || state_of(session, subscription, *provider) == "Registered") return;
    const std::string message = fmt::format(
        "The subscription is not registered to use namespace '{}'. See "
        "https://aka.ms/rps-not-found for how to register subscriptions.",
        provider->name);
    throw Error(fault::missing_subscription_registration, message)
        .with_details({{std::string(fault::missing_subscription_registration.code), message,
                        std::string(provider->name)}});
}

Json get_provider(Session& session, std::string_view subscription, std::string_view name) {
    const Subscription home = require_subscription(session, subscription);
    const Provider& provider = require_provider(name);
    return wire(home.id, provider, state_of(session, home.id, provider));
}

std::vector<Json> list_providers(Session& session, std::string_view subscription) {
    const Subscription home = require_subscription(session, subscription);
    std::vector<Json> found;
    for (const Provider& provider : providers())
        found.push_back(wire(home.id, provider, state_of(session, home.id, provider)));
    return found;
}

Json register_provider(Session& session, std::string_view subscription, std::string_view name) {
    const Subscription home = require_subscription(session, subscription);
    const Provider& provider = require_provider(name);
    authorise_change(session, home.id, provider, "register");
    if (state_of(session, home.id, provider) == "Registered") return wire(home.id, provider, "Registered");
    session.arm.save_registration(home.id, provider.name, "Registered");
    session.note("arm", "provider registered",
                 fmt::format("{}/providers/{}", subscription_scope(home.id), provider.name));
    return wire(home.id, provider, "Registering");
}

Json unregister_provider(Session& session, std::string_view subscription, std::string_view name) {
    const Subscription home = require_subscription(session, subscription);
    const Provider& provider = require_provider(name);
    authorise_change(session, home.id, provider, "unregister");
    const std::string state = state_of(session, home.id, provider);
    if (state != "Registered") return wire(home.id, provider, state);
    refuse_while_used(session, home.id, provider);
    if (!provider.free) session.arm.save_registration(home.id, provider.name, "Unregistered");
    session.note("arm", "provider unregistered",
                 fmt::format("{}/providers/{}", subscription_scope(home.id), provider.name));
    return wire(home.id, provider, provider.free ? "Registered" : "Unregistering");
}

}  // namespace azid::arm
