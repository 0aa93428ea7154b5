#include "core/arm/deployment.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

constexpr std::string_view assignment_type = "Microsoft.Authorization/roleAssignments";

struct Item {
    const Json* resource;
    std::string type;
    std::string name;
    std::string scope;  // the whole id of the resource
    std::vector<std::string> needs;
};

std::string id_text(const DeploymentRequest& request, const Json& resource) {
    const std::string type = text_at(resource, "type");
    const std::string name = text_at(resource, "name");
    const Json* scope = find(resource, "properties.scope");
    if (iequals(type, assignment_type) && scope != nullptr && scope->is_string())
        return fmt::format("{}/providers/{}/{}", scope->get<std::string>(), type, name);
    const std::vector<std::string> types = split(type, '/');
    const std::vector<std::string> names = split(name, '/');
    std::string id = group_scope(request.subscription, request.group) + "/providers/" + types.front();
    for (std::size_t i = 1; i < types.size(); ++i)
        id += fmt::format("/{}/{}", types[i], i <= names.size() ? names[i - 1] : "");
    return id;
}

std::vector<Item> items_of(const DeploymentRequest& request, const Json& resources) {
    std::vector<Item> items;
    for (const Json& resource : resources) {
        Item item{
            &resource, text_at(resource, "type"), text_at(resource, "name"), id_text(request, resource), {}};
        const Json* needs = find(resource, "dependsOn");
        if (needs != nullptr && needs->is_array())
            for (const Json& need : *needs) item.needs.push_back(need.get<std::string>());
        items.push_back(std::move(item));
    }
    return items;
}

[[noreturn]] void refuse(const std::string& message, std::vector<ErrorDetail> details = {}) {
    throw Error(fault::invalid_template_deployment, message).with_details(std::move(details));
}

// All missing rights in one refusal, as Resource Manager's preflight words it.
void authorise_all(Session& session, const std::vector<Item>& items) {
    std::vector<std::string> refused;
    for (const Item& item : items) {
        const std::string action = item.type + "/write";
        if (rbac::may(session, action, item.scope)) continue;
        refused.push_back(fmt::format(
            "Authorization failed for template resource '{}' of type '{}'. The client '{}' with "
            "object id '{}' does not have permission to perform action '{}' at scope '{}'.",
            item.name, item.type, session.caller.name, session.caller.object_id, action, item.scope));
    }
    if (refused.size() == 1)
        refuse(fmt::format("The template deployment failed with error: '{}'.", refused.front()));
    if (!refused.empty())
        refuse(fmt::format("Deployment failed with multiple errors: '{}'", join(refused, ":")));
}

void check_each(Session& session, const DeploymentRequest& request, const std::vector<Item>& items) {
    for (const Item& item : items) {
        const bool assignment = iequals(item.type, assignment_type);
        const ResourceType* type = assignment ? nullptr : find_type(item.type);
        if (!assignment && (type == nullptr || type->put == nullptr))
            throw Error(fault::not_modelled,
                        fmt::format("azid does not deploy resources of type '{}'.", item.type));
        if (type == nullptr || type->preflight == nullptr) continue;
        try {
            type->preflight(session, *ResourceId::parse(item.scope), *item.resource);
        } catch (const Error& error) {
            refuse(fmt::format("The template deployment '{}' is not valid according to the validation "
                               "procedure. The tracking id is '{}'. See inner errors for details.",
                               request.name, new_guid(session.random)),
                   {{std::string(error.fault().code), error.message(), error.target()}});
        }
    }
}

std::vector<Item> preflight(Session& session, const DeploymentRequest& request, const Json& resources) {
    rbac::authorise(session, "Microsoft.Resources/deployments/write",
                    fmt::format("{}/providers/Microsoft.Resources/deployments/{}",
                                group_scope(request.subscription, request.group), request.name));
    require_group(session, request.subscription, request.group);
    const std::vector<Item> items = items_of(request, resources);
    authorise_all(session, items);
    check_each(session, request, items);
    return items;
}

bool names(const std::string& need, const Item& item) {
    return iequals(need, item.scope) || iequals(need, item.type + "/" + item.name) ||
           iequals(need, item.name);
}

