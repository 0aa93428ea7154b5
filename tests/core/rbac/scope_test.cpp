#include "core/rbac/scope.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace azid::rbac;
using Chain = std::vector<std::string>;

namespace {
const std::string sub = "/subscriptions/10000000-0000-4000-8000-000000000001";
}

TEST_CASE("a scope covers itself and what is below it, by whole segments") {
    CHECK(covers("/", sub));
    CHECK(covers(sub, sub + "/resourceGroups/rg1"));
    CHECK(covers(sub + "/resourceGroups/RG1",
                 sub + "/resourcegroups/rg1/providers/Microsoft.Compute/virtualMachines/vm"));
    CHECK(covers(sub + "/resourceGroups/rg1/", sub + "/resourceGroups/rg1"));
    CHECK_FALSE(covers(sub + "/resourceGroups/rg1", sub + "/resourceGroups/rg10"));
    CHECK_FALSE(covers(sub + "/resourceGroups/rg1", sub));
}

TEST_CASE("the chain of a resource leads over its parents to the root") {
    const std::string vault = sub + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v";
    CHECK(scope_chain(vault + "/secrets/s",
                      {"contoso", "/providers/Microsoft.Management/managementGroups/root"}) ==
          Chain{vault + "/secrets/s", vault, sub + "/resourceGroups/rg", sub,
                "/providers/Microsoft.Management/managementGroups/contoso",
                "/providers/Microsoft.Management/managementGroups/root", "/"});
}

TEST_CASE("an extension's chain leads over the resource that it extends") {
    const std::string vm = sub + "/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm";
    const std::string assignment = vm + "/providers/Microsoft.Authorization/roleAssignments/a";
    CHECK(scope_chain(assignment, {}) == Chain{assignment, vm, sub + "/resourceGroups/rg", sub, "/"});
}

TEST_CASE("chains of the containers themselves") {
    CHECK(scope_chain("/", {}) == Chain{"/"});
    CHECK(scope_chain(sub, {}) == Chain{sub, "/"});
    CHECK(scope_chain(sub + "/resourceGroups/rg/", {}) == Chain{sub + "/resourceGroups/rg", sub, "/"});
    const std::string group = "/providers/Microsoft.Management/managementGroups/m";
    CHECK(scope_chain(group, {"top"}) ==
          Chain{group, "/providers/Microsoft.Management/managementGroups/top", "/"});
    CHECK(scope_chain(group, {"m", "top"}) ==
          Chain{group, "/providers/Microsoft.Management/managementGroups/top", "/"});
}

TEST_CASE("only well-formed scopes are scopes") {
    CHECK(is_scope("/"));
    CHECK(is_scope(sub));
    CHECK(is_scope(sub + "/resourceGroups/rg"));
    CHECK(is_scope("/providers/Microsoft.Management/managementGroups/m"));
    CHECK(is_scope(sub + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v/secrets/s"));
    CHECK(is_scope(sub + "/providers/Microsoft.Compute/locations/westeurope"));
    for (const std::string& bad :
         {std::string(), std::string("rg"), std::string("subscriptions/x"),
          std::string("/subscriptions/not-a-guid"), sub + "/resourceGroups", sub + "//resourceGroups/rg",
          sub + "/resourceGroups/rg/providers/Microsoft.KeyVault",
          sub + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults",
          sub + "/resourceGroups/rg/vaults/v"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_scope(bad));
    }
}
