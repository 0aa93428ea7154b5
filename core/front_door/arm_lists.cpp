// Lists at the front door: what of them is asked for, and page by page.
#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/odata.hpp"
#include "core/base/text.hpp"
#include "core/crypto/page_token.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/front_door/faults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace azid::front_door {

namespace {

constexpr std::size_t longest_page = 1000;
// No list that needs a second page is shorter: it is not read again for nothing.
constexpr std::size_t short_list = 64 * 1024;

std::string key_of(const Json& item) {
    const std::string id = text_at(item, "id");
    return id.empty() ? text_at(item, "name") : id;
}

bool is_page_asked(const ArmCall& call) {
    return http::query_value(call.request, "$top").has_value() ||
           http::query_value(call.request, "$skiptoken").has_value();
}

// Azure gives all definitions of roles at once.
bool comes_whole(const ArmCall& call) {
    return !call.pieces.empty() && iequals(call.pieces.back(), "roleDefinitions");
}

// What a token is good for: this list of this tenant, filtered in this way.
std::string name_of(const ArmCall& call) {
    return fmt::format("{}\n{}\n{}", call.session.caller.tenant_id, lower(call.request.path),
                       http::query_value(call.request, "$filter").value_or(""));
}

// Where the page before ended; empty for the first.
std::optional<crypto::PagePosition> position_of(const ArmCall& call) {
    const std::optional<std::string> token = http::query_value(call.request, "$skiptoken");
    if (!token || token->empty()) return {};
    std::optional<crypto::PagePosition> position = crypto::read_page_token(name_of(call), *token);
    if (!position)
        throw Error(fault::invalid_skip_token,
                    fmt::format("The skip token '{}' is invalid. Follow the 'nextLink' of the answer before.",
                                *token));
    return position;
}

// Where the page begins: behind the item that was the last, or, when that is gone, behind as many as there
// were.
std::size_t begin_of(const ArmCall& call, const Json& items) {
    const std::optional<crypto::PagePosition> position = position_of(call);
    if (!position) return 0;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (key_of(items[i]) == position->last) return i + 1;
    return std::min(position->count - 1, items.size());
}

std::size_t top_of(const ArmCall& call) {
    const std::optional<std::string> text = http::query_value(call.request, "$top");
    if (!text) return longest_page;
    std::size_t value = 0;
    const std::from_chars_result read = std::from_chars(text->data(), text->data() + text->size(), value);
    if (read.ec != std::errc() || read.ptr != text->data() + text->size() || value == 0)
        throw Error(fault::bad_request,
                    fmt::format("The value '{}' of the query parameter '$top' is invalid.", *text));
    return std::min(value, longest_page);
}

std::string next_link(const ArmCall& call, const std::string& token) {
    std::string link = fmt::format("https://{}{}?", authority_of(call.request), call.request.path);
    for (const auto& [name, value] : call.request.query)
        if (!iequals(name, "$skiptoken")) link += fmt::format("{}={}&", name, http::url_encoded(value));
    return link + "$skiptoken=" + token;
}

// A page in the making.
struct Page {
    struct Full {};  // thrown: there is more, and nobody wants it

    std::size_t most;
    std::size_t count = 0;  // of items up to its end
    std::size_t size = 0;   // of its own
    std::string last = {};
    std::string text = R"({"value":[)";  // of a tenth of what the items take
    bool is_last = true;

    void take(const std::string& id, const Json& item) {
        if (size == most) {
            is_last = false;
            throw Full();
        }
        if (size++ > 0) text += ',';
        text += compact(item);
        last = id;
        ++count;
    }
};

// False where the item that was the last is not to be found.
bool take_behind(Page& page, const EachItem& each, const std::string& last) {
    bool is_behind = false;
    each([&](const std::string& id, const std::function<Json()>& shown) {
        if (!is_behind) {
            is_behind = id == last;
            return;
        }
        const Json item = shown();
        if (!item.is_null()) page.take(id, item);
    });
    return is_behind;
}

void take_from(Page& page, const EachItem& each, std::size_t begin) {
    page.count = begin;
    each([&](const std::string& id, const std::function<Json()>& shown) {
        const Json item = shown();
        if (item.is_null()) return;
        if (begin == 0) return page.take(id, item);
        --begin;
    });
}

}  // namespace

