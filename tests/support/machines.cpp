#include "support/machines.hpp"

#include "support/deployments.hpp"

#include <nlohmann/json.hpp>

namespace azid::test {

namespace {

std::string network_id(const GroupWorld& world, const std::string& type, const std::string& name) {
    return world.id("Microsoft.Network", type, name).text();
}

}  // namespace

Json machine_body(const GroupWorld& world, const std::string& name) {
    return {
        {"type", "Microsoft.Compute/virtualMachines"},
        {"name", name},
        {"location", "westeurope"},
        {"tags", Json::object()},
        {"dependsOn", Json::array({"Microsoft.Network/networkInterfaces/" + name + "VMNic"})},
        {"properties",
         {{"hardwareProfile", {{"vmSize", "Standard_B1s"}}},
          {"storageProfile",
           {{"imageReference",
             {{"publisher", "Canonical"},
              {"offer", "0001-com-ubuntu-server-jammy"},
              {"sku", "22_04-lts-gen2"},
              {"version", "latest"}}},
            {"osDisk", {{"createOption", "fromImage"}, {"name", nullptr}}}}},
          {"osProfile",
           {{"computerName", name}, {"adminUsername", "azureuser"}, {"adminPassword", "Passw0rd!Passw0rd!"}}},
          {"networkProfile",
           {{"networkInterfaces",
             Json::array({{{"id", network_id(world, "networkInterfaces", name + "VMNic")}}})}}}}}};
}

Json machine_template(const GroupWorld& world, const std::string& name) {
    const Json network = {
        {"type", "Microsoft.Network/virtualNetworks"},
        {"name", name + "VNET"},
        {"location", "westeurope"},
        {"properties",
         {{"addressSpace", {{"addressPrefixes", Json::array({"10.0.0.0/16"})}}},
          {"subnets",
           Json::array({{{"name", "back"}, {"properties", {{"addressPrefix", "10.0.0.0/24"}}}}})}}}};
    const Json interface = {
        {"type", "Microsoft.Network/networkInterfaces"},
        {"name", name + "VMNic"},
        {"location", "westeurope"},
        {"dependsOn", Json::array({"Microsoft.Network/virtualNetworks/" + name + "VNET"})},
        {"properties",
         {{"ipConfigurations",
           Json::array(
               {{{"name", "ipconfig1"},
                 {"properties",
                  {{"subnet",
                    {{"id", network_id(world, "virtualNetworks", name + "VNET") + "/subnets/back"}}}}}}})}}}};
    return Json::array({network, interface, machine_body(world, name)});
}

void make_machine(Session& session, const GroupWorld& world, const std::string& name, const Json& extra) {
    Json resources = machine_template(world, name);
    if (extra.is_object()) resources[2].merge_patch(extra);
    deploy(session, {world.subscription(), "rg", "test"}, resources);
}

}  // namespace azid::test
