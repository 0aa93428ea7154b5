#include "core/msi/host_identity.hpp"

#include "core/arm/linked.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/model.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/service_principals.hpp"
#include "core/imds/ports.hpp"
#include "core/msi/certificates.hpp"
#include "core/msi/ports.hpp"
#include "core/msi/rate.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::msi {

namespace {

constexpr std::string_view assign_action = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
constexpr std::string_view identity_path = "identity.userAssignedIdentities";

struct Kind {
    std::string_view name;  // blanks left out
    bool system;
    bool user;
};
constexpr Kind kinds[] = {{"None", false, false},
                          {"SystemAssigned", true, false},
                          {"UserAssigned", false, true},
                          {"SystemAssigned,UserAssigned", true, true}};

// What a request asks for, taken out of its JSON.
struct Wish {
    Kind kind;
    std::vector<std::string> named;    // to be assigned, as written
    std::vector<std::string> removed;  // null in the request
};

Kind kind_of(const Json& identity) {
    const std::string given = text_at(identity, "type");
    const std::string name = replace_all(given, " ", "");
    for (const Kind& kind : kinds)
        if (iequals(kind.name, name)) return kind;
    throw Error(
        fault::invalid_parameter,
        fmt::format("The value '{}' of parameter 'identity.type' is not allowed. Allowed values are: None, "
                    "SystemAssigned, UserAssigned, 'SystemAssigned, UserAssigned'.",
                    given))
        .with_target("identity.type");
}

Wish wish_of(const Json& identity) {
    Wish wish{kind_of(identity), {}, {}};
    const Json* map = find(identity, "userAssignedIdentities");
    if (map != nullptr && map->is_object())
        for (const auto& [id, value] : map->items())
            (value.is_null() ? wish.removed : wish.named).push_back(id);
    const Json* list = find(identity, "identityIds");  // api-version 2017-12-01
    if (list != nullptr && list->is_array())
        for (const Json& id : *list)
            if (id.is_string()) wish.named.push_back(id);
    if (!wish.kind.user && !wish.named.empty())
        throw Error(fault::invalid_parameter,
                    fmt::format("ResourceIdentity identityIds should not be provided if the type is \"{}\".",
                                wish.kind.name))
            .with_target("resourceIdentity.identityIds");
    return wish;
}

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& one) { return iequals(one, id); });
}

arm::AssignedIdentity* find_assigned(std::vector<arm::AssignedIdentity>& list, std::string_view id) {
    for (arm::AssignedIdentity& one : list)
        if (iequals(one.identity_id, id)) return &one;
    return nullptr;
}

// Those of the host's identities that stay as they are.
std::vector<arm::AssignedIdentity> kept(const arm::IdentityBlock& before, const Wish& wish,
                                        IdentityChange change) {
    std::vector<arm::AssignedIdentity> stay;
    if (!wish.kind.user) return stay;
    for (const arm::AssignedIdentity& assigned : before.user_assigned) {
        const bool stays = change == IdentityChange::patch ? !names(wish.removed, assigned.identity_id)
                                                           : names(wish.named, assigned.identity_id);
        if (stays) stay.push_back(assigned);
    }
    return stay;
}

void check(Session& session, const arm::ResourceId& host, const arm::IdentityBlock& before, const Wish& wish,
           IdentityChange change) {
    for (const std::string& id : wish.named) arm::linked_id(id, identity_path);
    if (wish.kind.user && wish.named.empty() && kept(before, wish, change).empty())
        throw Error(fault::missing_identity_ids,
                    fmt::format("The identity ids must not be null or empty for '{}' identity type.",
                                wish.kind.name));
    arm::authorise_linked(session, host.type() + "/write", host.text(), assign_action, wish.named);
}

[[noreturn]] void fail(const arm::ResourceId& host, const std::string& missing) {
    const Json inner = {
        {"error",
         {{"code", "BadRequest"}, {"message", fmt::format("Resource '{}' was not found.", missing)}}}};
    throw Error(fault::failed_identity_operation,
                fmt::format("Identity operation for resource '{}' failed with error 'Failed to perform "
                            "resource identity operation. Status: 'BadRequest'. Response: '{}'.'.",
                            host.text(), compact(inner)));
}

arm::AssignedIdentity assigned_as(Session& session, const arm::ResourceId& host, const std::string& id) {
    const arm::ResourceId wanted = arm::linked_id(id, identity_path);
    const std::optional<arm::Resource> identity =
        iequals(wanted.type(), "Microsoft.ManagedIdentity/userAssignedIdentities")
            ? session.arm.find_resource(wanted)
            : std::nullopt;
    if (!identity) fail(host, id);
    const Json properties = Json::parse(identity->properties);
    return {id, text_at(properties, "principalId"), text_at(properties, "clientId")};
}

