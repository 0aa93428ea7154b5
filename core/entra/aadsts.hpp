// The token service's refusals: one row each, with Microsoft Entra ID's number, OAuth's error code and
// Entra's text. Numbers and texts as in Microsoft's "authentication and authorization error codes" and in
// recorded answers.
#pragma once

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <initializer_list>
#include <string_view>

namespace azid::entra {

struct Aadsts {
    int number;
    Fault fault;
    std::string_view text;  // {0}, {1} ... are filled in
};

// The refusal as an Error: its message begins "AADSTS<number>: " and its inner code is the number as text.
// What the endpoint appends (trace and correlation ids, timestamp) belongs to the HTTP answer.
Error refusal(const Aadsts& row, std::initializer_list<std::string_view> holes = {});

namespace aadsts {

// The tenant in the URL.
inline constexpr Aadsts invalid_tenant_name{
    900023, fault::entra_invalid_request,
    "Specified tenant identifier '{0}' is neither a valid DNS name, nor a valid external domain."};
inline constexpr Aadsts tenant_not_found{90002, fault::entra_invalid_request,
                                         "Tenant '{0}' not found. Check to make sure you have the correct "
                                         "tenant ID and are signing into the correct cloud. "
                                         "Check with your subscription administrator, this may happen if "
                                         "there are no active subscriptions for the tenant."};
inline constexpr Aadsts no_tenant_information{
    50059, fault::entra_invalid_request,
    "No tenant-identifying information found in either the request or implied by any provided credentials."};
inline constexpr Aadsts unknown_authority{50049, fault::invalid_instance,
                                          "Unknown or invalid instance. The authority '{0}' is not known."};

// The form of the request.
inline constexpr Aadsts post_only{900561, fault::entra_invalid_request,
                                  "The endpoint only accepts POST requests. Received a {0} request."};
inline constexpr Aadsts missing_parameter{900144, fault::entra_invalid_request,
                                          "The request body must contain the following parameter: '{0}'."};
inline constexpr Aadsts repeated_parameter{
    9000411, fault::entra_invalid_request,
    "The request is not properly formatted. The parameter '{0}' is duplicated."};
inline constexpr Aadsts unsupported_grant{70003, fault::unsupported_grant_type,
                                          "The app requested an unsupported grant type '{0}'."};

// The client.
inline constexpr Aadsts application_not_found{
    700016, fault::unauthorized_client,
    "Application with identifier '{0}' was not found in the directory '{1}'. This can happen if the "
    "application has not "
    "been installed by the administrator of the tenant or consented to by any user in the tenant. You may "
    "have sent your "
    "authentication request to the wrong tenant."};
inline constexpr Aadsts no_service_principal{
    7000229, fault::unauthorized_client,
    "The client application {0} is missing service principal in the tenant {1}."};
inline constexpr Aadsts application_disabled{7000112, fault::unauthorized_client,
                                             "Application '{0}'({1}) is disabled."};
inline constexpr Aadsts credential_required{
    7000216, fault::invalid_client,
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."};
inline constexpr Aadsts credential_required_of_confidential_client{
    7000218, fault::invalid_client,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."};
inline constexpr Aadsts invalid_client_secret{7000215, fault::invalid_client,
                                              "Invalid client secret provided. Ensure the secret being sent "
                                              "in the request is the client secret value, not the "
                                              "client secret ID, for a secret added to app '{0}'."};
inline constexpr Aadsts expired_client_secret{
    7000222, fault::invalid_client,
    "The provided client secret keys for app '{0}' are expired. Visit the Azure portal to create new keys "
    "for your app: "
    "https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: "
    "https://aka.ms/certCreds."};

// The client assertion.
inline constexpr Aadsts invalid_assertion{50027, fault::invalid_client, "Invalid JWT token. {0}"};
inline constexpr Aadsts wrong_assertion_audience{
    700023, fault::invalid_client,
    "Client assertion audience claim does not match Realm issuer. Review the documentation at "
    "https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials ."};
inline constexpr Aadsts wrong_assertion_subject{
    700021, fault::invalid_client,
    "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation "
    "at "
    "https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials ."};
inline constexpr Aadsts assertion_out_of_time{
    700024, fault::invalid_client,
    "Client assertion is not within its valid time range. Current time: {0}, assertion valid from {1}, "
    "expiry time of "
    "assertion {2}. Review the documentation at "
    "https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials ."};
inline constexpr Aadsts expired_assertion_key{
    700027, fault::invalid_client,
    "The certificate with identifier used to sign the client assertion is expired on application. [Reason - "
    "The key used is expired., Thumbprint of key used by client: '{0}', Found key 'Start={1}, End={2}', "
    "Please "
    "visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id "
    "'{3}'.]"};
inline constexpr Aadsts invalid_assertion_signature{
    700027, fault::invalid_client,
    "Client assertion contains an invalid signature. [Reason - {0}, Thumbprint of key used by client: '{1}', "
    "Please visit "
    "the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{2}'.]"};

// Federated credentials.
inline constexpr Aadsts no_federated_credentials{
    70025, fault::invalid_client, "The client '{0}'({1}) has no configured federated identity credentials."};
inline constexpr Aadsts no_federated_issuer{
    700211, fault::invalid_client,
    "No matching federated identity record found for presented assertion issuer '{0}'. Check your federated "
    "identity "
    "credential Subject, Audience and Issuer against the presented assertion. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"};
inline constexpr Aadsts federated_issuer_case{
    7002137, fault::invalid_client,
    "No matching federated identity record found for presented assertion issuer '{0}'. The issuer of a "
    "federated identity credential matches it only when upper and lower case are taken for the same; the "
    "comparison is case-sensitive. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"};
inline constexpr Aadsts federated_subject_case{
    7002138, fault::invalid_client,
    "No matching federated identity record found for presented assertion subject '{0}'. The subject of a "
    "federated identity credential matches it only when upper and lower case are taken for the same; the "
    "comparison is case-sensitive. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"};
inline constexpr Aadsts no_federated_audience{
    700212, fault::invalid_client,
    "No matching federated identity record found for presented assertion audience '{0}'. Check your "
    "federated identity "
    "credential Subject, Audience and Issuer against the presented assertion. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"};
inline constexpr Aadsts no_federated_subject{
    700213, fault::invalid_client,
    "No matching federated identity record found for presented assertion subject '{0}'. Check your federated "
    "identity "
    "credential Subject, Audience and Issuer against the presented assertion. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"};
inline constexpr Aadsts issuer_unknown{50166, fault::entra_invalid_request,
                                       "Request to External OIDC endpoint failed: no keys of the issuer "
                                       "'{0}' are known, and azid asks no network "
                                       "for them. Give it the issuer's public keys with 'azid token issuer "
                                       "add', or let it ask with 'azid settings "
                                       "set federation.fetch=on'."};
inline constexpr Aadsts issuer_unreachable{
    50166, fault::entra_invalid_request,
    "Request to External OIDC endpoint failed: of the issuer '{0}', {1}."};
inline constexpr Aadsts federated_signature{
    50013, fault::invalid_client,
    "Assertion failed signature validation. [Reason - {0}, Thumbprint of key used by client: '{1}']"};

// Scope and resource.
inline constexpr Aadsts scope_required{70011, fault::invalid_scope,
                                       "The provided request must include a 'scope' input parameter."};
inline constexpr Aadsts invalid_scope{1002012, fault::invalid_scope,
                                      "The provided value for scope {0} is not valid. Client credential "
                                      "flows must have a scope value with /.default "
                                      "suffixed to the resource identifier (application ID URI)."};
inline constexpr Aadsts resource_not_found{500011, fault::entra_invalid_resource,
                                           "The resource principal named {0} was not found in the tenant "
                                           "named {1}. This can happen if the application has not "
                                           "been installed by the administrator of the tenant or consented "
                                           "to by any user in the tenant. You might have sent "
                                           "your authentication request to the wrong tenant."};

// An API that only takes those who have a role in it.
inline constexpr Aadsts application_not_assigned{
    501051, fault::invalid_grant,
    "Application '{0}'({1}) is not assigned to a role for the application '{2}'({3})."};
inline constexpr Aadsts user_not_assigned{
    50105, fault::invalid_grant,
    "Your administrator has configured the application {2} ('{1}') to block users unless they are "
    "specifically granted ('assigned') access to the application. The signed in user '{0}' is blocked "
    "because "
    "they are not a direct member of a group with access, nor had access directly assigned by an "
    "administrator. Please contact your administrator to assign access to this application."};

// Users.
inline constexpr Aadsts user_not_found{50034, fault::invalid_grant,
                                       "The user account {0} does not exist in the {1} directory. To sign "
                                       "into this application, the account must be added "
                                       "to the directory."};
inline constexpr Aadsts password_expired{50055, fault::invalid_grant, "The password is expired."};
inline constexpr Aadsts user_disabled{50057, fault::invalid_grant, "The user account is disabled."};
inline constexpr Aadsts invalid_refresh_token{70000, fault::invalid_grant,
                                              "Provided grant is invalid or malformed."};
inline constexpr Aadsts refresh_token_expired{
    700082, fault::invalid_grant,
    "The refresh token has expired due to inactivity. The token was issued on {0} and was inactive for "
    "90.00:00:00."};
inline constexpr Aadsts refresh_token_revoked{
    50173, fault::invalid_grant,
    "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might "
    "have changed or reset their password. The grant was issued on '{0}'."};
inline constexpr Aadsts wrong_password{50126, fault::invalid_grant,
                                       "Error validating credentials due to invalid username or password."};

}  // namespace aadsts
}  // namespace azid::entra
