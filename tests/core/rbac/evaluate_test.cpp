#include "core/rbac/evaluate.hpp"

#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/scope.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace azid::rbac;

namespace {

const std::string sub = "/subscriptions/10000000-0000-4000-8000-000000000001";
const std::string rg1 = sub + "/resourceGroups/rg1";
const std::string vm = rg1 + "/providers/Microsoft.Compute/virtualMachines/vm";
const std::string vault = rg1 + "/providers/Microsoft.KeyVault/vaults/v";
const std::string me = "aaaaaaaa-0000-4000-8000-000000000001";
const std::string team = "bbbbbbbb-0000-4000-8000-000000000001";
const std::string read_vm = "Microsoft.Compute/virtualMachines/read";
const std::string get_secret = "Microsoft.KeyVault/vaults/secrets/getSecret/action";

// A little world: roles by name, what is assigned, what is denied.
struct World {
    Facts facts;
    Request request;

    World() {
        for (const RoleDefinition& role : builtin_roles()) facts.definitions[role.name] = role;
        request.principal = me;
        at(vm, read_vm);
    }
    World& at(const std::string& scope, const std::string& action, bool is_data = false) {
        request.scope = scope;
        request.action = action;
        request.is_data = is_data;
        facts.chain = scope_chain(scope, {"contoso"});
        return *this;
    }
    RoleAssignment& assign(const std::string& role, const std::string& scope,
                           const std::string& principal = me) {
        RoleAssignment assignment;
        assignment.name = "assignment-" + std::to_string(facts.assignments.size());
        assignment.role_definition_id = role;
        assignment.scope = scope;
        assignment.principal_id = principal;
        facts.assignments.push_back(assignment);
        return facts.assignments.back();
    }
    World& custom(const std::string& name, Permission permission) {
        RoleDefinition role;
        role.name = role.role_name = name;
        role.permissions = {std::move(permission)};
        facts.definitions[name] = role;
        return *this;
    }
    DenyAssignment& deny(const std::string& action, const std::string& scope, const std::string& principal) {
        DenyAssignment denial;
        denial.name = "deny-" + std::to_string(facts.denies.size());
        denial.display_name = denial.name;
        denial.scope = scope;
        denial.permissions.emplace_back();
        denial.permissions[0].actions = {action};
        denial.principals = {{principal, principal == everyone_id ? "SystemDefined" : "User"}};
        facts.denies.push_back(denial);
        return facts.denies.back();
    }
    Decision decide() const { return evaluate(request, facts); }
    bool allowed() const { return decide().allowed; }
    Outcome outcome() const { return decide().steps.back().outcome; }
};

const std::string owner(owner_role);
const std::string reader(reader_role);
const std::string contributor(contributor_role);

}  // namespace

