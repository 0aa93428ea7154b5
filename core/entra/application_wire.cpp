#include "core/entra/application_wire.hpp"

#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"

#include <nlohmann/json.hpp>

namespace azid::entra {

namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

void lay(Json& below, const Json& above) {
    if (!below.is_object() || !above.is_object()) {
        below = above;
        return;
    }
    for (const auto& [name, value] : above.items()) lay(below[name], value);
}

// Graph repeats each redirect URI there.
void fill_redirect_settings(Json& web) {
    Json settings = Json::array();
    for (const Json& uri : web["redirectUris"]) settings.push_back({{"uri", uri}, {"index", nullptr}});
    web["redirectUriSettings"] = std::move(settings);
}

Json api_defaults() {
    return {{"acceptMappedClaims", nullptr},
            {"knownClientApplications", Json::array()},
            {"requestedAccessTokenVersion", nullptr},
            {"oauth2PermissionScopes", Json::array()},
            {"preAuthorizedApplications", Json::array()}};
}

Json web_defaults() {
    return {
        {"homePageUrl", nullptr},
        {"logoutUrl", nullptr},
        {"redirectUris", Json::array()},
        {"implicitGrantSettings", {{"enableAccessTokenIssuance", false}, {"enableIdTokenIssuance", false}}},
        {"redirectUriSettings", Json::array()}};
}

Json defaults() {
    Json body;
    for (const char* name :
         {"id", "deletedDateTime", "appId", "applicationTemplateId", "disabledByMicrosoftStatus",
          "createdDateTime", "displayName", "description", "groupMembershipClaims"})
        body[name] = nullptr;
    body["identifierUris"] = Json::array();
    for (const char* name : {"isDeviceOnlyAuthSupported", "isFallbackPublicClient", "notes",
                             "publisherDomain", "serviceManagementReference"})
        body[name] = nullptr;
    body["signInAudience"] = "AzureADMyOrg";
    body["tags"] = Json::array();
    for (const char* name :
         {"tokenEncryptionKeyId", "samlMetadataUrl", "defaultRedirectUri", "certification", "optionalClaims",
          "servicePrincipalLockConfiguration", "requestSignatureVerification"})
        body[name] = nullptr;
    body["addIns"] = Json::array();
    body["api"] = api_defaults();
    body["appRoles"] = Json::array();
    body["info"] = {{"logoUrl", nullptr},
                    {"marketingUrl", nullptr},
                    {"privacyStatementUrl", nullptr},
                    {"supportUrl", nullptr},
                    {"termsOfServiceUrl", nullptr}};
    body["keyCredentials"] = Json::array();
    body["parentalControlSettings"] = {{"countriesBlockedForMinors", Json::array()},
                                       {"legalAgeGroupRule", "Allow"}};
    body["passwordCredentials"] = Json::array();
    body["publicClient"] = {{"redirectUris", Json::array()}};
    body["requiredResourceAccess"] = Json::array();
    body["verifiedPublisher"] = {
        {"displayName", nullptr}, {"verifiedPublisherId", nullptr}, {"addedDateTime", nullptr}};
    body["web"] = web_defaults();
    body["spa"] = {{"redirectUris", Json::array()}};
    return body;
}

}  // namespace

std::string graph_time(Instant instant) {
    std::string text = utc_ticks(instant);
    text.pop_back();
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) return utc_seconds(instant);
    return text + "Z";
}

void lay_over(Json& body, std::string_view properties) {
    if (!properties.empty()) lay(body, Json::parse(properties));
}

Json wire(const Secret& secret) {
    return {{"customKeyIdentifier", nullptr},
            {"displayName", text_or_null(secret.display_name)},
            {"endDateTime", graph_time(secret.end)},
            {"hint", text_or_null(secret.hint)},
            {"keyId", secret.key_id},
            {"secretText", nullptr},
            {"startDateTime", graph_time(secret.start)}};
}

Json wire(const KeyCredential& credential) {
    return {{"customKeyIdentifier", credential.thumbprint},
            {"displayName", text_or_null(credential.display_name)},
            {"endDateTime", graph_time(credential.end)},
            {"key", nullptr},
            {"keyId", credential.key_id},
            {"startDateTime", graph_time(credential.start)},
            {"type", "AsymmetricX509Cert"},
            {"usage", "Verify"}};
}

Json wire(const FederatedIdentity& identity) {
    return {{"id", identity.id},
            {"name", identity.name},
            {"issuer", identity.issuer},
            {"subject", identity.subject},
            {"description", text_or_null(identity.description)},
            {"audiences", Json::array({identity.audience})}};
}

Json wire(const PermissionGrant& grant) {
    return {{"clientId", grant.client_id},
            {"consentType", grant.consent_type},
            {"id", grant.id},
            {"principalId", text_or_null(grant.principal_id)},
            {"resourceId", grant.resource_id},
            {"scope", grant.scope}};
}

// The newest first, as recorded.
Json password_credentials(Session& session, std::string_view owner_id) {
    Json shown = Json::array();
    const std::vector<Secret> secrets = session.entra.secrets(owner_id);
    for (auto secret = secrets.rbegin(); secret != secrets.rend(); ++secret) shown.push_back(wire(*secret));
    return shown;
}

Json key_credentials(Session& session, std::string_view owner_id) {
    Json shown = Json::array();
    for (const KeyCredential& credential : session.entra.registrations().key_credentials(owner_id))
        shown.push_back(wire(credential));
    return shown;
}

Json wire(Session& session, const Application& application) {
    Json body = defaults();
    lay_over(body, application.properties);
    body["id"] = application.id;
    body["appId"] = application.app_id;
    body["createdDateTime"] = utc_seconds(application.created);
    body["displayName"] = application.display_name;
    body["identifierUris"] = application.identifier_uris;
    const std::optional<Tenant> tenant = session.entra.find_tenant(application.tenant_id);
    if (tenant) body["publisherDomain"] = tenant->default_domain;
    if (!application.app_roles.empty()) body["appRoles"] = Json::parse(application.app_roles);
    body["passwordCredentials"] = password_credentials(session, application.id);
    body["keyCredentials"] = key_credentials(session, application.id);
    fill_redirect_settings(body["web"]);
    return body;
}

}  // namespace azid::entra
