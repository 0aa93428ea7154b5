#include "core/network/network.hpp"

#include "core/arm/deployment.hpp"
#include "core/base/error.hpp"
#include "core/compute/virtual_machines.hpp"
#include "support/machines.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace azid::test {

namespace {

struct NetworkWorld : GroupWorld {
    NetworkWorld() {
        as_admin([&](Session& session) { make_machine(session, *this, "vm", {}); });
    }
    arm::ResourceId net(const std::string& type, const std::string& name) const {
        return id("Microsoft.Network", type, name);
    }
    std::string subnet() const { return net("virtualNetworks", "vmVNET").child("subnets", "back").text(); }

    Json interface_body(const Json& more) const {
        Json properties = {{"subnet", {{"id", subnet()}}}};
        properties.merge_patch(more);
        return {{"location", "westeurope"},
                {"properties",
                 {{"ipConfigurations", Json::array({{{"name", "one"}, {"properties", properties}}})}}}};
    }
    std::string refusal(const std::function<void(Session&)>& work) {
        try {
            as_admin(work);
        } catch (const Error& error) {
            return std::string(error.fault().code);
        }
        return "accepted";
    }
};

std::string private_address(const Json& interface) {
    return interface["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"];
}

}  // namespace

TEST_CASE_FIXTURE(NetworkWorld, "interfaces get the next free address of their subnet") {
    as_admin([&](Session& session) {
        CHECK(private_address(network::get_interface(session, net("networkInterfaces", "vmVMNic"))) ==
              "10.0.0.4");
        const Json fixed =
            interface_body({{"privateIPAllocationMethod", "Static"}, {"privateIPAddress", "10.0.0.5"}});
        network::put_interface(session, net("networkInterfaces", "a"), fixed);
        const arm::ResourceId b = net("networkInterfaces", "b");
        CHECK(private_address(network::put_interface(session, b, interface_body(Json::object()))) ==
              "10.0.0.6");
        CHECK(network::remove_interface(session, net("networkInterfaces", "a")));
        CHECK(private_address(network::put_interface(session, b, interface_body(Json::object()))) ==
              "10.0.0.6");
    });
    const auto put = [&](const char* address) {
        return refusal([&](Session& session) {
            network::put_interface(
                session, net("networkInterfaces", "c"),
                interface_body({{"privateIPAllocationMethod", "Static"}, {"privateIPAddress", address}}));
        });
    };
    CHECK(put("10.0.0.4") == "PrivateIPAddressInUse");
    CHECK(put("10.9.0.4") == "PrivateIPAddressNotInSubnet");
    CHECK(put("10.0.0.9") == "accepted");
}

TEST_CASE_FIXTURE(NetworkWorld, "an attached interface names its machine, and cannot go before it") {
    as_admin([&](Session& session) {
        const Json interface = network::get_interface(session, net("networkInterfaces", "vmVMNic"));
        CHECK(interface["properties"]["virtualMachine"]["id"] == machine("vm").text());
        CHECK(interface["properties"]["macAddress"].get<std::string>().starts_with("00-0D-3A-"));
    });
    const auto remove = [&] {
        return refusal([&](Session& session) {
            network::remove_interface(session, net("networkInterfaces", "vmVMNic"));
        });
    };
    CHECK(remove() == "NicInUse");
    as_admin([&](Session& session) { compute::remove_machine(session, machine("vm")); });
    CHECK(remove() == "accepted");
}

TEST_CASE_FIXTURE(NetworkWorld, "what is in use cannot be deleted") {
    as_admin([&](Session& session) {
        network::put_public_address(session, net("publicIPAddresses", "ip"),
                                    {{"location", "westeurope"}, {"sku", {{"name", "Standard"}}}});
        network::put_security_group(session, net("networkSecurityGroups", "nsg"),
                                    {{"location", "westeurope"}});
        Json body = interface_body({{"publicIPAddress", {{"id", net("publicIPAddresses", "ip").text()}}}});
        body["properties"]["networkSecurityGroup"]["id"] = net("networkSecurityGroups", "nsg").text();
        network::put_interface(session, net("networkInterfaces", "a"), body);
    });
    CHECK(refusal([&](Session& session) {
              network::remove_public_address(session, net("publicIPAddresses", "ip"));
          }) == "PublicIPAddressCannotBeDeleted");
    CHECK(refusal([&](Session& session) {
              network::remove_security_group(session, net("networkSecurityGroups", "nsg"));
          }) == "InUseNetworkSecurityGroupCannotBeDeleted");
    CHECK(refusal([&](Session& session) {
              network::remove_virtual_network(session, net("virtualNetworks", "vmVNET"));
          }) == "InUseSubnetCannotBeDeleted");
    CHECK(refusal([&](Session& session) {
              network::put_interface(
                  session, net("networkInterfaces", "b"),
                  interface_body({{"publicIPAddress", {{"id", net("publicIPAddresses", "ip").text()}}}}));
          }) == "PublicIPAddressInUse");
    as_admin([&](Session& session) {
        const Json address = network::get_public_address(session, net("publicIPAddresses", "ip"));
        CHECK(address["properties"]["publicIPAllocationMethod"] == "Static");
        CHECK(address["properties"]["ipConfiguration"]["id"] ==
              net("networkInterfaces", "a").text() + "/ipConfigurations/one");
        const network::Addresses addresses =
            network::addresses_of(session, net("networkInterfaces", "A").text());
        REQUIRE(addresses.public_addresses.size() == 1);
        CHECK(addresses.public_addresses[0].address == address["properties"]["ipAddress"]);
    });
}

TEST_CASE_FIXTURE(NetworkWorld, "joining a subnet takes a right on it") {
    const std::string user =
        add_user("nina", {{"Virtual Machine Contributor", net("networkInterfaces", "mine").text()}});
    std::string code;
    try {
        as(user, [&](Session& session) {
            network::put_interface(session, net("networkInterfaces", "mine"), interface_body(Json::object()));
        });
    } catch (const Error& error) {
        code = error.fault().code;
        CHECK(error.message().find("'Microsoft.Network/virtualNetworks/subnets/join/action'") !=
              std::string::npos);
    }
    CHECK(code == "LinkedAuthorizationFailed");
}

TEST_CASE_FIXTURE(NetworkWorld, "subnets come and go within their network") {
    const arm::ResourceId front = net("virtualNetworks", "vmVNET").child("subnets", "front");
    as_admin([&](Session& session) {
        network::put_subnet(session, front, {{"properties", {{"addressPrefix", "10.0.1.0/24"}}}});
        CHECK(network::get_subnet(session, front)["properties"]["addressPrefix"] == "10.0.1.0/24");
        CHECK(network::get_virtual_network(session, *front.parent())["properties"]["subnets"].size() == 2);
        CHECK(network::remove_subnet(session, front));
        CHECK_FALSE(network::remove_subnet(session, front));
    });
    CHECK(refusal([&](Session& session) {
              network::put_subnet(session, front, {{"properties", {{"addressPrefix", "10.1.0.0/24"}}}});
          }) == "NetcfgInvalidSubnet");
    CHECK(refusal([&](Session& session) {
              network::put_subnet(session, front, {{"properties", {{"addressPrefix", "10.0.0.1/24"}}}});
          }) == "InvalidAddressPrefixFormat");
}

}  // namespace azid::test
