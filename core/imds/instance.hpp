// What /metadata/instance tells a VM about itself.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

namespace azid::imds {

// {"compute":{...},"network":{...}}: every value a text, what does not apply an empty one, and no word of
// identities (the metadata service's documentation).
Json instance_document(Session& session, const arm::Resource& vm);

// {"loadbalancer":{"publicIpAddresses":[{"frontendIpAddress","privateIpAddress"}],"inboundRules":[],
// "outboundRules":[]}}: the VM's own public addresses of the Standard SKU, for azid has no load balancers.
// Null when it has none.
Json load_balancer_document(Session& session, const arm::Resource& vm);

}  // namespace azid::imds
