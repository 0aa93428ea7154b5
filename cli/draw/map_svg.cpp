#include "cli/draw/map.hpp"
#include "cli/draw/map_plan.hpp"
#include "cli/draw/page.hpp"
#include "cli/draw/sequence_svg.hpp"
#include "cli/draw/text.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::draw {

namespace {

constexpr double margin = 20;
constexpr double top = 58;  // below the columns' titles
constexpr double host_width = 210;
constexpr double principal_width = 250;
constexpr double scope_width = 380;
constexpr double gap = 110;  // between columns: where the lines run
constexpr double box_height = 48;
constexpr double box_gap = 12;
constexpr double role_height = 26;
constexpr double indent = 20;

constexpr double principal_x = margin + host_width + gap;
constexpr double scope_x = principal_x + principal_width + gap;
constexpr double whole_width = scope_x + scope_width + margin;

std::string text(std::string_view kind, double x, double y, std::string_view words) {
    return fmt::format(R"(<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>)", kind, x, y, escaped(words));
}

std::string fitted(std::string_view words, double width, double size) {
    const std::vector<std::string> lines = wrapped(words, width, size, 1);
    return lines.empty() ? std::string() : lines.front();
}

std::string node_box(const Node& node, double x, double y, double width, std::string_view kind) {
    return fmt::format(
               R"(<g class="node {}"><title>{}</title><rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="8"/>)",
               kind, escaped(node.whole), x, y, width, box_height) +
           text("nodename", x + 12, y + 20, fitted(node.name, width - 24, 13.5)) +
           text("nodeabout", x + 12, y + 37, fitted(node.about, width - 24, 11.5)) + "</g>";
}

std::string line(double x1, double y1, double x2, double y2) {
    const double bend = (x2 - x1) * 0.5;
    return fmt::format(R"(<path class="edge" d="M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}"/>)",
                       x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
}

// The scopes' column; notes where each role's line ends.
struct ScopesDrawn {
    std::string svg;
    double height = 0;
    std::vector<std::pair<double, double>> ends;
};

ScopesDrawn draw_scopes(const Plan& plan) {
    ScopesDrawn drawn;
    drawn.ends.resize(plan.roles.size());
    double y = top;
    for (const ScopeNode& scope : plan.scopes) {
        const double x = scope_x + indent * static_cast<double>(std::min<std::size_t>(scope.depth, 6));
        const double width = scope_x + scope_width - x;
        const double height = box_height - 4 + role_height * static_cast<double>(scope.roles.size()) +
                              (scope.roles.empty() ? 0 : 6);
        drawn.svg += fmt::format(
            R"(<g class="node scope"><title>{}</title><rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="8"/>)",
            escaped(scope.id), x, y, width, height);
        drawn.svg += text("nodename", x + 12, y + 19, fitted(scope.name, width - 24, 13.5)) +
                     text("nodeabout", x + 12, y + 36, fitted(scope.about, width - 24, 11.5));
        double role_y = y + box_height - 4;
        for (const std::size_t role : scope.roles) {
            drawn.svg += fmt::format(
                R"(<rect class="role" x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="11"/>)",
                x + 10, role_y, width - 20, role_height - 4);
            drawn.svg +=
                text("rolename", x + 22, role_y + 15.5, fitted(plan.roles[role].name, width - 44, 12.5));
            drawn.ends[role] = {x + 10, role_y + (role_height - 4) / 2};
            role_y += role_height;
        }
        drawn.svg += "</g>\n";
        y += height + box_gap;
    }
    drawn.height = y;
    return drawn;
}

double column_y(std::size_t place) { return top + static_cast<double>(place) * (box_height + box_gap); }

std::string edges(const Plan& plan, const ScopesDrawn& scopes) {
    std::string svg;
    for (std::size_t i = 0; i < plan.hosts.size(); ++i)
        for (const std::size_t principal : plan.hosts[i].to)
            svg += line(margin + host_width, column_y(i) + box_height / 2, principal_x,
                        column_y(principal) + box_height / 2);
    for (std::size_t i = 0; i < plan.principals.size(); ++i)
        for (const std::size_t role : plan.principals[i].to)
            svg += line(principal_x + principal_width, column_y(i) + box_height / 2, scopes.ends[role].first,
                        scopes.ends[role].second);
    return svg;
}

constexpr std::string_view map_style = R"css(
.node rect{fill:var(--box);stroke:var(--boxrule)}.host rect{fill:var(--step);stroke:var(--stepink);stroke-opacity:.45}
.scope rect{fill:var(--band);stroke:var(--rule)}.scope .role{fill:var(--paper);stroke:var(--boxrule)}
.nodename{font-size:13.5px;font-weight:600}.nodeabout{font-size:11.5px;fill:var(--soft)}.rolename{font-size:12.5px}
.column{font-size:15px;font-weight:600;fill:var(--soft)}.edge{fill:none;stroke:var(--accent);stroke-width:1.5;stroke-opacity:.6}
)css";

