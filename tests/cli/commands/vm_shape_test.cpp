#include "cli/commands/vm_shape.hpp"

#include "core/compute/virtual_machines.hpp"
#include "support/machines.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace azid::test {

namespace {

// What az printed for the command, by its transcript; null when it is not here.
Json printed(const std::string& command) {
    std::ifstream file(AZID_SHARED_DIR "/az-contract/shapes.txt");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::size_t section = text.find("### " + command + "\n");
    if (section == std::string::npos) return nullptr;
    const std::size_t start = text.find('{', section);
    return Json::parse(text.substr(start, text.find("\n}\n", start) + 2 - start));
}

void paths(const Json& value, const std::string& prefix, std::vector<std::string>& found) {
    if (value.is_array()) {
        for (const Json& item : value) paths(item, prefix + "[]", found);
    } else if (value.is_object()) {
        for (const auto& [name, member] : value.items()) {
            found.push_back(prefix + "." + name);
            paths(member, prefix + "." + name, found);
        }
    }
}

}  // namespace

TEST_CASE_FIXTURE(GroupWorld, "a machine is shown with every field that az's model has") {
    const Json recorded = printed("az vm get-instance-view -g rg1 -n vm1 -o json");
    if (recorded.is_null()) {
        MESSAGE("skipped: az's transcripts are not here");
        return;
    }
    Json shaped;
    as_admin([&](Session& session) {
        make_machine(session, *this, "vm", {});
        shaped = commands::shaped_machine(
            compute::show_machine(session, machine("vm"), {.instance_view = true, .user_data = false}));
    });
    std::vector<std::string> wanted;
    std::vector<std::string> shown;
    paths(recorded, "", wanted);
    paths(shaped, "", shown);
    for (const std::string& path : wanted) {
        // The group is added to everything with an id later on; this machine signs in by password.
        if (path.ends_with(".resourceGroup") || path.find(".ssh.") != std::string::npos) continue;
        CHECK_MESSAGE(std::count(shown.begin(), shown.end(), path) > 0, "missing " << path);
    }
    CHECK(shaped["osProfile"]["linuxConfiguration"]["provisionVmAgent"] == true);
    CHECK(shaped["storageProfile"]["osDisk"]["diskSizeGb"] == 30);
    CHECK(shaped["networkProfile"]["networkInterfaces"][0]["primary"].is_null());
    CHECK_FALSE(shaped.contains("properties"));
}

TEST_CASE("the user's own words keep their spelling") {
    const Json body = {{"name", "vm"},
                       {"tags", {{"diskSizeGB", "mine"}}},
                       {"properties", {{"storageProfile", {{"osDisk", {{"diskSizeGB", 5}}}}}}}};
    const Json shaped = commands::shaped_machine(body);
    CHECK(shaped["tags"] == Json{{"diskSizeGB", "mine"}});
    CHECK(shaped["storageProfile"]["osDisk"]["diskSizeGb"] == 5);
    CHECK(shaped["identity"].is_null());
    CHECK(commands::shaped_identity(body).is_null());
}

}  // namespace azid::test