std::string authority_of(const http::Request& request) {
    const std::string sent = http::header(request, "Host");
    const std::size_t colon = request.host.size();
    const bool has_port = sent.size() > colon + 1 && sent.size() <= colon + 6 &&
                          iequals(sent.substr(0, colon), request.host) && sent[colon] == ':' &&
                          std::all_of(sent.begin() + static_cast<std::ptrdiff_t>(colon) + 1, sent.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
    return has_port ? request.host + sent.substr(colon) : request.host;
}

std::optional<ODataFilter> filter_of(const ArmCall& call) {
    // az sends an empty filter where it has nothing to ask for.
    const std::optional<std::string> text = http::query_value(call.request, "$filter");
    if (!text || trim(*text).empty()) return {};
    std::optional<ODataFilter> filter = ODataFilter::parse(*text);
    if (!filter) throw Error(fault::bad_request, fmt::format("The filter '{}' is not supported.", *text));
    return filter;
}

http::Response list_answer(const ArmCall& call, std::vector<Json> items) {
    if (const std::optional<ODataFilter> filter = filter_of(call))
        std::erase_if(items, [&](const Json& item) { return !filter->matches(item); });
    return json_answer(200, {{"value", std::move(items)}});
}

Json page_of(const ArmCall& call, Json items, bool links_ahead) {
    const std::size_t begin = begin_of(call, items);
    const std::size_t end = std::min(begin + top_of(call), items.size());
    Json body{{"value", Json::array()}};
    for (std::size_t i = begin; i < end; ++i) body["value"].push_back(std::move(items[i]));
    if (end > begin && (end < items.size() || links_ahead))
        body["nextLink"] =
            next_link(call, crypto::page_token(name_of(call), {end, key_of(body["value"].back())}));
    return body;
}

http::Response page_answer(const ArmCall& call, const EachItem& each) {
    const bool is_whole = comes_whole(call) && !is_page_asked(call);
    Page page{.most = is_whole ? std::numeric_limits<std::size_t>::max() : top_of(call)};
    const std::optional<crypto::PagePosition> position = position_of(call);
    try {
        page.count = position ? position->count : 0;
        if (!position)
            take_from(page, each, 0);
        else if (!take_behind(page, each, position->last))
            take_from(page, each, position->count - 1);
    } catch (const Page::Full&) {
        // As many as were asked for.
    }
    call.is_page = true;
    http::Response response = json_answer(200, Json::object());
    page.text += ']';
    if (!page.is_last) {
        const std::string token = crypto::page_token(name_of(call), {page.count, page.last});
        page.text += R"(,"nextLink":)" + compact(next_link(call, token));
    }
    page.text += '}';
    response.body = std::move(page.text);
    return response;
}

http::Response paged(const ArmCall& call, http::Response whole) {
    if (call.request.method != "GET" || whole.status != 200 || call.is_page) return whole;
    const bool is_asked = is_page_asked(call);
    if (!is_asked && (comes_whole(call) || whole.body.size() < short_list)) return whole;
    Json body = parse_json(whole.body);
    const auto list = body.find("value");
    if (list == body.end() || !list->is_array() || body.contains("nextLink")) return whole;
    if (!is_asked && list->size() <= longest_page) return whole;
    Json page = page_of(call, std::move(*list), false);
    body["value"] = std::move(page["value"]);
    if (page.contains("nextLink")) body["nextLink"] = page["nextLink"];
    whole.body = compact(body);
    return whole;
}

}  // namespace azid::front_door
