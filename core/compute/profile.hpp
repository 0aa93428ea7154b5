// The profiles of a machine's properties: what a client sends made into what Compute keeps and shows.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/compute/images.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::compute {

// The value without members that are null, at any depth: templates send them for "not said".
Json without_nulls(Json value);

// Throws Error (fault::invalid_parameter) in Compute's words when no machine may have the name.
void check_machine_name(std::string_view name);

// Checks what a request for a new machine, or a change of one, says by itself: size, image, names, how to
// sign in. Throws Error (InvalidParameter, PropertyChangeNotAllowed ...) in Compute's words.
void check_properties(const Json& properties, const Json* before);

// The properties to keep: the request's, what it leaves open taken from the machine as it was or from
// Compute's defaults. Makes the disks that the machine needs. before is null for a new machine.
Json completed_properties(Session& session, const arm::Resource& machine, const Json& requested,
                          const Json* before);

// The image that the properties name; empty when there is none (a disk is attached) or azid does not know it.
std::optional<Image> image_of(const Json& properties);
std::string urn_of(const Json& properties);  // empty for none

}  // namespace azid::compute
