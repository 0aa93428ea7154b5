#include "cli/app/paging.hpp"

#include "cli/app/args.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::app {
namespace {

std::size_t limit_of(const Args& args) {
    const std::string text = args.text("pagination_limit");
    if (text.starts_with('-') || text == "0")
        throw Error(
            fault::client,
            fmt::format("InvalidArgumentValue: --max-items: Invalid format: '{}' is less than 1", text));
    return text.size() > 9 ? 1'000'000'000 : std::stoul(text);
}

std::size_t offset_of(const Args& args) {
    const std::optional<std::string> token = args.value("pagination_token");
    if (!token) return 0;
    const Json json = Json::parse(from_base64(*token).value_or(""), nullptr, false);
    if (json.is_object() && json.contains("offset") && json["offset"].is_number_unsigned())
        return json["offset"].get<std::size_t>();
    throw Error(fault::client,
                fmt::format("InvalidArgumentValue: --next-token: Invalid format: '{}' is no token of a list.",
                            *token));
}

}  // namespace

std::string cut_page(const Args& args, Json& list) {
    if (!args.given("pagination_limit") || !list.is_array()) return "";
    const std::size_t limit = limit_of(args);
    const std::size_t from = std::min(offset_of(args), list.size());
    const std::size_t to = std::min(from + limit, list.size());
    const bool more = to < list.size();
    const auto at = [&](std::size_t index) { return list.begin() + static_cast<std::ptrdiff_t>(index); };
    Json page = Json::array();
    page.insert(page.end(), at(from), at(to));
    list = std::move(page);
    return more ? base64(fmt::format("{{\"next_link\": null, \"offset\": {}}}", to)) : "";
}

}  // namespace azid::app
