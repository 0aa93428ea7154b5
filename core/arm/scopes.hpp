// The things that locks and tags are put on: a subscription, a resource group or a resource.
#pragma once

#include "core/base/session.hpp"

#include <string>
#include <string_view>

namespace azid::arm {

// The scope as the thing at it is spelled. Throws Error (SubscriptionNotFound, ResourceGroupNotFound,
// ResourceNotFound) when there is none, or fault::bad_request when the text is no such scope.
std::string require_scope(Session& session, std::string_view scope);

}  // namespace azid::arm
