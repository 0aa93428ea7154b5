// A resource group as a template that would make it again.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

struct ExportOptions {
    std::vector<std::string> resources;  // ids; empty: everything in the group
    bool comments = false;
    bool default_values = false;      // parameters get the present names as their defaults
    bool without_parameters = false;  // names stay names
};

// The template: names become parameters, what Azure fills in by itself is left out, ids within the group
// become resourceId expressions. Throws Error: AuthorizationFailed, ResourceGroupNotFound.
Json export_group(Session& session, std::string_view subscription, std::string_view group,
                  const ExportOptions& options);

}  // namespace azid::arm