// Whoever is needed comes first; otherwise the order of the template stays.
std::vector<const Item*> in_order(const std::vector<Item>& items) {
    std::vector<const Item*> ordered;
    std::vector<const Item*> waiting;
    for (const Item& item : items) waiting.push_back(&item);
    while (!waiting.empty()) {
        const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const Item* item) {
            return std::none_of(waiting.begin(), waiting.end(), [&](const Item* other) {
                return std::any_of(item->needs.begin(), item->needs.end(),
                                   [&](const std::string& need) { return names(need, *other); });
            });
        });
        if (ready == waiting.end())
            throw Error(fault::invalid_template,
                        "Deployment template validation failed: 'Circular dependency detected on resource: "
                        "'" +
                            waiting.front()->scope +
                            "'. Please see "
                            "https://aka.ms/arm-syntax-resources for usage details.'.");
        ordered.push_back(*ready);
        waiting.erase(ready);
    }
    return ordered;
}

// "[reference('<id>', ...).identity.principalId]" as the value that is there now.
std::optional<Json> referenced(Session& session, const std::string& expression) {
    if (!expression.starts_with("[reference('")) return {};
    const std::size_t end = expression.find('\'', 12);
    const std::size_t close = expression.find(").", end);
    if (end == std::string::npos || close == std::string::npos) return {};
    const std::optional<ResourceId> id = ResourceId::parse(expression.substr(12, end - 12));
    const ResourceType* type = id ? find_type(id->type()) : nullptr;
    if (type == nullptr || type->get == nullptr) return {};
    const Json body = type->get(session, *id);
    const Json* value = find(body, expression.substr(close + 2, expression.size() - close - 3));
    if (value == nullptr) return {};
    return *value;
}

void resolve(Session& session, Json& value) {
    if (value.is_string()) {
        if (std::optional<Json> found = referenced(session, value.get<std::string>()))
            value = std::move(*found);
    } else if (value.is_structured()) {
        for (Json& member : value) resolve(session, member);
    }
}

void make(Session& session, const Item& item) {
    Json body = *item.resource;
    resolve(session, body);
    if (iequals(item.type, assignment_type)) {
        const std::size_t end = item.scope.rfind("/providers/");
        rbac::put_role_assignment(session, item.scope.substr(0, end), item.name, body);
        return;
    }
    find_type(item.type)->put(session, *ResourceId::parse(item.scope), body);
}

Deployment record_of(Session& session, const DeploymentRequest& request, const std::vector<Item>& items) {
    Json made = Json::array();
    for (const Item& item : items) made.push_back({{"id", item.scope}});
    const Json properties = {{"mode", "Incremental"},
                             {"provisioningState", "Succeeded"},
                             {"timestamp", utc_ticks(session.now)},
                             {"duration", "PT0S"},
                             {"correlationId", new_guid(session.random)},
                             {"outputResources", std::move(made)}};
    return {request.subscription, request.group, request.name, compact(properties), session.now};
}

}  // namespace

Deployment deploy(Session& session, const DeploymentRequest& request, const Json& resources) {
    const std::vector<Item> items = preflight(session, request, resources);
    const std::string scope = fmt::format("{}/providers/Microsoft.Resources/deployments/{}",
                                          group_scope(request.subscription, request.group), request.name);
    session.note("arm", "deployment accepted", scope);
    for (const Item* item : in_order(items)) {
        try {
            make(session, *item);
        } catch (const Error& error) {
            throw Error(
                fault::deployment_failed,
                "At least one resource deployment operation failed. Please list deployment operations "
                "for details. Please see https://aka.ms/arm-deployment-operations for usage details.")
                .with_target(scope)
                .with_details({{std::string(error.fault().code), error.message(), error.target()}});
        }
    }
    Deployment deployment = record_of(session, request, items);
    session.arm.save(deployment);
    return deployment;
}

std::vector<std::string> validate_deployment(Session& session, const DeploymentRequest& request,
                                             const Json& resources) {
    std::vector<std::string> ids;
    for (const Item& item : preflight(session, request, resources)) ids.push_back(item.scope);
    return ids;
}

Json deployment_error_body(const Error& error) {
    Json inner = {{"code", error.fault().code}};
    if (!error.target().empty()) inner["target"] = error.target();
    inner["message"] = error.message();
    for (const ErrorDetail& detail : error.details()) {
        Json one = {{"code", detail.code}};
        if (!detail.target.empty()) one["target"] = detail.target;
        one["message"] = detail.message;
        inner["details"].push_back(std::move(one));
    }
    Json body;
    if (error.fault().code == fault::deployment_failed.code) body["status"] = "Failed";
    body["error"] = std::move(inner);
    return body;
}

}  // namespace azid::arm
