#include "core/entra/wire.hpp"

#include "core/entra/groups.hpp"
#include "core/entra/ports.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace azid::test {

namespace {

// The first object of a recorded answer. Null, with a message, where there are no recordings.
Json recorded(const std::string& name) {
    std::ifstream file(std::string(AZID_SHARED_DIR) + "/golden/arm/" + name);
    if (!file) {
        MESSAGE("no recording " << name);
        return nullptr;
    }
    const Json body = Json::parse(file)["response_body"];
    return body.contains("value") ? body["value"][0] : body;
}

std::vector<std::string> members(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items())
        if (!name.starts_with('@')) names.push_back(name);
    return names;
}

// Of the members that are null in the recording, those that are in the object.
std::vector<std::string> members_that_are_null(const Json& object, const Json& recording) {
    std::vector<std::string> names;
    for (const auto& [name, value] : recording.items())
        if (value.is_null() && object.contains(name) && object[name].is_null()) names.push_back(name);
    return names;
}

}  // namespace

TEST_CASE_FIXTURE(World, "a managed identity has the members of recorded answers, in their order") {
    const Json expected = recorded("graph-getbyids-200-mi.01.json");
    if (expected.is_null()) return;
    add_group("rg1");
    const entra::ServicePrincipal principal = add_identity("rg1", "id1");
    as_admin([&](Session& session) {
        const Json shown = entra::wire(session, principal);
        CHECK(members(shown) == members(expected));
        CHECK(members_that_are_null(shown, expected) == members_that_are_null(expected, expected));
    });
}

TEST_CASE_FIXTURE(World, "users and groups have the members of recorded answers, in their order") {
    const Json user = recorded("graph-me-200.01.json");
    const Json group = recorded("graph-group-get-200.01.json");
    if (user.is_null() || group.is_null()) return;
    as_admin([&](Session& session) {
        const entra::User me = *session.entra.find_user(tenant.id, admin.object_id);
        CHECK(members(entra::usual_members(entra::wire(me))) == members(user));
        const Json shown = entra::wire(entra::create_group(session, "g", "g", ""));
        CHECK(members(shown) == members(group));
        CHECK(members_that_are_null(shown, group) == members_that_are_null(group, group));
    });
}

}  // namespace azid::test