std::string svg_of(const Plan& plan) {
    const ScopesDrawn scopes = draw_scopes(plan);
    double height = std::max({scopes.height, column_y(plan.principals.size()), column_y(plan.hosts.size())});
    std::string body = text("column", margin, 38, "Runs on") + text("column", principal_x, 38, "Who") +
                       text("column", scope_x, 38, "May act as, and where");
    body += edges(plan, scopes) + "\n";
    for (std::size_t i = 0; i < plan.hosts.size(); ++i)
        body += node_box(plan.hosts[i], margin, column_y(i), host_width, "host") + "\n";
    for (std::size_t i = 0; i < plan.principals.size(); ++i)
        body += node_box(plan.principals[i], principal_x, column_y(i), principal_width, "principal") + "\n";
    body += scopes.svg;
    if (plan.left_out > 0) {
        body += text("nodeabout", principal_x, height + 8,
                     fmt::format("and {} more: choose with --scope or -g", plan.left_out));
        height += 20;
    }
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "viewBox=\"0 0 "
        "{0:.0f} {1:.0f}\" role=\"img\">\n<title>Who can do what</title>\n<style>{2}{3}</style>\n<rect "
        "width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n{4}</svg>\n",
        whole_width, height + 12, drawing_style, map_style, body);
}

std::string row(const Json& assignment) {
    std::string used;
    for (const Json& host : assignment["usedBy"])
        used += (used.empty() ? "" : ", ") + host.get<std::string>();
    return fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       escaped(text_at(assignment, "principalName")),
                       escaped(text_at(assignment, "principalKind")), escaped(used),
                       escaped(text_at(assignment, "role")), escaped(text_at(assignment, "scope")));
}

std::string entity_text(std::string_view words) {
    std::string out;
    for (const char c : words) {
        if (c == '"')
            out += "#quot;";
        else if (c == '#')
            out += "#35;";
        else if (c == '<')
            out += "#lt;";
        else if (c == '>')
            out += "#gt;";
        else if (c == ';')
            out += "#59;";
        else
            out += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
    }
    return out;
}

}  // namespace

std::string map_svg(const Json& map) { return svg_of(plan_of(map)); }

std::string map_html(const Json& map) {
    std::string rows;
    for (const Json& assignment : map["assignments"]) rows += row(assignment);
    const std::string body = fmt::format(
        "<p class=\"lead\">Machines and apps on the left use identities in the middle; those, and users, "
        "groups and "
        "applications, have the roles on the right. A role counts at its scope and everywhere below "
        "it.</p>\n<div "
        "class=\"diagram\">{}</div>\n<h2>Role assignments</h2>\n<div class=\"diagram\"><table "
        "class=\"list\"><thead><tr><th>Who</th><th>Kind</th><th>Used "
        "by</th><th>Role</th><th>Scope</th></tr></thead>\n"
        "<tbody>{}</tbody></table></div>\n",
        svg_of(plan_of(map)), rows);
    return page_html("Who can do what",
                     "h2{font-size:1.1rem;margin:1.6em 16px .4em}.list{margin:0 16px;width:auto}.list "
                     "td,.list th{padding-right:1.6em}.list td:not(:last-child){white-space:nowrap}"
                     ".map{display:block;max-width:100%;height:auto}",
                     body);
}

std::string map_mermaid(const Json& map) {
    const Plan plan = plan_of(map);
    std::string out = "flowchart LR\n";
    for (std::size_t i = 0; i < plan.hosts.size(); ++i)
        out += fmt::format("    h{}[\"{}<br>{}\"]\n", i, entity_text(plan.hosts[i].name),
                           entity_text(plan.hosts[i].about));
    for (std::size_t i = 0; i < plan.principals.size(); ++i)
        out += fmt::format("    p{}([\"{}<br>{}\"])\n", i, entity_text(plan.principals[i].name),
                           entity_text(plan.principals[i].about));
    for (std::size_t i = 0; i < plan.scopes.size(); ++i)
        out += fmt::format("    s{}[/\"{}<br>{}\"/]\n", i, entity_text(plan.scopes[i].name),
                           entity_text(plan.scopes[i].about));
    for (std::size_t i = 0; i < plan.hosts.size(); ++i)
        for (const std::size_t to : plan.hosts[i].to) out += fmt::format("    h{} -.-> p{}\n", i, to);
    for (std::size_t i = 0; i < plan.principals.size(); ++i)
        for (const std::size_t to : plan.principals[i].to)
            out += fmt::format("    p{} -- \"{}\" --> s{}\n", i, entity_text(plan.roles[to].name),
                               plan.roles[to].scope);
    return out;
}

}  // namespace azid::draw
