#include "cli/parse/parse.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace azid::parse {
namespace {

std::string_view first_name(const spec::Option& option) {
    return option.names.substr(0, option.names.find(' '));
}

// One value of --ids: JSON with "id" members (a list or one object), or ids line by line (az's _ids_action).
void add_ids(const std::string& value, std::vector<std::string>& ids) {
    const Json json = Json::parse(value, nullptr, false);
    if (!json.is_discarded()) {
        for (const Json& entry : json.is_array() ? json : Json::array({json}))
            if (const std::string id = text_at(entry, "id"); !id.empty()) ids.push_back(id);
        return;
    }
    for (const std::string& line : split(replace_all(value, "\r", ""), '\n'))
        if (!line.empty()) ids.push_back(line);
}

// The parts of a resource id by az's names for them: subscription, resource_group, name, child_name_1 ...
// Empty when the text is no resource id.
std::map<std::string, std::string, std::less<>> parts_of(const std::string& id) {
    const std::vector<std::string> pieces = split(id, '/');
    std::map<std::string, std::string, std::less<>> parts;
    if (pieces.size() < 3 || !pieces[0].empty() || !iequals(pieces[1], "subscriptions") || pieces[2].empty())
        return {};
    parts["subscription"] = pieces[2];
    std::size_t next = 3;
    if (next + 1 < pieces.size() && iequals(pieces[next], "resourceGroups")) {
        parts["resource_group"] = pieces[next + 1];
        next += 2;
    }
    if (next == pieces.size()) return parts;
    if (next + 3 >= pieces.size() || !iequals(pieces[next], "providers")) return {};
    parts["name"] = pieces[next + 3];
    std::size_t child = 1;
    for (next += 4; next < pieces.size(); ++child) {
        if (iequals(pieces[next], "providers"))
            ++next;  // a child of another provider: its namespace is no pair
        if (iequals(pieces[next - 1], "providers")) ++next;
        if (next + 1 >= pieces.size()) return {};
        parts[fmt::format("child_name_{}", child)] = pieces[next + 1];
        next += 2;
    }
    return parts;
}

void check_names(const spec::Command& command, const app::Args& args) {
    std::vector<std::string> missing;
    for (const spec::Option& option : command.options)
        if (option.required && !option.id_part.empty() && !args.given(option.key))
            missing.emplace_back(first_name(option));
    if (missing.empty()) return;
    if (command.aaz)
        throw Error(fault::client, "InvalidArgumentValue: Missing required field: " + missing.front());
    throw Error(fault::client, fmt::format("({} | --ids) are required", join(missing, " ")));
}

app::Args of_id(const spec::Command& command, const app::Args& args, const std::string& id) {
    const std::map<std::string, std::string, std::less<>> parts = parts_of(id);
    if (parts.empty()) throw Error(fault::client, "invalid resource ID: " + id);
    app::Args own = args;
    own.set("_ids", {id});
    for (const spec::Option& option : command.options) {
        if (option.id_part.empty()) continue;
        const auto part = parts.find(option.id_part);
        if (part != parts.end())
            own.set(option.key, {part->second});
        else if (option.required)
            throw Error(
                fault::client,
                fmt::format("Argument {} cannot be derived from ID {}. Please provide a complete resource ID "
                            "containing all information of 'Resource Id' arguments. ",
                            first_name(option), id));
        else
            own.erase(option.key);
    }
    return own;
}

}  // namespace

std::vector<app::Args> split_ids(const spec::Command& command, const app::Args& args,
                                 std::vector<std::string>& warnings) {
    if (!command.supports_ids) return {args};
    std::vector<std::string> ids;
    for (const std::string& value : args.list("_ids")) add_ids(value, ids);
    if (ids.empty()) {
        check_names(command, args);
        return {args};
    }
    for (const spec::Option& option : command.options)
        if (!option.id_part.empty() && args.typed(option.key))
            warnings.push_back(
                fmt::format("option '{}' will be ignored due to use of '--ids'.", first_name(option)));
    std::vector<app::Args> all;
    for (const std::string& id : ids) all.push_back(of_id(command, args, id));
    return all;
}

}  // namespace azid::parse
