// Drawings hold together: no two texts lie on each other, nothing sticks out, nothing is taken for markup.
#include "cli/draw/map.hpp"
#include "cli/draw/sequence.hpp"
#include "cli/draw/text.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>
#include <string>
#include <vector>

namespace azid::test {

namespace {

struct Box {
    double left, top, right, bottom;
    std::string text;
};

double size_of(const std::string& kind) {
    const std::map<std::string, double> sizes{{"name", 14},       {"label", 12.5},    {"about", 12},
                                              {"said", 12},       {"line", 13},       {"number", 10.5},
                                              {"steptext", 11.5}, {"nodename", 13.5}, {"nodeabout", 11.5},
                                              {"rolename", 12.5}, {"column", 15}};
    return sizes.at(kind);
}

std::string unescaped(std::string text) {
    for (const auto& [from, to] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
            text.replace(at, std::string(from).size(), to);
    return text;
}

// Every text of an SVG picture, where it is drawn at most.
std::vector<Box> texts_of(const std::string& svg) {
    const std::regex part(
        R"re(translate\(0 ([0-9.]+)\)|<text class="(\w+)" x="([0-9.]+)" y="([0-9.]+)"(?: text-anchor="(\w+)")?>([^<]*)</text>)re");
    double below = 0;
    std::vector<Box> boxes;
    for (std::sregex_iterator at(svg.begin(), svg.end(), part), end; at != end; ++at) {
        const std::smatch& found = *at;
        if (found[1].matched) {
            below = std::stod(found[1]);
            continue;
        }
        const std::string text = unescaped(found[6]);
        const double size = size_of(found[2]);
        const double width =
            found[2] == "line" ? draw::mono_width_of(text, size) : draw::width_of(text, size);
        const double left = std::stod(found[3]) - (found[5] == "middle" ? width / 2 : 0);
        const double base = std::stod(found[4]) + below;
        boxes.push_back({left, base - size * 0.78, left + width, base + size * 0.22, text});
    }
    return boxes;
}

bool overlap(const Box& one, const Box& other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom &&
           other.top < one.bottom;
}

double number_at(const std::string& svg, const char* name) {
    std::smatch found;
    REQUIRE(std::regex_search(svg, found, std::regex(std::string(name) + "=\"([0-9.]+)\"")));
    return std::stod(found[1]);
}

void check_layout(const std::string& svg) {
    const std::vector<Box> boxes = texts_of(svg);
    const double width = number_at(svg, "width");
    const double height = number_at(svg, "height");
    REQUIRE(boxes.size() > 5);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        CAPTURE(boxes[i].text);
        CHECK(boxes[i].left >= 0);
        CHECK(boxes[i].right <= width);
        CHECK(boxes[i].bottom <= height);
        for (std::size_t k = i + 1; k < boxes.size(); ++k) {
            CAPTURE(boxes[k].text);
            CHECK_FALSE(overlap(boxes[i], boxes[k]));
        }
    }
}

Json step(int number, const char* system, const char* what, const char* from, const char* to, Json details) {
    return {{"step", number},
            {"at", "2026-01-02T03:04:05.0000000Z"},
            {"system", system},
            {"what", what},
            {"from", from},
            {"to", to},
            {"subject",
             "/subscriptions/s/resourceGroups/a-group-with-quite-a-long-name/providers/Microsoft.Compute/"
             "virtualMachines/a-machine-whose-name-goes-on-and-on-and-on"},
            {"documentStep", number},
            {"documentFlow", "system-assigned"},
            {"documentGist", "something happens"},
            {"correlationId", "11111111-2222-4333-8444-555555555555"},
            {"caller", "somebody-with-a-long-name@a-tenant-with-a-long-name.onmicrosoft.com"},
            {"command",
             "azid vm identity assign --identities <script>alert('x & y')</script> " + std::string(700, 'i')},
            {"outcome", "AuthorizationFailed"},
            {"message", std::string(900, 'W')},
            {"details", std::move(details)}};
}

Json wide_trace() {
    return Json::array(
        {step(1, "arm", "identity change requested", "client", "arm", {{"type", "SystemAssigned"}}),
         step(2, "entra", "service principal created", "arm", "entra", {{"clientId", "<b>&\"'"}}),
         step(3, "imds", "IMDS configured", "msi", "imds",
              {{"certificates", Json::array({{{"keyId", "k"}}})}}),
         step(4, "entra", "signing key made", "entra", "entra", nullptr),
         step(5, "imds", "token requested", "code", "imds",
              {{"resource", "https://" + std::string(300, 'm')}}),
         step(6, "keyvault", "something quite unknown", "keyvault", "keyvault", nullptr),
         step(7, "rbac", "data action refused", "keyvault", "rbac",
              {{"action", "Microsoft.KeyVault/vaults/secrets/getSecret/action"},
               {"reason", std::string(200, 'M')}})});
}

Json wide_map() {
    Json map{{"hosts", Json::array()},
             {"principals", Json::array()},
             {"scopes", Json::array()},
             {"assignments", Json::array()}};
    map["scopes"].push_back({{"id", "/subscriptions/s"},
                             {"name", std::string(90, 'W')},
                             {"kind", "Subscription"},
                             {"parent", nullptr}});
    for (int i = 0; i < 50; ++i) {
        const std::string id = fmt::format("00000000-0000-4000-8000-0000000000{:02}", i);
        const std::string name = fmt::format("<script>machine-{}</script>-with-a-long-name", i);
        const std::string machine =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/" + name;
        map["hosts"].push_back(
            {{"id", machine}, {"name", name}, {"type", "virtualMachines"}, {"identities", {id}}});
        map["principals"].push_back({{"id", id},
                                     {"name", name},
                                     {"kind", "SystemAssigned"},
                                     {"resourceId", machine},
                                     {"usedBy", {name}}});
        const std::string scope = i % 2 == 0 ? std::string("/subscriptions/s") : machine;
        if (i % 2 == 1)
            map["scopes"].push_back(
                {{"id", machine}, {"name", name}, {"kind", "Resource"}, {"parent", "/subscriptions/s"}});
        map["assignments"].push_back(
            {{"principalId", id},
             {"principalName", name},
             {"principalKind", "SystemAssigned"},
             {"usedBy", {name}},
             {"role", "A role with <i>quite</i> a long name " + std::to_string(i % 4)},
             {"scope", scope}});
    }
    return map;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("no text of a trace's drawing lies on another or sticks out") {
    check_layout(draw::sequence_svg(wide_trace()));
}

TEST_CASE("no text of a map's drawing lies on another or sticks out") {
    check_layout(draw::map_svg(wide_map()));
}

TEST_CASE("names cannot become markup in any drawing") {
    for (const std::string& drawing :
         {draw::sequence_svg(wide_trace()), draw::sequence_html(wide_trace()), draw::map_svg(wide_map()),
          draw::map_html(wide_map()), draw::sequence_mermaid(wide_trace()), draw::map_mermaid(wide_map())}) {
        CHECK_FALSE(has(drawing, "<script"));
        CHECK_FALSE(has(drawing, "<i>"));
        CHECK_FALSE(has(drawing, "<b>&\""));
    }
    CHECK(has(draw::sequence_html(wide_trace()), "&lt;b&gt;&amp;&quot;&#39;"));
}

TEST_CASE("machines whose identities have the same roles are drawn as one, from four on") {
    const std::string svg = draw::map_svg(wide_map());
    CHECK(has(svg, "13 system-assigned identities"));
    CHECK(has(svg, "13 virtual machines"));
}

TEST_CASE("text is broken at blanks, then behind separators, and what is cut ends in an ellipsis") {
    CHECK(draw::wrapped("one two three", 60, 12, 3) == std::vector<std::string>{"one two", "three"});
    for (const std::string& line : draw::wrapped("/subscriptions/0000/resourceGroups/rg", 90, 12, 9))
        CHECK(draw::width_of(line, 12) <= 90);
    const std::vector<std::string> cut = draw::wrapped("a long text that does not fit at all", 60, 12, 1);
    REQUIRE(cut.size() == 1);
    CHECK(cut.front().ends_with("…"));
    CHECK(draw::width_of(cut.front(), 12) <= 60);
    CHECK(draw::wrapped("", 60, 12, 3).empty());
}

}  // namespace azid::test