void forget(Session& session, const arm::ResourceId& host, const std::string& principal) {
    session.imds.forget_tokens(host.text(), principal);
}

void drop_system(Session& session, const arm::ResourceId& host, const std::string& principal) {
    forget(session, host, principal);
    for (const Certificate& certificate : session.msi.certificates(principal))
        session.msi.erase_certificate(certificate.key_id);
    entra::remove_principal(session, principal);
    session.note("msi", "system-assigned identity removed", host.text(),
                 compact({{"principalId", principal}}));
}

// The certificate that the metadata service is given: its key is made when it is first used.
Json described(const entra::ServicePrincipal& principal, Session& session) {
    const Certificate newest = current_certificates(session, principal).front();
    return {{"clientId", principal.app_id},
            {"principalId", principal.id},
            {"keyId", newest.key_id},
            {"notBefore", utc_seconds(newest.not_before)},
            {"notAfter", utc_seconds(newest.not_after)}};
}

void note_configured(Session& session, const arm::Resource& host) {
    Json configured = Json::array();
    if (host.identity.has_system()) configured.push_back(host.identity.system_principal_id);
    for (const arm::AssignedIdentity& assigned : host.identity.user_assigned)
        configured.push_back(assigned.principal_id);
    Json certificates = Json::array();
    for (const Json& id : configured)
        if (const auto principal = session.entra.find_service_principal(id.get<std::string>()))
            certificates.push_back(described(*principal, session));
    session.note("imds", "IMDS configured", host.id.text(),
                 compact({{"principals", configured}, {"certificates", certificates}}));
}

void set_system(Session& session, arm::Resource& host, bool wanted) {
    arm::IdentityBlock& block = host.identity;
    if (!wanted && block.has_system()) {
        drop_system(session, host.id, block.system_principal_id);
        block.system_principal_id.clear();
    }
    if (!wanted || block.has_system()) return;
    count_creation(session, host.id, host.location);
    block.system_principal_id =
        entra::create_managed_identity_principal(session, host.id.text(), host.id.name(), false).id;
}

void set_user_assigned(Session& session, arm::Resource& host, const Wish& wish, IdentityChange change) {
    std::vector<arm::AssignedIdentity> before = host.identity.user_assigned;
    std::vector<arm::AssignedIdentity> after = kept(host.identity, wish, change);
    for (const std::string& id : wish.named) {
        const arm::AssignedIdentity bound = assigned_as(session, host.id, id);
        arm::AssignedIdentity* known = find_assigned(after, id);
        if (known == nullptr)
            after.push_back(bound);
        else
            *known = {known->identity_id, bound.principal_id, bound.client_id};
        if (find_assigned(before, id) != nullptr) continue;
        count_assignment(session, host.id, host.location);
        session.note("msi", "user-assigned identity assigned", host.id.text(),
                     compact({{"identity", id}, {"principalId", bound.principal_id}}));
    }
    for (const arm::AssignedIdentity& gone : before)
        if (find_assigned(after, gone.identity_id) == nullptr) {
            forget(session, host.id, gone.principal_id);
            session.note("msi", "user-assigned identity taken off", host.id.text(),
                         compact({{"identity", gone.identity_id}}));
        }
    host.identity.user_assigned = std::move(after);
}

}  // namespace

void check_host_identity(Session& session, const arm::ResourceId& host, const arm::IdentityBlock& before,
                         const Json* identity, IdentityChange change) {
    if (identity == nullptr || !identity->is_object()) return;
    check(session, host, before, wish_of(*identity), change);
}

void apply_host_identity(Session& session, arm::Resource& host, const Json* identity, IdentityChange change) {
    if (identity == nullptr || !identity->is_object()) return;
    const Wish wish = wish_of(*identity);
    check(session, host.id, host.identity, wish, change);
    session.note("arm", "identity change requested", host.id.text(),
                 compact({{"type", std::string(wish.kind.name)}}));
    set_user_assigned(session, host, wish, change);
    set_system(session, host, wish.kind.system);
    note_configured(session, host);
}

void release_host_identity(Session& session, const arm::Resource& host) {
    if (host.identity.has_system()) drop_system(session, host.id, host.identity.system_principal_id);
    for (const arm::AssignedIdentity& assigned : host.identity.user_assigned)
        forget(session, host.id, assigned.principal_id);
}

}  // namespace azid::msi
