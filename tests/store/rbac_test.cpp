#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace azid::test {

namespace {

const std::string sub = "/subscriptions/11111111-1111-1111-1111-111111111111";

rbac::RoleDefinition definition(const std::string& name, const std::string& role_name) {
    rbac::RoleDefinition role;
    role.name = name;
    role.role_name = role_name;
    role.type = rbac::custom_role;
    role.description = "Says \"hello\"";
    role.permissions = {{{"*/read", "a/b/*"}, {"a/b/c"}, {"d/*"}, {"d/e"}, "", ""},
                        {{"x"}, {}, {}, {}, "cond", "2.0"}};
    role.assignable_scopes = {"/", sub};
    role.created_on = test_instant();
    role.updated_on = test_instant() + std::chrono::seconds(1);
    role.created_by = "me";
    return role;
}

rbac::RoleAssignment assignment(const std::string& name, const std::string& scope,
                                const std::string& principal) {
    rbac::RoleAssignment given;
    given.name = name;
    given.scope = scope;
    given.role_definition_id = "ROLE-1";
    given.principal_id = principal;
    given.principal_type = "User";
    given.created_on = given.updated_on = test_instant();
    return given;
}

std::string names(const std::vector<rbac::RoleAssignment>& assignments) {
    std::string text;
    for (const rbac::RoleAssignment& each : assignments) text += each.name + " ";
    return text;
}

struct RbacState {
    RbacState() : state(store::open_state(folder.file("state.db"))) {
        write(*state, [](Session& session) { session.rbac.save(definition("role-1", "Helper")); });
    }
    ScratchFolder folder;
    std::unique_ptr<State> state;
};

}  // namespace

TEST_CASE_FIXTURE(RbacState, "a role definition comes back whole") {
    read(*state, [](Session& session) {
        const std::optional<rbac::RoleDefinition> found = session.rbac.find_role_definition("ROLE-1");
        REQUIRE(found);
        CHECK(found->role_name == "Helper");
        CHECK(found->type == "CustomRole");
        CHECK(found->description == "Says \"hello\"");
        REQUIRE(found->permissions.size() == 2);
        CHECK(found->permissions[0].actions == std::vector<std::string>{"*/read", "a/b/*"});
        CHECK(found->permissions[0].not_actions == std::vector<std::string>{"a/b/c"});
        CHECK(found->permissions[0].data_actions == std::vector<std::string>{"d/*"});
        CHECK(found->permissions[0].not_data_actions == std::vector<std::string>{"d/e"});
        CHECK(found->permissions[0].condition.empty());
        CHECK(found->permissions[1].condition == "cond");
        CHECK(found->permissions[1].condition_version == "2.0");
        CHECK(found->assignable_scopes == std::vector<std::string>{"/", sub});
        CHECK(found->tenant_id.empty());
        CHECK(found->created_on == test_instant());
        CHECK(found->updated_on == test_instant() + std::chrono::seconds(1));
        CHECK(found->created_by == "me");
        CHECK(found->updated_by.empty());
    });
}

TEST_CASE_FIXTURE(RbacState, "role definitions are listed built-in ones first, by name, and found by name") {
    write(*state, [](Session& session) {
        rbac::RoleDefinition zebra = definition("role-2", "Zebra");
        zebra.type = rbac::built_in_role;
        session.rbac.save(zebra);
        session.rbac.save(definition("role-3", "alpha"));
        session.rbac.save(definition("role-4", "HELPER"));
        session.rbac.erase_role_definition("ROLE-4");
    });
    read(*state, [](Session& session) {
        std::string listed;
        session.rbac.visit_role_definitions(
            [&](const rbac::RoleDefinition& role) { listed += role.role_name + " "; });
        CHECK(listed == "Zebra alpha Helper ");
        CHECK(session.rbac.role_definitions_named("hELPER").size() == 1);
        CHECK(session.rbac.role_definitions_named("Help").empty());
    });
}

