#include "core/msi/operations.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace azid::msi {

namespace {

struct Operation {
    std::string_view name;  // below the provider
    std::string_view resource;
    std::string_view operation;
    std::string_view description;
};
constexpr Operation all[] = {
    {"identities/read", "System Assigned Identities", "Get System Assigned Identity",
     "Shows the system-assigned identity of a resource"},
    {"operations/read", "Managed Identity operations", "List Managed Identity operations",
     "Lists what this resource provider can do"},
    {"register/action", "Managed Identity Resource Provider",
     "Registers the Managed Identity Resource Provider", "Lets a subscription use managed identities"},
    {"userAssignedIdentities/assign/action", "User Assigned Identities", "Assign User Assigned Identity",
     "Allows a user-assigned identity to be given to resources"},
    {"userAssignedIdentities/delete", "User Assigned Identities", "Delete User Assigned Identity",
     "Deletes a user-assigned identity"},
    {"userAssignedIdentities/federatedIdentityCredentials/read", "Federated Identity Credentials",
     "Get or list Federated Identity Credentials", "Shows which outside issuers an identity trusts"},
    {"userAssignedIdentities/federatedIdentityCredentials/write", "Federated Identity Credentials",
     "Add or update Federated Identity Credential", "Makes an identity trust an outside issuer"},
    {"userAssignedIdentities/federatedIdentityCredentials/delete", "Federated Identity Credentials",
     "Delete Federated Identity Credential", "Ends an identity's trust in an outside issuer"},
    {"userAssignedIdentities/listAssociatedResources/action", "User Assigned Identities",
     "List associated resources for User Assigned Identity", "Lists the resources that have an identity"},
    {"userAssignedIdentities/read", "User Assigned Identities", "Get User Assigned Identity",
     "Shows a user-assigned identity"},
    {"userAssignedIdentities/write", "User Assigned Identities", "Create/Update User Assigned Identity",
     "Creates a user-assigned identity or changes its tags"},
    {"userAssignedIdentities/revokeTokens/action", "User Assigned Identities",
     "Revokes tokens minted on User Assigned Identity", "Ends the tokens that an identity holds"},
};

}  // namespace

std::vector<Json> operations() {
    std::vector<Json> list;
    for (const Operation& one : all)
        list.push_back({{"name", "Microsoft.ManagedIdentity/" + std::string(one.name)},
                        {"display",
                         {{"provider", "Microsoft Managed Identity"},
                          {"resource", one.resource},
                          {"operation", one.operation},
                          {"description", one.description}}}});
    return list;
}

}  // namespace azid::msi
