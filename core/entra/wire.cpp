#include "core/entra/wire.hpp"

#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/replication.hpp"
#include "core/entra/rights.hpp"
#include "core/msi/certificates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace azid::entra {

namespace {

// Where Microsoft's own applications are registered.
constexpr std::string_view microsoft_tenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

constexpr std::array usual_user_members{
    "businessPhones", "displayName",       "givenName", "jobTitle",          "mail", "mobilePhone",
    "officeLocation", "preferredLanguage", "surname",   "userPrincipalName", "id"};

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

// Of managed identities the resource provider keeps them.
Json keys_of(Session& session, const ServicePrincipal& principal) {
    Json keys = key_credentials(session, principal.id);
    if (principal.resource_id.empty()) return keys;
    for (const msi::Certificate& certificate : msi::current_certificates(session, principal)) {
        if (certificate.thumbprint.empty()) continue;
        keys.push_back({{"customKeyIdentifier", certificate.thumbprint},
                        {"displayName", "CN=" + principal.app_id},
                        {"endDateTime", utc_seconds(certificate.not_after)},
                        {"key", nullptr},
                        {"keyId", certificate.key_id},
                        {"startDateTime", utc_seconds(certificate.not_before)},
                        {"type", "AsymmetricX509Cert"},
                        {"usage", "Verify"}});
    }
    return keys;
}

Json alternative_names(const ServicePrincipal& principal) {
    if (principal.resource_id.empty()) return Json::array();
    return Json::array(
        {principal.user_assigned ? "isExplicit=True" : "isExplicit=False", principal.resource_id});
}

Json app_role(std::string_view id, std::string_view value) {
    return {{"allowedMemberTypes", Json::array({"Application"})},
            {"description", value},
            {"displayName", value},
            {"id", id},
            {"isEnabled", true},
            {"origin", "Application"},
            {"value", value}};
}

Json app_roles(const ServicePrincipal& principal, const std::optional<Application>& application) {
    if (application && !application->app_roles.empty()) return Json::parse(application->app_roles);
    Json roles = Json::array();
    if (principal.app_id == graph_app_id)
        for (const GraphAppRole& role : graph_app_roles()) roles.push_back(app_role(role.id, role.value));
    return roles;
}

Json set_of(const std::optional<Application>& application, std::string_view path, Json otherwise) {
    if (!application || application->properties.empty()) return otherwise;
    const Json properties = Json::parse(application->properties);
    const Json* found = find(properties, path);
    return found == nullptr ? otherwise : *found;
}

Json scopes_of(const std::optional<Application>& application) {
    return set_of(application, "api.oauth2PermissionScopes", Json::array());
}

Json audience_of(const std::optional<Application>& application) {
    return set_of(application, "signInAudience", application ? "AzureADMyOrg" : "AzureADMultipleOrgs");
}

Json information_links(bool managed) {
    if (managed) return nullptr;
    return {{"logoUrl", nullptr},
            {"marketingUrl", nullptr},
            {"privacyStatementUrl", nullptr},
            {"supportUrl", nullptr},
            {"termsOfServiceUrl", nullptr}};
}

// "S-1-12-1-" and the object id's sixteen bytes as four little-endian numbers.
std::string security_identifier(const std::string& object_id) {
    const std::string digits = replace_all(object_id, "-", "");
    // A GUID's text writes its first three parts as numbers, so their bytes lie the other way round.
    constexpr std::array<std::array<size_t, 4>, 4> bytes{
        {{0, 1, 2, 3}, {6, 7, 4, 5}, {11, 10, 9, 8}, {15, 14, 13, 12}}};
    std::string out = "S-1-12-1";
    for (const std::array<size_t, 4>& part : bytes) {
        std::string number;
        for (const size_t byte : part) number += digits.substr(2 * byte, 2);
        unsigned value = 0;
        std::from_chars(number.data(), number.data() + number.size(), value, 16);
        out += fmt::format("-{}", value);
    }
    return out;
}

std::string_view odata_type(PrincipalType type) {
    switch (type) {
        case PrincipalType::user:
            return "#microsoft.graph.user";
        case PrincipalType::group:
            return "#microsoft.graph.group";
        case PrincipalType::service_principal:
            break;
    }
    return "#microsoft.graph.servicePrincipal";
}

Json with_first(std::string_view member, std::string_view value, const Json& object) {
    Json out{{std::string(member), value}};
    for (const auto& [name, content] : object.items()) out[name] = content;
    return out;
}

Json application_of_any(Session& session, std::string_view object_id) {
    const std::optional<Application> found =
        session.entra.find_application(session.caller.tenant_id, object_id);
    if (!found || !iequals(found->id, object_id)) return nullptr;
    return with_first("@odata.type", "#microsoft.graph.application", wire(session, *found));
}

}  // namespace

