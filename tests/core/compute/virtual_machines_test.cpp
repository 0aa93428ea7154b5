#include "core/compute/virtual_machines.hpp"

#include "core/arm/groups.hpp"
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/compute/disks.hpp"
#include "core/compute/ports.hpp"
#include "core/compute/power.hpp"
#include "support/machines.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace azid::test {

namespace {

struct MachineWorld : GroupWorld {
    MachineWorld() {
        as_admin([&](Session& session) { make_machine(session, *this, "vm", {}); });
    }

    std::string refusal(const std::function<void(Session&)>& work) {
        try {
            as_admin(work);
        } catch (const Error& error) {
            return std::string(error.fault().code) + ": " + error.message();
        }
        return "accepted";
    }

    bool there(const char* provider, const char* type, const std::string& name) {
        bool found = false;
        as_admin([&](Session& session) {
            found = session.arm.find_resource(id(provider, type, name)).has_value();
        });
        return found;
    }
};

// The names of the members, at any depth, as dotted paths.
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

TEST_CASE_FIXTURE(MachineWorld, "a machine shows what Compute shows of one") {
    std::ifstream file(AZID_SHARED_DIR "/golden/arm/vm-get-200-identity-system-user-instanceview.01.json");
    if (!file) {
        MESSAGE("skipped: the recorded answers are not here");
        return;
    }
    const Json recorded = Json::parse(file)["response_body"];
    Json made;
    as_admin([&](Session& session) {
        compute::patch_machine(session, machine("vm"), {{"identity", {{"type", "SystemAssigned"}}}});
        made = compute::show_machine(session, machine("vm"), {.instance_view = true});
    });
    std::vector<std::string> wanted;
    std::vector<std::string> shown;
    paths(recorded, "", wanted);
    paths(made, "", shown);
    for (const std::string& path : wanted) {
        if (path.find("userAssigned") != std::string::npos || path.find(".ssh") != std::string::npos)
            continue;
        CHECK_MESSAGE(std::count(shown.begin(), shown.end(), path) > 0, "missing " << path);
    }
}

TEST_CASE_FIXTURE(MachineWorld, "a machine is running, and its password is nowhere") {
    as_admin([&](Session& session) {
        const auto row = session.compute.find_virtual_machine(machine("VM").text());
        REQUIRE(row);
        CHECK(row->power_state == "running");
        CHECK(row->size == "Standard_B1s");
        CHECK(row->os_type == "Linux");
        CHECK(row->image == "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest");
        CHECK(row->admin_username == "azureuser");
        const Json body = compute::get_machine(session, machine("vm"));
        CHECK(body["properties"]["vmId"] == row->vm_id);
        CHECK(body["etag"] == "\"1\"");
        CHECK(compact(body).find("Passw0rd") == std::string::npos);
    });
    CHECK(contents(state().path()).find("Passw0rd") == std::string::npos);
}

TEST_CASE_FIXTURE(MachineWorld, "the same PUT again changes nothing but the etag") {
    as_admin([&](Session& session) {
        Json before = compute::get_machine(session, machine("vm"));
        Json after = compute::put_machine(session, machine("VM"), machine_body(*this, "vm"));
        CHECK(after["etag"] == "\"2\"");
        before.erase("etag");
        after.erase("etag");
        CHECK(before == after);
    });
}

TEST_CASE_FIXTURE(MachineWorld, "what a machine keeps for life") {
    const auto put = [&](const Json& change) {
        return refusal([&](Session& session) {
            Json body = machine_body(*this, "vm");
            body.merge_patch({{"properties", change}});
            compute::put_machine(session, machine("vm"), body);
        });
    };
    CHECK(put({{"osProfile", {{"adminUsername", "other"}}}}) ==
          "PropertyChangeNotAllowed: Changing property 'osProfile.adminUsername' is not allowed.");
    CHECK(put({{"storageProfile", {{"imageReference", {{"sku", "20_04-lts"}}}}}}) ==
          "PropertyChangeNotAllowed: Changing property 'imageReference' is not allowed.");
    CHECK(put({{"hardwareProfile", {{"vmSize", "Standard_B2s"}}}}) == "accepted");
    CHECK(
        put({{"hardwareProfile", {{"vmSize", "Standard_Huge"}}}})
            .starts_with("InvalidParameter: The value Standard_Huge provided for the VM size is not valid."));
}

TEST_CASE_FIXTURE(MachineWorld, "a new machine must be complete and well named") {
    const auto make = [&](const Json& change) {
        return refusal([&](Session& session) {
            Json body = machine_body(*this, "new");
            body["properties"].merge_patch(change);
            compute::put_machine(session, machine("new"), body);
        });
    };
    CHECK(make({{"osProfile", {{"adminPassword", nullptr}}}}) ==
          "InvalidParameter: Required parameter 'adminPassword' is missing (null).");
    CHECK(make({{"osProfile", {{"computerName", std::string(65, 'a')}}}})
              .starts_with("InvalidParameter: Linux host name cannot exceed 64 characters"));
    CHECK(make({{"osProfile", {{"computerName", "sixteen-letters-"}}},
                {"storageProfile",
                 {{"imageReference",
                   {{"publisher", "MicrosoftWindowsServer"},
                    {"offer", "WindowsServer"},
                    {"sku", "2022-datacenter-g2"}}}}}})
              .starts_with("InvalidParameter: Windows computer name cannot be more than 15 characters"));
    CHECK(make({{"storageProfile", {{"imageReference", {{"publisher", "nobody"}}}}}})
              .starts_with("InvalidParameter: The following list of images referenced"));
    CHECK(make({{"networkProfile", nullptr}}) ==
          "InvalidParameter: Required parameter 'networkProfile' is missing (null).");
    CHECK(make(Json::object()).starts_with("InvalidResourceReference: Resource "));
    CHECK(
        make({{"networkProfile",
               {{"networkInterfaces",
                 Json::array({{{"id", id("Microsoft.Network", "networkInterfaces", "vmVMNic").text()}}})}}}})
            .starts_with("NicInUse: Network Interface "));
}

TEST_CASE_FIXTURE(MachineWorld, "a machine's name follows Azure's rule") {
    const auto make = [&](const std::string& name) {
        return refusal([&](Session& session) {
            compute::check_machine(session, machine(name), machine_body(*this, "new"));
        });
    };
    for (const char* good : {"vm_1", "a", "web.prod-2"}) CHECK(make(good) == "accepted");
    for (const std::string& bad :
         {std::string("_vm"), std::string("vm-"), std::string("bad name"), std::string(65, 'x')})
        CHECK(make(bad).starts_with("InvalidParameter: The entity name 'vmName' is invalid"));
}

TEST_CASE_FIXTURE(MachineWorld, "data disks are made, kept by their lun, and let go") {
    const auto with_disks = [&](const Json& disks) {
        Json change;
        change["properties"]["storageProfile"]["dataDisks"] = disks;
        Json after;
        as_admin([&](Session& session) {
            after = compute::patch_machine(session, machine("vm"),
                                           change)["properties"]["storageProfile"]["dataDisks"];
        });
        return after;
    };
    const Json wanted = Json::array({{{"lun", 0}, {"createOption", "empty"}, {"diskSizeGB", 5}},
                                     {{"lun", 1},
                                      {"createOption", "Empty"},
                                      {"diskSizeGB", 6},
                                      {"managedDisk", {{"storageAccountType", "Standard_LRS"}}}}});
    const Json made = with_disks(wanted);
    REQUIRE(made.size() == 2);
    CHECK(made[0]["createOption"] == "Empty");
    CHECK(made[0]["managedDisk"]["storageAccountType"] == "Premium_LRS");
    CHECK(made[1]["managedDisk"]["storageAccountType"] == "Standard_LRS");
    CHECK(with_disks(wanted) == made);
    const std::string gone = made[1]["name"];
    CHECK(with_disks(Json::array({made[0]})).size() == 1);
    as_admin([&](Session& session) {
        const auto disk = session.arm.find_resource(id("Microsoft.Compute", "disks", gone));
        REQUIRE(disk);
        CHECK(disk->managed_by.empty());
        CHECK(compute::remove_disk(session, disk->id));
    });
    CHECK(refusal([&](Session& session) {
              compute::remove_disk(session, id("Microsoft.Compute", "disks", made[0]["name"]));
          }).starts_with("OperationNotAllowed: Disk "));
}

TEST_CASE_FIXTURE(MachineWorld, "power states and what they allow") {
    const auto state_now = [&] {
        std::string state;
        as_admin([&](Session& session) {
            const Json body = compute::show_machine(session, machine("vm"), {.instance_view = true});
            state = body["properties"]["instanceView"]["statuses"][1]["code"];
        });
        return state;
    };
    const auto run = [&](auto action) {
        return refusal([&](Session& session) { action(session, machine("vm"), Json()); });
    };
    CHECK(state_now() == "PowerState/running");
    run(compute::power_off_machine);
    CHECK(state_now() == "PowerState/stopped");
    CHECK(run(compute::restart_machine) ==
          "OperationNotAllowed: The operation requires the VM to be running (or set to run).");
    run(compute::deallocate_machine);
    run(compute::power_off_machine);
    CHECK(state_now() == "PowerState/deallocated");
    run(compute::start_machine);
    CHECK(run(compute::restart_machine) == "accepted");
    CHECK(state_now() == "PowerState/running");
}

TEST_CASE_FIXTURE(MachineWorld, "starting takes its own right") {
    const std::string reader = add_user("rita", {{"Reader", group_scope()}});
    std::string message;
    try {
        as(reader, [&](Session& session) { compute::start_machine(session, machine("vm"), {}); });
    } catch (const Error& error) {
        message = error.message();
    }
    CHECK(message.find("'Microsoft.Compute/virtualMachines/start/action'") != std::string::npos);
}

TEST_CASE_FIXTURE(MachineWorld, "deleting a machine leaves interface and disk, unless told otherwise") {
    const auto os_disk = [&] {
        std::string name;
        as_admin([&](Session& session) {
            name = compute::get_machine(session,
                                        machine("vm"))["properties"]["storageProfile"]["osDisk"]["name"];
        });
        return name;
    };
    SUBCASE("as it is") {
        const std::string disk = os_disk();
        as_admin([&](Session& session) { compute::remove_machine(session, machine("vm")); });
        CHECK(there("Microsoft.Compute", "disks", disk));
        CHECK(there("Microsoft.Network", "networkInterfaces", "vmVMNic"));
    }
    SUBCASE("with delete options") {
        as_admin([&](Session& session) {
            Json change;
            change["properties"]["storageProfile"]["osDisk"]["deleteOption"] = "Delete";
            change["properties"]["networkProfile"]["networkInterfaces"] =
                Json::array({{{"id", id("Microsoft.Network", "networkInterfaces", "vmVMNic").text()},
                              {"properties", {{"deleteOption", "Delete"}}}}});
            compute::patch_machine(session, machine("vm"), change);
        });
        const std::string disk = os_disk();
        as_admin([&](Session& session) { compute::remove_machine(session, machine("vm")); });
        CHECK_FALSE(there("Microsoft.Compute", "disks", disk));
        CHECK_FALSE(there("Microsoft.Network", "networkInterfaces", "vmVMNic"));
    }
}

TEST_CASE_FIXTURE(MachineWorld, "a group takes its machines and their principals with it") {
    as_admin([&](Session& session) {
        compute::patch_machine(session, machine("vm"), {{"identity", {{"type", "SystemAssigned"}}}});
        arm::delete_group(session, subscription(), "rg");
        CHECK(session.arm.resources(subscription(), "", "").empty());
        CHECK_FALSE(session.compute.find_virtual_machine(machine("vm").text()));
    });
}

}  // namespace azid::test