TEST_CASE_FIXTURE(RbacState, "every built-in role survives the file") {
    write(*state, [](Session& session) {
        for (const rbac::RoleDefinition& role : rbac::builtin_roles()) session.rbac.save(role);
    });
    read(*state, [](Session& session) {
        for (const rbac::RoleDefinition& role : rbac::builtin_roles()) {
            const std::optional<rbac::RoleDefinition> found = session.rbac.find_role_definition(role.name);
            REQUIRE(found);
            REQUIRE(found->permissions.size() == role.permissions.size());
            for (std::size_t i = 0; i < role.permissions.size(); ++i) {
                CHECK(found->permissions[i].actions == role.permissions[i].actions);
                CHECK(found->permissions[i].not_actions == role.permissions[i].not_actions);
                CHECK(found->permissions[i].data_actions == role.permissions[i].data_actions);
                CHECK(found->permissions[i].not_data_actions == role.permissions[i].not_data_actions);
            }
        }
        std::size_t count = 0;
        session.rbac.visit_role_definitions([&](const rbac::RoleDefinition&) { ++count; });
        CHECK(count == rbac::builtin_roles().size() + 1);
    });
}

TEST_CASE_FIXTURE(RbacState, "a role assignment comes back whole and is replaced by a save of its name") {
    rbac::RoleAssignment given = assignment("A1", sub + "/resourceGroups/RG", "P1");
    given.description = "d";
    given.condition = "c";
    given.condition_version = "2.0";
    given.delegated_managed_identity_resource_id = "/i";
    given.created_by = "me";
    given.updated_by = "you";
    write(*state, [&](Session& session) { session.rbac.save(given); });
    read(*state, [&](Session& session) {
        const std::optional<rbac::RoleAssignment> found = session.rbac.find_role_assignment("a1");
        REQUIRE(found);
        CHECK(found->scope == given.scope);
        CHECK(found->role_definition_id == given.role_definition_id);
        CHECK(found->principal_id == "P1");
        CHECK(found->principal_type == "User");
        CHECK(found->description == "d");
        CHECK(found->condition == "c");
        CHECK(found->condition_version == "2.0");
        CHECK(found->delegated_managed_identity_resource_id == "/i");
        CHECK(found->created_on == test_instant());
        CHECK(found->created_by == "me");
        CHECK(found->updated_by == "you");
    });
    given.description = "";
    write(*state, [&](Session& session) { session.rbac.save(given); });
    read(*state, [&](Session& session) {
        REQUIRE(session.rbac.role_assignments().size() == 1);
        CHECK(session.rbac.role_assignments()[0].description.empty());
    });
}

TEST_CASE_FIXTURE(RbacState, "role assignments are found by scope and by principal, without case") {
    write(*state, [](Session& session) {
        session.rbac.save(assignment("z", "/", "p1"));
        session.rbac.save(assignment("y", sub, "p2"));
        session.rbac.save(assignment("x", sub + "/resourceGroups/rg1", "p1"));
        session.rbac.save(assignment("w", sub + "/resourceGroups/rg10", "p3"));
    });
    read(*state, [](Session& session) {
        CHECK(names(session.rbac.role_assignments()) == "z y x w ");
        CHECK(names(session.rbac.role_assignments_at({sub + "/RESOURCEGROUPS/RG1", sub, "/"})) == "z y x ");
        CHECK(names(session.rbac.role_assignments_at({sub + "/resourceGroups/rg1/"})) == "x ");
        CHECK(names(session.rbac.role_assignments_at({})) == "");
        CHECK(names(session.rbac.role_assignments_of({"P1", "P3"})) == "z x w ");
        CHECK(names(session.rbac.role_assignments_of({"\"p1"})) == "");
    });
}

