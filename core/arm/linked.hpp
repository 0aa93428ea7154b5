// Linked access: using one resource from another one takes a right on both. And the references themselves.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// Checks that the caller, who may perform the action on the scope, may also perform the linked action on each
// of the linked ids. Throws Error (fault::linked_authorization_failed) in ARM's words, naming all ids that
// fail.
void authorise_linked(Session& session, std::string_view action, std::string_view scope,
                      std::string_view linked_action, const std::vector<std::string>& linked_ids);

// Reads a resource id that stands in a property. Throws Error (fault::linked_invalid_property_id) in ARM's
// words when it is no complete id.
ResourceId linked_id(std::string_view text, std::string_view path);

// The resource that another one refers to. Throws Error (fault::invalid_resource_reference) in
// Microsoft.Network's and Compute's words when there is none.
Resource require_reference(Session& session, const ResourceId& wanted, const ResourceId& referrer);

}  // namespace azid::arm
