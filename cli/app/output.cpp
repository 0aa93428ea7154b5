#include "cli/app/output.hpp"

#include "cli/app/environment.hpp"
#include "cli/render/format.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/query/jmespath.hpp"
#include "core/query/sorted.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::app {

namespace {

constexpr std::string_view query_reference =
    "To learn more about --query, please visit: 'https://learn.microsoft.com/cli/azure/query-azure-cli'";

bool has_member(const Json& object, std::string_view name) {
    for (const auto& [key, member] : object.items())
        if (iequals(key, name)) return true;
    return false;
}

void add_resource_groups(Json& value) {
    if (value.is_array())
        for (Json& item : value) add_resource_groups(item);
    if (!value.is_object()) return;
    for (auto& [key, member] : value.items())
        if (key != "sourceVault") add_resource_groups(member);
    const std::string id = text_at(value, "id");
    if (!istarts_with(id, "/subscriptions/") || has_member(value, "resourceGroup")) return;
    const std::vector<std::string> pieces = split(id, '/');
    if (pieces.size() >= 9 && iequals(pieces[3], "resourceGroups")) value["resourceGroup"] = pieces[4];
}

// Objects that the query did not compose keep their order everywhere but in tsv, where az sorts them.
Json queried(const Json& data, const std::string& query, render::Format format) {
    try {
        query::Expression expression = query::compile(query);
        if (format != render::Format::tsv) return query::search(expression, data);
        expression.sort_literals();
        return query::search(expression, query::sorted(data));
    } catch (const query::RuntimeError& problem) {
        Error error(fault::client,
                    fmt::format("Invalid jmespath query supplied for `--query`: {}", problem.what()));
        throw error.with_hint(std::string(query_reference));
    }
}

}  // namespace

Json with_resource_groups(Json value) {
    add_resource_groups(value);
    return value;
}

int print_result(const spec::Command& command, const Json& result, const Printing& printing,
                 const Environment& environment) {
    const std::string& format = printing.format;
    const std::optional<render::Format> known = render::format_named(format.empty() ? "json" : format);
    // Nothing to print fails nowhere: not in "config set core.output=...", which has just been done.
    if (!known && result.is_null()) return 0;
    if (!known)
        throw Error(fault::client,
                    fmt::format("'{}' is no output format. Use json, jsonc, yaml, yamlc, table, tsv or none.",
                                format));
    Json value = command.raw ? result : with_resource_groups(result);
    render::Style style;
    if (printing.query) {
        value = queried(value, *printing.query, *known);
        style.sort_keys = false;
    } else if (*known == render::Format::table && !command.table.empty()) {
        value = query::search(query::compile(command.table), value);
        if (command.tabulate != nullptr) value = command.tabulate(std::move(value));
        style.sort_keys = false;
    }
    style.colour = printing.coloured;
    environment.write_out(render::render(value, *known, style));
    return 0;
}

}  // namespace azid::app