Json wire(Session& session, const ServicePrincipal& principal) {
    const bool managed = principal.type == "ManagedIdentity";
    const std::optional<Application> application =
        managed ? std::nullopt : session.entra.find_application(principal.tenant_id, principal.app_id);
    const std::string owner = application ? principal.tenant_id : std::string(microsoft_tenant);
    Json body;
    body["id"] = principal.id;
    body["deletedDateTime"] = nullptr;
    body["accountEnabled"] = principal.enabled;
    body["alternativeNames"] = alternative_names(principal);
    body["appDisplayName"] = managed ? Json(nullptr) : Json(principal.display_name);
    body["appDescription"] = nullptr;
    body["appId"] = principal.app_id;
    body["applicationTemplateId"] = nullptr;
    body["appOwnerOrganizationId"] = managed ? Json(nullptr) : Json(owner);
    body["appRoleAssignmentRequired"] = false;
    body["createdDateTime"] = utc_seconds(principal.created);
    for (const char* name : {"description", "disabledByMicrosoftStatus"}) body[name] = nullptr;
    body["displayName"] = principal.display_name;
    for (const char* name : {"homepage", "loginUrl", "logoutUrl", "notes"}) body[name] = nullptr;
    body["notificationEmailAddresses"] = Json::array();
    for (const char* name : {"preferredSingleSignOnMode", "preferredTokenSigningKeyThumbprint"})
        body[name] = nullptr;
    body["replyUrls"] = Json::array();
    body["servicePrincipalNames"] = principal.names;
    body["servicePrincipalType"] = principal.type;
    body["signInAudience"] = managed ? Json(nullptr) : audience_of(application);
    body["tags"] = Json::array();
    body["tokenEncryptionKeyId"] = nullptr;
    body["info"] = information_links(managed);
    body["samlSingleSignOnSettings"] = nullptr;
    body["addIns"] = Json::array();
    body["appRoles"] = app_roles(principal, application);
    body["keyCredentials"] = keys_of(session, principal);
    body["oauth2PermissionScopes"] = scopes_of(application);
    body["passwordCredentials"] = password_credentials(session, principal.id);
    body["resourceSpecificApplicationPermissions"] = Json::array();
    body["verifiedPublisher"] = {
        {"displayName", nullptr}, {"verifiedPublisherId", nullptr}, {"addedDateTime", nullptr}};
    lay_over(body, principal.properties);
    return body;
}

Json wire(const User& user) {
    return {{"businessPhones", Json::array()},
            {"displayName", user.display_name},
            {"givenName", text_or_null(user.given_name)},
            {"jobTitle", nullptr},
            {"mail", text_or_null(user.mail)},
            {"mobilePhone", nullptr},
            {"officeLocation", nullptr},
            {"preferredLanguage", nullptr},
            {"surname", text_or_null(user.surname)},
            {"userPrincipalName", user.user_principal_name},
            {"id", user.id},
            {"accountEnabled", user.enabled},
            {"createdDateTime", utc_seconds(user.created)},
            {"mailNickname", user.mail_nickname},
            {"userType", "Member"}};
}

Json usual_members(const Json& user) {
    Json shown;
    for (const char* name : usual_user_members)
        if (user.contains(name)) shown[name] = user[name];
    return shown;
}

