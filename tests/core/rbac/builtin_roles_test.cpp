#include "core/rbac/builtin_roles.hpp"

#include "core/rbac/condition.hpp"
#include "core/rbac/model.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using namespace azid::rbac;

namespace {
const RoleDefinition& role(std::string_view guid) {
    const std::vector<RoleDefinition>& all = builtin_roles();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const RoleDefinition& one) { return one.name == guid; });
    REQUIRE(found != all.end());
    return *found;
}
using Texts = std::vector<std::string>;
}  // namespace

TEST_CASE("all built-in roles are there, each once") {
    std::map<std::string, int> names;
    for (const RoleDefinition& one : builtin_roles()) ++names[one.name];
    CHECK(builtin_roles().size() == 707);
    CHECK(names.size() == 707);
}

TEST_CASE("a built-in role is read as it is written") {
    const RoleDefinition& contributor = role(contributor_role);
    CHECK(contributor.role_name == "Contributor");
    CHECK(contributor.type == "BuiltInRole");
    CHECK(contributor.assignable_scopes == Texts{"/"});
    CHECK(azid::utc_ticks(contributor.created_on) == "2015-02-02T21:55:09.8806420Z");
    REQUIRE(contributor.permissions.size() == 1);
    CHECK(contributor.permissions[0].actions == Texts{"*"});
    CHECK(contributor.permissions[0].not_actions[1] == "Microsoft.Authorization/*/Write");
    CHECK(role("4633458b-17de-408a-b874-0445c86b69e6").permissions[0].data_actions ==
          Texts{"Microsoft.KeyVault/vaults/secrets/getSecret/action",
                "Microsoft.KeyVault/vaults/secrets/readMetadata/action"});
    CHECK(role("8b54135c-b56d-4d72-a534-26097cfdc8d8").permissions[0].condition_version == "2.0");
}

TEST_CASE("the conditions inside built-in roles can be read") {
    int conditions = 0;
    for (const RoleDefinition& one : builtin_roles()) {
        for (const Permission& permission : one.permissions) {
            if (permission.condition.empty()) continue;
            ++conditions;
            CAPTURE(permission.condition);
            CHECK_NOTHROW(Condition::parse(permission.condition));
        }
    }
    CHECK(conditions == 26);
}

TEST_CASE("the built-in roles are those of the recorded list") {
    const std::filesystem::path recorded =
        std::filesystem::path(AZID_SHARED_DIR) / "golden/builtin-roles.json";
    if (!std::filesystem::exists(recorded)) {
        MESSAGE("skipped: no " << recorded.string());
        return;
    }
    std::ifstream file(recorded);
    const nlohmann::json list = nlohmann::json::parse(file);
    const auto text = [](const nlohmann::json& of, const char* member) {
        return of.contains(member) && of.at(member).is_string() ? of.at(member).get<std::string>()
                                                                : std::string();
    };
    for (const nlohmann::json& expected : list) {
        const RoleDefinition& found = role(expected.at("name").get<std::string>());
        CHECK(found.role_name == expected.at("roleName").get<std::string>());
        CHECK(found.updated_by == text(expected, "updatedBy"));
        CHECK(azid::utc_ticks(found.updated_on).substr(0, 26) == text(expected, "updatedOn").substr(0, 26));
        REQUIRE(found.permissions.size() == expected.at("permissions").size());
        for (size_t i = 0; i < found.permissions.size(); ++i) {
            const nlohmann::json& permission = expected.at("permissions")[i];
            CHECK(found.permissions[i].actions == permission.at("actions").get<Texts>());
            CHECK(found.permissions[i].not_actions == permission.at("notActions").get<Texts>());
            CHECK(found.permissions[i].data_actions == permission.at("dataActions").get<Texts>());
            CHECK(found.permissions[i].not_data_actions == permission.at("notDataActions").get<Texts>());
            CHECK(found.permissions[i].condition == text(permission, "condition"));
        }
    }
}
