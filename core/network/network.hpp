// The network resources that a virtual machine stands on: virtual networks with their subnets, network
// security groups, public addresses, network interfaces. Only what az and the identity flow show of them is
// here; no packet flows. References are kept one way (an interface names its subnet, a machine its
// interface); the other way is looked up when a resource is shown.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::network {

// PUT of each type, GET, and DELETE, as ResourceType wants them: authorised, in ARM's JSON and words.
Json put_virtual_network(Session& session, const arm::ResourceId& id, const Json& body);
Json put_subnet(Session& session, const arm::ResourceId& id, const Json& body);
Json put_security_group(Session& session, const arm::ResourceId& id, const Json& body);
Json put_public_address(Session& session, const arm::ResourceId& id, const Json& body);
Json put_interface(Session& session, const arm::ResourceId& id, const Json& body);

// One rule of a security group, which keeps it. Throws Error: besides the envelope's, SecurityRuleConflict
// for a priority that another rule of that direction has.
Json put_security_rule(Session& session, const arm::ResourceId& id, const Json& body);

Json get_virtual_network(Session& session, const arm::ResourceId& id);
Json get_subnet(Session& session, const arm::ResourceId& id);
Json get_security_group(Session& session, const arm::ResourceId& id);
Json get_security_rule(Session& session, const arm::ResourceId& id);
Json get_public_address(Session& session, const arm::ResourceId& id);
Json get_interface(Session& session, const arm::ResourceId& id);

bool remove_virtual_network(Session& session, const arm::ResourceId& id);
bool remove_subnet(Session& session, const arm::ResourceId& id);
bool remove_security_group(Session& session, const arm::ResourceId& id);
bool remove_security_rule(Session& session, const arm::ResourceId& id);
bool remove_public_address(Session& session, const arm::ResourceId& id);
bool remove_interface(Session& session, const arm::ResourceId& id);

// What a virtual network or a security group holds. Throws Error: AuthorizationFailed, ResourceNotFound.
std::vector<Json> list_subnets(Session& session, const arm::ResourceId& network);
std::vector<Json> list_security_rules(Session& session, const arm::ResourceId& group);

// What else a PUT asks of the caller: joining the subnets, addresses and groups that an interface names.
// Throws Error (fault::linked_authorization_failed).
void check_interface(Session& session, const arm::ResourceId& id, const Json& body);

struct PublicAddress {
    std::string id;
    std::string name;
    std::string address;  // empty: none allocated
    std::string allocation;
    std::string fqdn;           // empty for none
    std::string zone;           // empty for none
    std::string delete_option;  // "Delete" when it goes with the machine
};

// What an interface has, for the commands that show a machine's addresses.
struct Addresses {
    std::string mac;
    std::vector<std::string> private_addresses;
    std::vector<PublicAddress> public_addresses;
};

// Of one interface; nothing at all when it is gone. Throws Error (fault::authorization_failed) when the
// caller may not read it or its public addresses.
Addresses addresses_of(Session& session, std::string_view interface_id);

}  // namespace azid::network