TEST_CASE("a grant that has not spread yet gives nothing, and says from when on it will") {
    World world;
    const std::string name = world.assign(reader, rg1).name;
    world.facts.delayed[name] = azid::from_unix_seconds(1'767'225'600);
    const Decision decision = evaluate(world.request, world.facts);
    CHECK(!decision.allowed);
    CHECK(decision.reason == Reason::granted_later);
    CHECK(decision.steps.front().outcome == Outcome::not_yet);
    CHECK(decision.steps.front().counts_from == azid::from_unix_seconds(1'767'225'600));
    world.assign(reader, sub);
    CHECK(evaluate(world.request, world.facts).allowed);
}

TEST_CASE("nothing is allowed without an assignment") {
    const Decision decision = World().decide();
    CHECK_FALSE(decision.allowed);
    CHECK(decision.reason == Reason::no_assignment);
    CHECK(decision.steps.empty());
}

TEST_CASE("an assignment above the scope gives its role's actions") {
    for (const std::string& scope :
         {vm, rg1, sub, std::string("/"),
          std::string("/providers/Microsoft.Management/managementGroups/Contoso")}) {
        CAPTURE(scope);
        World world;
        world.assign(reader, scope);
        const Decision decision = world.decide();
        CHECK(decision.allowed);
        CHECK(decision.reason == Reason::granted_by_role);
        CHECK(decision.assignment->scope == scope);
        CHECK(decision.definition->role_name == "Reader");
        CHECK(decision.steps.at(0).pattern == "*/read");
    }
}

TEST_CASE("an assignment beside or below the scope gives nothing") {
    World world;
    world.at(sub + "/resourceGroups/rg10/providers/Microsoft.Compute/virtualMachines/vm", read_vm);
    world.assign(owner, rg1);
    CHECK(world.outcome() == Outcome::other_scope);
    CHECK(world.decide().reason == Reason::no_assignment);
    World below;
    below.at(rg1, "Microsoft.Resources/subscriptions/resourceGroups/read").assign(owner, vm);
    CHECK(below.outcome() == Outcome::other_scope);
    World elsewhere;
    elsewhere.assign(owner, "/providers/Microsoft.Management/managementGroups/fabrikam");
    CHECK(elsewhere.outcome() == Outcome::other_scope);
}

TEST_CASE("scopes and ids compare without case") {
    World world;
    world.assign(reader, "/SUBSCRIPTIONS/10000000-0000-4000-8000-000000000001/resourcegroups/RG1",
                 "AAAAAAAA-0000-4000-8000-000000000001");
    CHECK(world.allowed());
}

TEST_CASE("an assignment to a group counts for its members only") {
    World world;
    world.assign(reader, sub, team);
    CHECK(world.outcome() == Outcome::other_principal);
    world.request.groups = {"cccccccc-0000-4000-8000-000000000001", team};
    CHECK(world.allowed());
    CHECK(world.decide().steps[0].principal == team);
}

TEST_CASE("notActions take out of their own role") {
    World world;
    world.at(vm, "Microsoft.Authorization/roleAssignments/write").assign(contributor, sub);
    const Decision decision = world.decide();
    CHECK_FALSE(decision.allowed);
    CHECK(decision.reason == Reason::action_not_granted);
    CHECK(decision.steps[0].outcome == Outcome::excluded_by_not_actions);
    CHECK(decision.steps[0].pattern == "Microsoft.Authorization/*/Write");
}

TEST_CASE("a notAction does not take away what another assignment grants") {
    World world;
    world.at(vm, "Microsoft.Authorization/roleAssignments/write").assign(contributor, sub);
    world.assign(std::string(user_access_administrator_role), rg1);
    CHECK(world.allowed());
    CHECK(world.decide().definition->role_name == "User Access Administrator");
}

TEST_CASE("a notAction takes nothing from another permission of the same role") {
    World world;
    Permission all_but_read;
    all_but_read.actions = {"*"};
    all_but_read.not_actions = {"*/read"};
    world.custom("two", all_but_read);
    world.assign("two", sub);
    CHECK_FALSE(world.allowed());
    Permission reading;
    reading.actions = {read_vm};
    world.facts.definitions["two"].permissions.push_back(reading);
    CHECK(world.allowed());
}

TEST_CASE("control actions give no data actions and the other way round") {
    World world;
    world.at(vault + "/secrets/s", get_secret, true).assign(owner, sub);
    CHECK(world.outcome() == Outcome::control_action_only);
    CHECK_FALSE(world.allowed());
    world.assign("4633458b-17de-408a-b874-0445c86b69e6", vault);
    CHECK(world.allowed());
    world.request.is_data = false;
    world.facts.assignments.erase(world.facts.assignments.begin());
    CHECK(world.outcome() == Outcome::data_action_only);
}

TEST_CASE("notDataActions take out of the data actions") {
    World world;
    Permission permission;
    permission.data_actions = {"Microsoft.KeyVault/vaults/secrets/*"};
    permission.not_data_actions = {"*/getSecret/action"};
    world.custom("half", permission).at(vault, get_secret, true).assign("half", sub);
    CHECK(world.outcome() == Outcome::excluded_by_not_actions);
    CHECK(world.at(vault, "Microsoft.KeyVault/vaults/secrets/setSecret/action", true).allowed());
}

TEST_CASE("an assignment whose role is gone gives nothing") {
    World world;
    world.assign("dddddddd-0000-4000-8000-000000000001", sub);
    CHECK(world.outcome() == Outcome::role_definition_missing);
    CHECK_FALSE(world.allowed());
}

TEST_CASE("a deny assignment blocks what roles grant") {
    World world;
    world.assign(owner, sub);
    world.deny("*/read", rg1, me);
    const Decision decision = world.decide();
    CHECK_FALSE(decision.allowed);
    CHECK(decision.reason == Reason::denied_by_deny_assignment);
    CHECK(decision.deny->name == "deny-0");
    CHECK(decision.steps.at(0).outcome == Outcome::denied);
    CHECK(decision.steps.at(1).outcome == Outcome::granted);
    CHECK(world.at(vm, "Microsoft.Compute/virtualMachines/write").allowed());
    CHECK(world.at(sub + "/resourceGroups/rg10", read_vm).allowed());
}

TEST_CASE("a deny assignment for everybody spares whom it excludes") {
    World world;
    world.assign(owner, sub);
    DenyAssignment& denial = world.deny("*", sub, std::string(everyone_id));
    CHECK_FALSE(world.allowed());
    denial.exclude_principals = {{team, "Group"}};
    CHECK_FALSE(world.allowed());
    world.request.groups = {team};
    CHECK(world.allowed());
    CHECK(world.decide().steps.at(0).outcome == Outcome::excluded_principal);
}

TEST_CASE("a deny assignment may stay at its own scope") {
    World world;
    world.assign(owner, sub);
    world.deny("*", rg1, me).do_not_apply_to_child_scopes = true;
    CHECK(world.allowed());
    CHECK(world.decide().steps.at(0).outcome == Outcome::child_scope);
    CHECK_FALSE(world.at(rg1, "Microsoft.Resources/subscriptions/resourceGroups/read").allowed());
}

TEST_CASE("a deny assignment's notActions leave actions alone") {
    World world;
    world.assign(owner, sub);
    world.deny("*", rg1, me).permissions[0].not_actions = {"*/read"};
    CHECK(world.allowed());
    CHECK_FALSE(world.at(vm, "Microsoft.Compute/virtualMachines/write").allowed());
}

TEST_CASE("an assignment with a condition counts when the condition is true") {
    World world;
    world.assign(reader, sub).condition = "@Resource[name] StringEquals 'public'";
    const Decision decision = world.decide();
    CHECK_FALSE(decision.allowed);
    CHECK(decision.reason == Reason::condition_not_fulfilled);
    CHECK(decision.steps[0].outcome == Outcome::condition_false);
    CHECK(decision.steps[0].condition == "@Resource[name] StringEquals 'public'");
    world.request.attributes.resource.insert({"name", {"public"}});
    CHECK(world.allowed());
    world.facts.assignments[0].condition = "nonsense";
    CHECK(world.outcome() == Outcome::condition_invalid);
}

TEST_CASE("a condition inside a role limits which roles may be assigned") {
    World world;
    world.at(vault, "Microsoft.Authorization/roleAssignments/write");
    world.assign("8b54135c-b56d-4d72-a534-26097cfdc8d8", sub);  // Key Vault Data Access Administrator
    const std::string attribute = "Microsoft.Authorization/roleAssignments:RoleDefinitionId";
    world.request.attributes.request.insert({attribute, {"4633458b-17de-408a-b874-0445c86b69e6"}});
    CHECK(world.allowed());
    world.request.attributes.request.begin()->second = {owner};
    CHECK(world.outcome() == Outcome::condition_false);
}

TEST_CASE("every assignment that was looked at is in the trail") {
    World world;
    world.assign(owner, sub, team);
    world.assign(reader, rg1);
    world.assign(contributor, sub);
    const Decision decision = world.decide();
    REQUIRE(decision.steps.size() == 3);
    CHECK(decision.steps[0].outcome == Outcome::other_principal);
    CHECK(decision.steps[1].outcome == Outcome::granted);
    CHECK(decision.steps[2].outcome == Outcome::granted);
    CHECK(decision.assignment->name == "assignment-1");
    CHECK(words_for(decision.steps[0].outcome) == "is for another principal");
}