Json wire(const DirectoryGroup& group) {
    const std::string created = utc_seconds(group.created);
    Json body{{"id", group.id},
              {"deletedDateTime", nullptr},
              {"classification", nullptr},
              {"createdDateTime", created}};
    body["creationOptions"] = Json::array();
    body["description"] = text_or_null(group.description);
    body["displayName"] = group.display_name;
    body["expirationDateTime"] = nullptr;
    body["groupTypes"] = Json::array();
    body["isAssignableToRole"] = nullptr;
    body["mail"] = nullptr;
    body["mailEnabled"] = false;
    body["mailNickname"] = group.mail_nickname;
    for (const char* name : {"membershipRule", "membershipRuleProcessingState", "onPremisesDomainName",
                             "onPremisesLastSyncDateTime", "onPremisesNetBiosName",
                             "onPremisesSamAccountName", "onPremisesSecurityIdentifier",
                             "onPremisesSyncEnabled", "preferredDataLocation", "preferredLanguage"})
        body[name] = nullptr;
    body["proxyAddresses"] = Json::array();
    body["renewedDateTime"] = created;
    for (const char* name : {"resourceBehaviorOptions", "resourceProvisioningOptions"})
        body[name] = Json::array();
    body["securityEnabled"] = true;
    body["securityIdentifier"] = security_identifier(group.id);
    for (const char* name : {"theme", "visibility"}) body[name] = nullptr;
    body["onPremisesProvisioningErrors"] = Json::array();
    return body;
}

Json wire(const DirectoryRoleAssignment& assignment) {
    return {{"id", assignment.id},
            {"principalId", assignment.principal_id},
            {"directoryScopeId", assignment.directory_scope},
            {"roleDefinitionId", assignment.role_template_id}};
}

Json wire(Session& session, const AppRoleAssignment& assignment) {
    const std::optional<Principal> principal = session.entra.find_principal(assignment.principal_id);
    const std::optional<ServicePrincipal> resource =
        session.entra.find_service_principal(assignment.resource_id);
    const bool user = principal && principal->type == PrincipalType::user;
    return {{"id", assignment.id},
            {"deletedDateTime", nullptr},
            {"appRoleId", assignment.app_role_id},
            {"createdDateTime", utc_seconds(assignment.created)},
            {"principalDisplayName", principal ? Json(principal->display_name) : Json(nullptr)},
            {"principalId", assignment.principal_id},
            {"principalType", user ? "User" : "ServicePrincipal"},
            {"resourceDisplayName", resource ? Json(resource->display_name) : Json(nullptr)},
            {"resourceId", assignment.resource_id}};
}

Json wire_of_any(Session& session, std::string_view object_id) {
    const std::optional<Principal> principal = visible_principal(session, object_id);
    if (!principal) return application_of_any(session, object_id);
    const std::string_view type = odata_type(principal->type);
    if (principal->type == PrincipalType::group) {
        const std::optional<DirectoryGroup> group = session.entra.find_group(principal->id);
        return group ? with_first("@odata.type", type, wire(*group)) : Json(nullptr);
    }
    if (principal->type == PrincipalType::service_principal) {
        const std::optional<ServicePrincipal> found = session.entra.find_service_principal(principal->id);
        return found ? with_first("@odata.type", type, wire(session, *found)) : Json(nullptr);
    }
    const std::optional<User> user = session.entra.find_user(session.caller.tenant_id, principal->id);
    return user ? with_first("@odata.type", type, usual_members(wire(*user))) : Json(nullptr);
}

Json entity(std::string_view set, const Json& object) {
    return with_first("@odata.context",
                      fmt::format("https://graph.microsoft.com/v1.0/$metadata#{}/$entity", set), object);
}

Json typed(std::string_view type, const Json& object) {
    return with_first("@odata.context", fmt::format("https://graph.microsoft.com/v1.0/$metadata#{}", type),
                      object);
}

}  // namespace azid::entra
