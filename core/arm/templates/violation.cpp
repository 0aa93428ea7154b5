#include "core/arm/templates/violation.hpp"

#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm::templates {

Position Source::position(std::string_view part) const {
    if (!positions) return {};
    const auto found = positions->find(part.empty() ? path : fmt::format("{}.{}", path, part));
    return found == positions->end() ? Position{} : found->second;
}

std::string Source::at(std::string_view part) const {
    const Position where = position(part);
    return fmt::format(" at line '{}' and column '{}'", where.line, where.column);
}

Error violation(const Source& source, std::string_view part, const std::string& what) {
    const Position where = source.position(part);
    const Json info =
        Json::array({{{"type", "TemplateViolation"},
                      {"info",
                       {{"lineNumber", where.line},
                        {"linePosition", where.column},
                        {"path", part.empty() ? source.path : fmt::format("{}.{}", source.path, part)}}}}});
    return Error(fault::invalid_template, fmt::format("Deployment template validation failed: '{}.'.", what))
        .with_additional_info(compact(info));
}

}  // namespace azid::arm::templates
