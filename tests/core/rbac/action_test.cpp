#include "core/rbac/action.hpp"

#include <doctest/doctest.h>

#include <string>

using azid::rbac::action_matches;
using azid::rbac::is_data_action;

TEST_CASE("an action without wildcard covers itself in any case and nothing else") {
    CHECK(action_matches("Microsoft.Compute/virtualMachines/read", "microsoft.compute/VIRTUALMACHINES/Read"));
    CHECK_FALSE(
        action_matches("Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/rea"));
    CHECK_FALSE(
        action_matches("Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachines/read"));
    CHECK_FALSE(action_matches("", "a"));
}

TEST_CASE("a star stands for any characters, slashes among them") {
    CHECK(action_matches("*", "Microsoft.Compute/virtualMachines/read"));
    CHECK(action_matches("*/read", "Microsoft.Compute/virtualMachines/extensions/read"));
    CHECK_FALSE(action_matches("*/read", "Microsoft.Compute/virtualMachines/write"));
    CHECK(
        action_matches("Microsoft.Authorization/*/Delete", "Microsoft.Authorization/roleAssignments/delete"));
    CHECK_FALSE(
        action_matches("Microsoft.Authorization/*/Delete", "Microsoft.Authorization/roleAssignments/write"));
    CHECK(action_matches("Microsoft.Compute/*", "Microsoft.Compute/virtualMachines/start/action"));
    CHECK_FALSE(action_matches("Microsoft.Compute/*", "Microsoft.ComputeX/virtualMachines/start/action"));
    CHECK(action_matches("Microsoft.*/virtual*/re*d", "Microsoft.Compute/virtualMachines/read"));
}

TEST_CASE("a star between two slashes also stands for one slash") {
    CHECK(action_matches("Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
                         "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"));
    CHECK(action_matches("a/*/read", "a/read"));
    CHECK(action_matches("a/*/read", "a/b/c/read"));
    CHECK(action_matches("a/*/*/read", "a/read"));
    CHECK_FALSE(action_matches("a/*/read", "aread"));
    CHECK_FALSE(action_matches("a/*", "a"));
    CHECK_FALSE(action_matches("a/*read", "aread"));
}

TEST_CASE("a pattern full of stars is answered at once") {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    pattern += "*b/action";
    const std::string action = std::string(3000, 'a') + "/action";
    CHECK_FALSE(action_matches(pattern, action));
    std::string slashes;
    for (int i = 0; i < 200; ++i) slashes += "/*";
    CHECK_FALSE(action_matches(slashes + "/x/action", std::string(3000, '/') + "y/action"));
}

TEST_CASE("data actions are known from control actions") {
    CHECK(is_data_action("Microsoft.KeyVault/vaults/secrets/getSecret/action"));
    CHECK(is_data_action("microsoft.keyvault/vaults/secrets/getsecret/ACTION"));
    CHECK(is_data_action("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"));
    CHECK(is_data_action("Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action"));
    CHECK(is_data_action("Microsoft.Compute/virtualMachines/login/action"));
    CHECK_FALSE(is_data_action("Microsoft.Compute/virtualMachines/start/action"));
    CHECK_FALSE(is_data_action("Microsoft.Storage/storageAccounts/blobServices/containers/read"));
    CHECK_FALSE(is_data_action("Microsoft.Storage/storageAccounts/listKeys/action"));
    CHECK_FALSE(is_data_action("Microsoft.KeyVault/vaults/read"));
    CHECK_FALSE(is_data_action("Microsoft.KeyVault/vaults/keys/read"));
}

TEST_CASE("data actions of other providers are known from the built-in roles") {
    CHECK(is_data_action("Microsoft.AppConfiguration/configurationStores/keyValues/read"));
    CHECK(is_data_action("Microsoft.ContainerRegistry/registries/trustedCollections/write"));
    CHECK_FALSE(is_data_action("Microsoft.AppConfiguration/configurationStores/read"));
    CHECK_FALSE(is_data_action("Contoso.Nothing/things/read"));
}