TEST_CASE_FIXTURE(RbacState, "erasing below a scope goes by whole segments") {
    const std::string group = sub + "/resourceGroups/rg_1%";
    write(*state, [&](Session& session) {
        session.rbac.save(assignment("at", group, "p"));
        session.rbac.save(assignment("below", group + "/providers/A.B/c/d", "p"));
        session.rbac.save(assignment("longer", group + "0", "p"));
        session.rbac.save(assignment("hyphen", group + "-2", "p"));
        session.rbac.save(assignment("other", sub + "/resourceGroups/rgx1y", "p"));
        session.rbac.save(assignment("above", sub, "p"));
        session.rbac.erase_role_assignments_below(sub + "/RESOURCEGROUPS/RG_1%/");
        CHECK(names(session.rbac.role_assignments()) == "longer hyphen other above ");
        session.rbac.erase_role_assignment("LONGER");
        CHECK(names(session.rbac.role_assignments()) == "hyphen other above ");
        session.rbac.erase_role_assignments_below("/");
        CHECK(names(session.rbac.role_assignments()) == "");
    });
}

TEST_CASE_FIXTURE(RbacState, "a deny assignment comes back whole") {
    rbac::DenyAssignment deny;
    deny.name = "D1";
    deny.display_name = "No deletes";
    deny.description = "why";
    deny.permissions = {{{"*/delete"}, {}, {}, {}, "", ""}};
    deny.scope = sub;
    deny.do_not_apply_to_child_scopes = true;
    deny.principals = {{std::string(rbac::everyone_id), "SystemDefined"}};
    deny.exclude_principals = {{"p1", "User"}, {"p2", "Group"}};
    deny.is_system_protected = true;
    deny.created_on = test_instant();
    write(*state, [&](Session& session) { session.rbac.save(deny); });
    write(*state, [&](Session& session) {
        REQUIRE(session.rbac.deny_assignments().size() == 1);
        const rbac::DenyAssignment found = session.rbac.deny_assignments()[0];
        CHECK(found.display_name == "No deletes");
        CHECK(found.description == "why");
        CHECK(found.permissions[0].actions == std::vector<std::string>{"*/delete"});
        CHECK(found.scope == sub);
        CHECK(found.do_not_apply_to_child_scopes);
        CHECK(found.principals[0].type == "SystemDefined");
        REQUIRE(found.exclude_principals.size() == 2);
        CHECK(found.exclude_principals[1].id == "p2");
        CHECK(found.is_system_protected);
        CHECK(found.created_on == test_instant());
        CHECK(session.rbac.erase_deny_assignment("d1"));
        CHECK_FALSE(session.rbac.erase_deny_assignment("d1"));
    });
}

TEST_CASE_FIXTURE(RbacState,
                  "role assignments are visited in order of creation, whichever way they are found") {
    write(*state, [](Session& session) {
        session.rbac.save(assignment("a", sub + "/resourceGroups/rg", "p"));
        session.rbac.save(assignment("b", "/", "q"));
        session.rbac.save(assignment("c", sub, "p"));
        session.rbac.save(assignment("d", sub + "/resourceGroups/rg-2", "q"));
        session.rbac.save(assignment("e", sub + "2", "p"));
    });
    read(*state, [](Session& session) {
        const auto found = [&](const rbac::AssignmentSearch& search) {
            std::string text;
            session.rbac.visit_role_assignments(
                search, [&](const rbac::RoleAssignment& one) { text += one.name + " "; });
            return text;
        };
        CHECK(found({.scopes = {"/"}, .below = sub, .principals = {}}) == "a b c d ");
        CHECK(found({.scopes = {"/"}, .below = sub, .principals = {"P"}}) == "a c ");
        CHECK(found({.scopes = {"/", sub}, .below = {}, .principals = {}}) == "b c ");
        CHECK(found({.scopes = {sub}, .below = {}, .principals = {"q"}}) == "");
        CHECK(found({.scopes = {}, .below = "/", .principals = {}}) == "a b c d e ");
        CHECK(session.rbac.count_role_assignments_below(sub, 10) == 3);
        CHECK(session.rbac.count_role_assignments_below(sub, 2) == 2);
        CHECK(session.rbac.count_role_assignments() == 5);
        CHECK(session.rbac.is_assigned("role-1"));
        CHECK_FALSE(session.rbac.is_assigned("role-2"));
        CHECK(names(session.rbac.role_assignments_at({sub, "/"}, {"P", "x"})) == "c ");
    });
}

}  // namespace azid::test
