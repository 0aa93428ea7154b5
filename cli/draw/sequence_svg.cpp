#include "cli/draw/sequence_svg.hpp"

#include "cli/draw/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::draw {

namespace {

constexpr double margin = 16;
constexpr double gutter = 84;  // where the documents' steps stand
constexpr double spacing = 170;
constexpr double head_width = 152;
constexpr double text_size = 12.5;
constexpr double line_height = 16;
constexpr double loop = 26;  // of a step within one system

double x_of(std::size_t place) {
    return margin + gutter + head_width / 2 + spacing * static_cast<double>(place);
}

std::string lifelines(const Sequence& sequence, double height) {
    std::string svg;
    for (std::size_t i = 0; i < sequence.participants.size(); ++i)
        svg += fmt::format(R"(<line class="life" x1="{0:.0f}" y1="0" x2="{0:.0f}" y2="{1:.0f}"/>)", x_of(i),
                           height);
    return svg;
}

std::string text_line(std::string_view kind, double x, double y, std::string_view anchor,
                      std::string_view text) {
    return fmt::format(R"(<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>)", kind, x, y,
                       anchor, escaped(text));
}

// Text over the lifelines, on a ground of its own.
std::string label(const std::vector<std::string>& lines, double x, double top, std::string_view anchor) {
    double width = 0;
    for (const std::string& line : lines) width = std::max(width, width_of(line, text_size));
    const double left = anchor == "middle" ? x - width / 2 : x;
    std::string svg =
        fmt::format(R"(<rect class="ground" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)",
                    left - 3, top, width + 6, line_height * static_cast<double>(lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i)
        svg += text_line("label", x, top + line_height * static_cast<double>(i) + 12, anchor, lines[i]);
    return svg;
}

std::string arrow_head(double x, double y, bool rightward) {
    const double back = rightward ? -9 : 9;
    return fmt::format(R"(<path class="head" d="M{0:.1f} {1:.1f}l{2:.1f} -4.5v9z"/>)", x, y, back);
}

std::string number_mark(int number, double x, double y) {
    return fmt::format(R"(<circle class="mark" cx="{0:.1f}" cy="{1:.1f}" r="9.5"/>)", x, y) +
           text_line("number", x, y + 3.7, "middle", std::to_string(number));
}

std::string step_mark(const Message& message, double y) {
    if (message.document_step == 0) return {};
    return fmt::format(
               R"(<g><title>{}</title><rect class="step" x="{:.1f}" y="{:.1f}" width="58" height="22" rx="11"/>)",
               escaped(message.document_text), margin, y - 11) +
           text_line("steptext", margin + 29, y + 4, "middle",
                     fmt::format("Step {}", message.document_step)) +
           "</g>";
}

std::string wrapped_group(const Message& message, const std::string& inner) {
    return fmt::format(R"(<g class="message{}"><title>{}</title>{}</g>)",
                       message.is_refusal ? " refused" : "", escaped(message.whole), inner);
}

Piece step_within(const Sequence& sequence, const Message& message) {
    const double x = x_of(message.from);
    const std::vector<std::string> lines = wrapped(message.text, spacing - loop - 22, text_size, 6);
    const double block = std::max(line_height * static_cast<double>(lines.size()), 32.0);
    const double height = block + 14;
    const double top = 7 + block / 2 - 9;
    const double text_top = 7 + (block - line_height * static_cast<double>(lines.size())) / 2;
    std::string svg = fmt::format(R"(<path class="arrow" d="M{0:.1f} {1:.1f}h{2:.1f}v18h-{3:.1f}"/>)", x, top,
                                  loop, loop - 8);
    svg += arrow_head(x + 1, top + 18, false) + number_mark(message.number, x, top);
    svg += label(lines, x + loop + 9, text_top, "start");
    return {height,
            lifelines(sequence, height) + wrapped_group(message, svg) + step_mark(message, height / 2)};
}

}  // namespace

double diagram_width(const Sequence& sequence) {
    const std::size_t count = std::max<std::size_t>(sequence.participants.size(), 1);
    bool last_is_busy = false;
    for (const Section& section : sequence.sections)
        for (const Message& message : section.messages)
            last_is_busy = last_is_busy || (message.from == message.to && message.from + 1 == count);
    return x_of(count - 1) + (last_is_busy ? spacing - 12 : head_width / 2) + margin;
}

Piece heads_piece(const Sequence& sequence) {
    constexpr double height = 62;
    std::string svg;
    for (std::size_t i = 0; i < sequence.participants.size(); ++i) {
        const std::vector<std::string> lines = wrapped(sequence.participants[i].name, head_width - 20, 14, 2);
        const double x = x_of(i);
        svg += fmt::format(R"(<rect class="box" x="{:.1f}" y="8" width="{:.0f}" height="46" rx="9"/>)",
                           x - head_width / 2, head_width);
        svg += fmt::format(R"(<line class="life" x1="{0:.0f}" y1="54" x2="{0:.0f}" y2="62"/>)", x);
        for (std::size_t k = 0; k < lines.size(); ++k)
            svg += text_line("name", x,
                             36 - 8.5 * static_cast<double>(lines.size() - 1) + 17 * static_cast<double>(k),
                             "middle", lines[k]);
    }
    return {height, svg};
}

Piece section_piece(const Sequence& sequence, const Section& section) {
    const double width = diagram_width(sequence) - 2 * margin;
    const std::vector<std::string> lines = wrapped(
        section.line.empty() ? "(before azid kept commands)" : section.line, width - 24, 13, 3, Face::mono);
    const std::vector<std::string> about = wrapped(section.about, width - 24, 12, 2);
    const double inner = 18 * static_cast<double>(lines.size()) + 16 * static_cast<double>(about.size()) + 14;
    std::string svg = fmt::format(
        R"(<g class="section{}"><title>{}</title><rect class="band" x="{:.0f}" y="10" width="{:.1f}" height="{:.0f}" rx="7"/>)",
        section.failed ? " failed" : "", escaped(section.line), margin, width, inner);
    double y = 10 + 18;
    for (const std::string& line : lines) {
        svg += text_line("line", margin + 12, y, "start", line);
        y += 18;
    }
    for (const std::string& line : about) {
        svg += text_line("about", margin + 12, y, "start", line);
        y += 16;
    }
    const double height = inner + 20;
    return {height, lifelines(sequence, height) + svg + "</g>"};
}

Piece message_piece(const Sequence& sequence, const Message& message) {
    if (message.from == message.to) return step_within(sequence, message);
    const double from = x_of(message.from);
    const double to = x_of(message.to);
    const bool rightward = to > from;
    const double room = std::max(rightward ? to - from : from - to, spacing) - 30;
    const std::vector<std::string> lines = wrapped(message.text, room, text_size, 6);
    const double y = 10 + line_height * static_cast<double>(lines.size()) + 8;
    const double height = y + 14;
    std::string svg =
        fmt::format(R"(<line class="arrow" x1="{0:.1f}" y1="{1:.1f}" x2="{2:.1f}" y2="{1:.1f}"/>)", from, y,
                    rightward ? to - 8 : to + 8);
    svg += arrow_head(rightward ? to - 1 : to + 1, y, rightward) + number_mark(message.number, from, y);
    svg += label(lines, (from + to) / 2, 8, "middle");
    return {height,
            lifelines(sequence, height) + wrapped_group(message, svg) + step_mark(message, height / 2)};
}

Piece failure_piece(const Sequence& sequence, const Section& section) {
    const double width = diagram_width(sequence) - 2 * margin;
    const std::vector<std::string> lines = wrapped(section.message, width - 24, 12, 6);
    const double inner = 16 * static_cast<double>(lines.size()) + 14;
    std::string svg = fmt::format(
        R"(<g class="section failed"><rect class="band" x="{:.0f}" y="4" width="{:.1f}" height="{:.0f}" rx="7"/>)",
        margin, width, inner);
    for (std::size_t i = 0; i < lines.size(); ++i)
        svg += text_line("said", margin + 12, 4 + 18 + 16 * static_cast<double>(i), "start", lines[i]);
    const double height = inner + 12;
    return {height, lifelines(sequence, height) + svg + "</g>"};
}

const std::string_view drawing_style = R"css(
:root{color-scheme:light dark;--paper:#fff;--ink:#1b2430;--soft:#5b6778;--rule:#c3ccd8;--box:#e9f1fb;--boxrule:#7ba7dd;
--accent:#1d5fb4;--onaccent:#fff;--band:#f1f4f8;--step:#fdf0d2;--stepink:#6f4b00;--bad:#b3261e;--badband:#fdecea}
@media (prefers-color-scheme:dark){:root{--paper:#141a22;--ink:#e5eaf1;--soft:#9daabb;--rule:#3a4656;--box:#1c2c42;
--boxrule:#4c7fbd;--accent:#7db2f3;--onaccent:#0d1620;--band:#1d2530;--step:#463713;--stepink:#f6d98f;--bad:#ff9a90;
--badband:#3d1f1e}}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",Arial,sans-serif;fill:var(--ink)}
.name{font-size:14px;font-weight:600}.label{font-size:12.5px}.about,.said{font-size:12px}.about{fill:var(--soft)}
.line{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
.number{font-size:10.5px;font-weight:600;fill:var(--onaccent)}.steptext{font-size:11.5px;font-weight:600;fill:var(--stepink)}
.life{stroke:var(--rule)}.box{fill:var(--box);stroke:var(--boxrule)}.ground{fill:var(--paper)}
.arrow{fill:none;stroke:var(--accent);stroke-width:1.6}.head,.mark{fill:var(--accent)}.step{fill:var(--step)}
.band{fill:var(--band)}.failed .band{fill:var(--badband)}.failed .said{fill:var(--bad)}
.refused .arrow{stroke:var(--bad);stroke-dasharray:5 3}.refused .head,.refused .mark{fill:var(--bad)}
)css";

std::string sequence_svg(const Json& steps) {
    const Sequence sequence = sequence_of(steps);
    const double width = sequence.sections.empty() ? 400 : diagram_width(sequence);
    double y = 8;
    std::string body;
    const auto add = [&](const Piece& piece) {
        body += fmt::format("<g transform=\"translate(0 {:.0f})\">{}</g>\n", y, piece.svg);
        y += piece.height;
    };
    add(heads_piece(sequence));
    for (const Section& section : sequence.sections) {
        add(section_piece(sequence, section));
        for (const Message& message : section.messages) add(message_piece(sequence, message));
        if (!section.message.empty()) add(failure_piece(sequence, section));
    }
    if (sequence.sections.empty()) body += text_line("label", 200, 40, "middle", nothing);
    y += 16;
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 "
        "{0:.0f} "
        "{1:.0f}\" role=\"img\">\n<title>What happened, step by step</title>\n<style>{2}</style>\n"
        "<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n{3}</svg>\n",
        width, y, drawing_style, body);
}

}  // namespace azid::draw
