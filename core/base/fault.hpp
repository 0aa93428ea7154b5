// The error table: every failure's Azure code, HTTP status and exit code, once.
// Exit codes as az has them: 2 usage, 3 for any 404, 1 otherwise.
#pragma once

#include "core/base/error.hpp"

namespace azid::fault {

// Made by az itself, printed as the bare message.
inline constexpr Fault client{"ClientError", 400, 1, Surface::client};
inline constexpr Fault usage{"UsageError", 400, 2, Surface::usage};
inline constexpr Fault client_not_found{"NotFound", 404, 3, Surface::client};
inline constexpr Fault state{"StateError", 500, 1, Surface::client};
inline constexpr Fault not_modelled{"NotModelled", 501, 2, Surface::client};

// Azure Resource Manager's front door.
inline constexpr Fault authentication_failed{"AuthenticationFailed", 401, 1};
inline constexpr Fault authentication_failed_missing_token{"AuthenticationFailedMissingToken", 401, 1};
inline constexpr Fault invalid_authentication_token{"InvalidAuthenticationToken", 401, 1};
inline constexpr Fault expired_authentication_token{"ExpiredAuthenticationToken", 401, 1};
inline constexpr Fault invalid_authentication_token_tenant{"InvalidAuthenticationTokenTenant", 401, 1};
inline constexpr Fault invalid_authentication_token_audience{"InvalidAuthenticationTokenAudience", 401, 1};
inline constexpr Fault authorization_failed{"AuthorizationFailed", 403, 1};
inline constexpr Fault deny_assignment_authorization_failed{"DenyAssignmentAuthorizationFailed", 403, 1};
inline constexpr Fault linked_authorization_failed{"LinkedAuthorizationFailed", 403, 1};
inline constexpr Fault missing_api_version{"MissingApiVersionParameter", 400, 1};
inline constexpr Fault invalid_api_version{"InvalidApiVersionParameter", 400, 1};
inline constexpr Fault no_registered_provider{"NoRegisteredProviderFound", 400, 1};
inline constexpr Fault invalid_resource_namespace{"InvalidResourceNamespace", 404, 3};
inline constexpr Fault invalid_resource_type{"InvalidResourceType", 404, 3};
inline constexpr Fault resource_type_not_supported{"ResourceTypeNotSupported", 404, 3};
inline constexpr Fault subscription_not_found{"SubscriptionNotFound", 404, 3};
inline constexpr Fault missing_subscription{"MissingSubscription", 404, 3};
inline constexpr Fault invalid_subscription_id{"InvalidSubscriptionId", 400, 1};
inline constexpr Fault resource_group_not_found{"ResourceGroupNotFound", 404, 3};
inline constexpr Fault resource_not_found{"ResourceNotFound", 404, 3};
inline constexpr Fault parent_resource_not_found{"ParentResourceNotFound", 404, 3};
inline constexpr Fault not_found{"NotFound", 404, 3};
inline constexpr Fault invalid_request_content{"InvalidRequestContent", 400, 1};
inline constexpr Fault invalid_resource_group{"InvalidResourceGroup", 400, 1};
inline constexpr Fault invalid_resource_group_location{"InvalidResourceGroupLocation", 409, 1};
inline constexpr Fault invalid_resource_location{"InvalidResourceLocation", 409, 1};
inline constexpr Fault invalid_resource_name{"InvalidResourceName", 400, 1};
inline constexpr Fault location_not_available{"LocationNotAvailableForResourceGroup", 400, 1};
inline constexpr Fault location_not_available_for_type{"LocationNotAvailableForResourceType", 400, 1};
inline constexpr Fault location_required{"LocationRequired", 400, 1};
inline constexpr Fault invalid_parameter{"InvalidParameter", 400, 1};
inline constexpr Fault bad_request{"BadRequest", 400, 1};
inline constexpr Fault conflict{"Conflict", 409, 1};
inline constexpr Fault method_not_allowed{"MethodNotAllowed", 405, 1};
inline constexpr Fault scope_locked{"ScopeLocked", 409, 1};
inline constexpr Fault lock_not_found{"LockNotFound", 404, 3};
inline constexpr Fault tag_not_found{"TagNotFound", 404, 3};
inline constexpr Fault missing_subscription_registration{"MissingSubscriptionRegistration", 409, 1};
inline constexpr Fault operation_not_allowed{"OperationNotAllowed", 409, 1};
inline constexpr Fault invalid_template{"InvalidTemplate", 400, 1};
inline constexpr Fault invalid_template_deployment{"InvalidTemplateDeployment", 400, 1};
inline constexpr Fault deployment_failed{"DeploymentFailed", 400, 1};
inline constexpr Fault deployment_not_found{"DeploymentNotFound", 404, 3};
inline constexpr Fault deployment_operation_not_found{"DeploymentOperationNotFound", 404, 3};
inline constexpr Fault deployment_cannot_be_cancelled{"DeploymentCannotBeCancelled", 409, 1};
inline constexpr Fault deployment_output_failed{"DeploymentOutputEvaluationFailed", 400, 1};
inline constexpr Fault invalid_deployment_location{"InvalidDeploymentLocation", 409, 1};
inline constexpr Fault invalid_deployment_name{"InvalidDeploymentName", 400, 1};
inline constexpr Fault invalid_content_link{"InvalidContentLink", 400, 1};
inline constexpr Fault failed_identity_operation{"FailedIdentityOperation", 400, 1};
inline constexpr Fault missing_identity_ids{"MissingIdentityIds", 400, 1};
inline constexpr Fault linked_invalid_property_id{"LinkedInvalidPropertyId", 400, 1};
inline constexpr Fault property_change_not_allowed{"PropertyChangeNotAllowed", 409, 1};
inline constexpr Fault image_not_found{"PlatformImageNotFound", 404, 3};

// Microsoft.Network.
inline constexpr Fault invalid_resource_reference{"InvalidResourceReference", 400, 1};
inline constexpr Fault invalid_address_prefix{"InvalidAddressPrefixFormat", 400, 1};
inline constexpr Fault invalid_subnet{"NetcfgInvalidSubnet", 400, 1};
inline constexpr Fault subnet_is_full{"SubnetIsFull", 400, 1};
inline constexpr Fault private_address_in_use{"PrivateIPAddressInUse", 400, 1};
inline constexpr Fault private_address_not_in_subnet{"PrivateIPAddressNotInSubnet", 400, 1};
inline constexpr Fault public_address_in_use{"PublicIPAddressInUse", 400, 1};
inline constexpr Fault public_address_cannot_be_deleted{"PublicIPAddressCannotBeDeleted", 400, 1};
inline constexpr Fault nic_in_use{"NicInUse", 400, 1};
inline constexpr Fault subnet_in_use{"InUseSubnetCannotBeDeleted", 400, 1};
inline constexpr Fault security_rule_conflict{"SecurityRuleConflict", 400, 1};
inline constexpr Fault security_group_in_use{"InUseNetworkSecurityGroupCannotBeDeleted", 400, 1};

// Microsoft.Authorization.
inline constexpr Fault role_assignment_not_found{"RoleAssignmentNotFound", 404, 3};
inline constexpr Fault role_assignment_exists{"RoleAssignmentExists", 409, 1};
inline constexpr Fault role_assignment_update_not_permitted{"RoleAssignmentUpdateNotPermitted", 400, 1};
inline constexpr Fault role_assignment_limit_exceeded{"RoleAssignmentLimitExceeded", 400, 1};
inline constexpr Fault principal_not_found{"PrincipalNotFound", 400, 1};
inline constexpr Fault principal_type_not_supported{"PrincipalTypeNotSupported", 400, 1};
inline constexpr Fault unmatched_principal_type{"UnmatchedPrincipalType", 400, 1};
inline constexpr Fault invalid_role_assignment_id{"InvalidRoleAssignmentId", 400, 1};
inline constexpr Fault invalid_role_definition_id{"InvalidRoleDefinitionId", 400, 1};
inline constexpr Fault invalid_principal_type{"InvalidPrincipalType", 400, 1};
inline constexpr Fault invalid_principal_id{"InvalidPrincipalId", 400, 1};
inline constexpr Fault bad_request_format{"BadRequestFormat", 400, 1};
inline constexpr Fault role_definition_does_not_exist{"RoleDefinitionDoesNotExist", 400, 1};
inline constexpr Fault role_definition_not_found{"RoleDefinitionDoesNotExist", 404, 3};
inline constexpr Fault role_definition_has_assignments{"RoleDefinitionHasAssignments", 400, 1};
inline constexpr Fault role_definition_limit_exceeded{"RoleDefinitionLimitExceeded", 400, 1};
inline constexpr Fault invalid_action{"InvalidActionOrNotAction", 400, 1};
inline constexpr Fault invalid_data_action{"InvalidDataActionOrNotDataAction", 400, 1};
inline constexpr Fault deny_assignment_not_found{"DenyAssignmentNotFound", 404, 3};
inline constexpr Fault role_definition_same_name{"RoleDefinitionWithSameNameExists", 409, 1};
inline constexpr Fault invalid_role_definition{"InvalidRoleDefinition", 400, 1};
inline constexpr Fault invalid_condition{"InvalidCondition", 400, 1};

// Microsoft Graph.
inline constexpr Fault graph_not_found{"Request_ResourceNotFound", 404, 3, Surface::graph};
// Of a command that changes something: az ends with 1 there, and with 3 for what it should only show.
inline constexpr Fault graph_not_found_on_change{"Request_ResourceNotFound", 404, 1, Surface::graph};
inline constexpr Fault graph_bad_request{"Request_BadRequest", 400, 1, Surface::graph};
inline constexpr Fault graph_method{"Request_BadRequest", 405, 1, Surface::graph};
inline constexpr Fault graph_conflict{"Request_MultipleObjectsWithSameKeyValue", 409, 1, Surface::graph};
inline constexpr Fault graph_no_application{"NoBackingApplicationObject", 400, 1, Surface::graph};
inline constexpr Fault graph_denied{"Authorization_RequestDenied", 403, 1, Surface::graph};
inline constexpr Fault graph_unauthenticated{"InvalidAuthenticationToken", 401, 1, Surface::graph};

// Microsoft Entra ID's token endpoint: the code is OAuth's error, the AADSTS number stands in the message.
inline constexpr Fault invalid_client{"invalid_client", 401, 1, Surface::entra};
inline constexpr Fault unauthorized_client{"unauthorized_client", 400, 1, Surface::entra};
inline constexpr Fault entra_invalid_request{"invalid_request", 400, 1, Surface::entra};
inline constexpr Fault entra_invalid_resource{"invalid_resource", 400, 1, Surface::entra};
inline constexpr Fault invalid_scope{"invalid_scope", 400, 1, Surface::entra};
inline constexpr Fault invalid_grant{"invalid_grant", 400, 1, Surface::entra};
inline constexpr Fault unsupported_grant_type{"unsupported_grant_type", 400, 1, Surface::entra};
inline constexpr Fault invalid_instance{"invalid_instance", 400, 1, Surface::entra};

// Instance Metadata Service.
inline constexpr Fault imds_invalid_request{"invalid_request", 400, 1, Surface::imds};
inline constexpr Fault imds_invalid_resource{"invalid_resource", 400, 1, Surface::imds};
inline constexpr Fault imds_throttled{"invalid_request", 429, 1, Surface::imds};

// Key Vault's control plane is ARM's surface, its data plane has its own.
inline constexpr Fault vault_already_exists{"VaultAlreadyExists", 409, 1};
inline constexpr Fault vault_conflict{"ConflictError", 409, 1};
inline constexpr Fault vault_name_not_valid{"VaultNameNotValid", 400, 1};
inline constexpr Fault deleted_vault_not_found{"DeletedVaultNotFound", 404, 3};
inline constexpr Fault vault_unauthorized{"Unauthorized", 401, 1, Surface::keyvault};
inline constexpr Fault vault_forbidden{"Forbidden", 403, 1, Surface::keyvault};
inline constexpr Fault secret_not_found{"SecretNotFound", 404, 3, Surface::keyvault};
// The same behind az's long-running secret operations, which end in 1 (recorded transcripts).
inline constexpr Fault deleted_secret_not_found{"SecretNotFound", 404, 1, Surface::keyvault};
inline constexpr Fault vault_data_conflict{"Conflict", 409, 1, Surface::keyvault};
inline constexpr Fault vault_bad_parameter{"BadParameter", 400, 1, Surface::keyvault};

// Storage.
inline constexpr Fault storage_account_already_taken{"StorageAccountAlreadyTaken", 409, 1};
inline constexpr Fault invalid_account_name{"AccountNameInvalid", 400, 1};

}  // namespace azid::fault
