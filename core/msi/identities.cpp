#include "core/msi/identities.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/service_principals.hpp"
#include "core/imds/ports.hpp"
#include "core/msi/federated.hpp"
#include "core/msi/ports.hpp"
#include "core/msi/rate.hpp"
#include "core/msi/wire.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace azid::msi {

namespace {

void authorise(Session& session, std::string_view verb, const arm::ResourceId& id) {
    rbac::authorise(session, fmt::format("{}/{}", identity_type, verb), id.text());
}

// 3 to 128 letters, digits, '-' and '_', the first a letter or digit (resource-name-rules).
void check_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool good =
        name.size() >= 3 && name.size() <= 128 && plain(name.front()) &&
        std::all_of(name.begin(), name.end(), [&](char c) { return plain(c) || c == '-' || c == '_'; });
    if (good) return;
    throw Error(
        fault::invalid_resource_name,
        fmt::format(
            "The resource name '{}' is invalid. It must be 3 to 128 characters long, begin with a letter or "
            "digit and contain only letters, digits, hyphens and underscores.",
            name));
}

// Regional identities can be assigned to resources of their own region only (api-version 2024-11-30).
void check_isolation_scope(const Json& body) {
    const Json* scope = find(body, "properties.isolationScope");
    if (scope == nullptr || scope->is_null()) return;
    if (*scope == "None" || *scope == "Regional") return;
    throw Error(fault::bad_request, "The isolationScope of an identity is either 'None' or 'Regional'.");
}

std::string properties_of(const entra::ServicePrincipal& principal, const Json& body,
                          const std::string& before) {
    Json properties{
        {"tenantId", principal.tenant_id}, {"principalId", principal.id}, {"clientId", principal.app_id}};
    const Json old = before.empty() ? Json::object() : Json::parse(before);
    const Json* scope = find(body, "properties.isolationScope");
    if (scope != nullptr && !scope->is_null())
        properties["isolationScope"] = *scope;
    else if (old.contains("isolationScope"))
        properties["isolationScope"] = old["isolationScope"];
    return compact(properties);
}

std::string principal_id_of(const arm::Resource& identity) {
    return text_at(Json::parse(identity.properties), "principalId");
}

// The principal and what other systems hold of it go first, then the resource.
void unmake(Session& session, const arm::Resource& identity) {
    const std::string principal_id = principal_id_of(identity);
    session.imds.forget_tokens("", principal_id);
    for (const Certificate& certificate : session.msi.certificates(principal_id))
        session.msi.erase_certificate(certificate.key_id);
    for (const FederatedCredential& credential : session.msi.federated_credentials(identity.id.text()))
        session.msi.erase_federated_credential(identity.id.text(), credential.name);
    entra::remove_principal(session, principal_id);
    arm::erase(session, identity);
}

constexpr arm::ResourceAction actions[] = {{"listAssociatedResources", associated_resources}};

constexpr arm::ResourceType types[] = {
    {.type = identity_type,
     .put = put_identity,
     .patch = patch_identity,
     .get = get_identity,
     .remove = remove_identity,
     .vanish = unmake,
     .actions = actions},
    {.type = federated_type,
     .put = put_federated,
     .get = get_federated,
     .remove = remove_federated,
     .exists = has_federated,
     .list_below = list_federated},
};

}  // namespace

Json put_identity(Session& session, const arm::ResourceId& id, const Json& body) {
    authorise(session, "write", id);
    arm::require_group(session, id.subscription(), id.group());
    check_name(id.name());
    check_isolation_scope(body);
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    arm::Resource identity = arm::resource_from(session, id, body);
    std::optional<entra::ServicePrincipal> principal;
    if (before) principal = session.entra.find_service_principal(principal_id_of(*before));
    if (!before) session.note("arm", "identity requested", identity.id.text());
    if (!principal) count_creation(session, identity.id, identity.location);
    if (!principal)
        principal =
            entra::create_managed_identity_principal(session, identity.id.text(), identity.id.name(), true);
    identity.properties = properties_of(*principal, body, before ? before->properties : std::string());
    session.arm.save(identity);
    if (!before) session.note("msi", "user-assigned identity created", identity.id.text());
    return identity_wire(identity);
}

Json patch_identity(Session& session, const arm::ResourceId& id, const Json& body) {
    authorise(session, "write", id);
    arm::Resource identity = arm::require_resource(session, id);
    check_isolation_scope(body);
    const Json* tags = find(body, "tags");
    if (tags != nullptr) identity.tags = tags->is_null() ? std::string() : compact(*tags);
    const Json* scope = find(body, "properties.isolationScope");
    if (scope != nullptr && !scope->is_null()) {
        Json properties = Json::parse(identity.properties);
        properties["isolationScope"] = *scope;
        identity.properties = compact(properties);
    }
    identity.changed = session.now;
    session.arm.save(identity);
    return identity_wire(identity);
}

Json get_identity(Session& session, const arm::ResourceId& id) {
    authorise(session, "read", id);
    return identity_wire(arm::require_resource(session, id));
}

std::vector<Json> list_identities(Session& session, std::string_view subscription, std::string_view group) {
    arm::require_subscription(session, subscription);
    if (!group.empty()) arm::require_group(session, subscription, group);
    std::vector<Json> identities;
    for (const arm::Resource& identity : session.arm.resources(subscription, group, identity_type))
        if (rbac::may(session, fmt::format("{}/read", identity_type), identity.id.text()))
            identities.push_back(identity_wire(identity));
    return identities;
}

bool remove_identity(Session& session, const arm::ResourceId& id) {
    authorise(session, "delete", id);
    const std::optional<arm::Resource> identity = session.arm.find_resource(id);
    if (!identity) return false;
    unmake(session, *identity);
    return true;
}

Json associated_resources(Session& session, const arm::ResourceId& id, const Json&) {
    authorise(session, "read", id);
    const arm::Resource identity = arm::require_resource(session, id);
    Json value = Json::array();
    for (const arm::Resource& host : session.arm.resources_using_identity(identity.id.text())) {
        const std::string& subscription = host.id.subscription();
        value.push_back({{"id", host.id.text()},
                         {"name", host.id.name()},
                         {"type", lower(host.id.type())},
                         {"resourceGroup", host.id.group()},
                         {"subscriptionId", subscription},
                         {"subscriptionDisplayName", arm::require_subscription(session, subscription).name}});
    }
    return Json{{"totalCount", value.size()}, {"value", value}};
}

std::span<const arm::ResourceType> resource_types() { return types; }

}  // namespace azid::msi
