#include "cli/commands/ad_filter.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/odata.hpp"
#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

std::string filter_term(std::string_view before, std::string_view text, std::string_view after) {
    return std::string(before) + replace_all(std::string(text), "'", "''") + std::string(after);
}

Json passing(const std::vector<Json>& objects, const std::vector<std::string>& terms) {
    std::vector<ODataFilter> filters;
    for (const std::string& term : terms) {
        const std::optional<ODataFilter> filter = ODataFilter::parse(term);
        if (!filter) throw Error(fault::graph_bad_request, "Invalid filter clause: " + term + ".");
        filters.push_back(*filter);
    }
    Json found = Json::array();
    for (const Json& object : objects)
        if (std::all_of(filters.begin(), filters.end(),
                        [&](const ODataFilter& filter) { return filter.matches(object); }))
            found.push_back(object);
    return found;
}

}  // namespace azid::commands
