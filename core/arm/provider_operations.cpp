// The operations of resource providers: what role definitions are written in.
#include "core/arm/provider_list.hpp"
#include "core/arm/providers.hpp"
#include "core/arm/registry.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace azid::arm {

namespace {

// By name; the value tells whether it acts on data.
using Operations = std::map<std::string, bool, ILess>;

void add(Operations& found, std::string_view provider, const std::string& action, bool is_data) {
    if (action.find('*') == std::string::npos && istarts_with(action, fmt::format("{}/", provider)))
        found.emplace(action, is_data);
}

void add_served(Operations& found, std::string_view provider) {
    for (const ResourceType* type : resource_types()) {
        const std::string name(type->type);
        if (type->get != nullptr) add(found, provider, name + "/read", false);
        if (type->put != nullptr) add(found, provider, name + "/write", false);
        if (type->remove != nullptr) add(found, provider, name + "/delete", false);
        for (const ResourceAction& action : type->actions)
            add(found, provider, fmt::format("{}/{}/action", name, action.name), false);
    }
}

Operations operations_of(std::string_view provider) {
    Operations found;
    add_served(found, provider);
    for (const rbac::RoleDefinition& role : rbac::builtin_roles())
        for (const rbac::Permission& permission : role.permissions) {
            for (const std::string& action : permission.actions) add(found, provider, action, false);
            for (const std::string& action : permission.not_actions) add(found, provider, action, false);
            for (const std::string& action : permission.data_actions) add(found, provider, action, true);
        }
    return found;
}

// "Microsoft.Compute/virtualMachines/start/action" is about the type "virtualMachines".
std::string type_of(std::string_view provider, std::string_view action) {
    std::vector<std::string> pieces = split(action.substr(provider.size() + 1), '/');
    const bool is_action = iequals(pieces.back(), "action") && pieces.size() > 2;
    pieces.resize(pieces.size() - (is_action ? 2 : 1));
    return join(pieces, "/");
}

Json wire(std::string_view action, bool is_data) {
    const std::vector<std::string> pieces = split(action, '/');
    return {{"name", action},
            {"displayName", pieces.size() > 1 && iequals(pieces.back(), "action") ? pieces[pieces.size() - 2]
                                                                                  : pieces.back()},
            {"description", action},
            {"origin", "user,system"},
            {"properties", nullptr},
            {"isDataAction", is_data}};
}

Json wire(const Provider& provider) {
    std::map<std::string, Json, ILess> by_type;
    Json own = Json::array();
    for (const auto& [action, is_data] : operations_of(provider.name)) {
        const std::string type = type_of(provider.name, action);
        if (type.empty())
            own.push_back(wire(action, is_data));
        else
            by_type[type].push_back(wire(action, is_data));
    }
    Json types = Json::array();
    for (auto& [type, operations] : by_type)
        types.push_back({{"name", type}, {"displayName", type}, {"operations", std::move(operations)}});
    return {{"id", fmt::format("/providers/Microsoft.Authorization/providerOperations/{}", provider.name)},
            {"type", "Microsoft.Authorization/providerOperations"},
            {"name", provider.name},
            {"displayName", replace_all(std::string(provider.name), "Microsoft.", "Microsoft ")},
            {"resourceTypes", std::move(types)},
            {"operations", std::move(own)}};
}

}  // namespace

Json provider_operations(std::string_view name) {
    const Provider* provider = find_provider(name);
    if (provider != nullptr) return wire(*provider);
    throw Error(fault::invalid_resource_namespace,
                fmt::format("The resource namespace '{}' is invalid.", name));
}

std::vector<Json> all_provider_operations() {
    std::vector<Json> found;
    for (const Provider& provider : providers()) {
        Json one = wire(provider);
        if (!one["resourceTypes"].empty() || !one["operations"].empty()) found.push_back(std::move(one));
    }
    return found;
}

}  // namespace azid::arm
