#include "cli/draw/page.hpp"
#include "cli/draw/sequence_svg.hpp"
#include "cli/draw/text.hpp"

#include <fmt/format.h>

namespace azid::draw {

namespace {

std::string picture(const Piece& piece, double width) {
    return fmt::format(
        R"(<svg class="piece" width="{0:.0f}" height="{1:.0f}" viewBox="0 0 {0:.0f} {1:.0f}" aria-hidden="true">{2}</svg>)",
        width, piece.height, piece.svg);
}

std::string sheet_html(const Sheet& sheet) {
    std::string rows;
    for (const auto& [name, value] : sheet.facts)
        rows += fmt::format("<tr><th>{}</th><td>{}</td></tr>", escaped(name), escaped(value));
    return fmt::format("<section><h3>{}</h3><table>{}</table></section>", escaped(sheet.title), rows);
}

// In words, for narrow screens and for those who do not see the picture.
std::string in_words(const Sequence& sequence, const Message& message) {
    const std::string& from = sequence.participants[message.from].name;
    const std::string& to = sequence.participants[message.to].name;
    const std::string way = message.from == message.to ? from : from + " → " + to;
    const std::string step = message.document_step == 0
                                 ? ""
                                 : fmt::format("<i class=\"stepword\">Step {}</i>", message.document_step);
    return fmt::format("<span class=\"words\"><b>{}</b><span><em>{}</em>{}<br>{}</span></span>",
                       message.number, escaped(way), step, escaped(message.text));
}

std::string message_html(const Sequence& sequence, const Message& message, double width) {
    std::string sheets;
    for (const Sheet& sheet : message.sheets)
        if (!sheet.facts.empty()) sheets += sheet_html(sheet);
    const std::string step = message.document_text.empty()
                                 ? ""
                                 : fmt::format("<p class=\"doc\">{}</p>", escaped(message.document_text));
    return fmt::format(
        "<details class=\"msg{}\" id=\"m{}\"><summary>{}{}</summary><div class=\"open\"><p>{}</p>{}<div "
        "class=\"sheets\">{}</div></div></details>\n",
        message.is_refusal ? " refused" : "", message.number,
        picture(message_piece(sequence, message), width), in_words(sequence, message), escaped(message.whole),
        step, sheets);
}

std::string section_html(const Sequence& sequence, const Section& section, double width) {
    std::string html =
        picture(section_piece(sequence, section), width) +
        fmt::format("<p class=\"words run{}\"><code>{}</code><br>{}</p>\n", section.failed ? " failed" : "",
                    escaped(section.line), escaped(section.about));
    for (const Message& message : section.messages) html += message_html(sequence, message, width);
    if (section.message.empty()) return html;
    return html + picture(failure_piece(sequence, section), width) +
           fmt::format("<p class=\"words run failed\">{}</p>\n", escaped(section.message));
}

constexpr std::string_view style = R"css(
.piece{display:block;width:100%;height:auto}
details.msg>summary{list-style:none;cursor:pointer;border-radius:8px}
details.msg>summary::-webkit-details-marker{display:none}
details.msg>summary:hover{background:var(--band)}details.msg>summary:hover .ground{fill:var(--band)}
details.msg[open]>summary{background:var(--band)}details.msg[open]>summary .ground{fill:var(--band)}
.open{position:sticky;left:16px;width:min(100vw - 64px,64rem);margin:6px 0 14px 16px;padding:4px 16px 14px;
border:1px solid var(--rule);border-left:4px solid var(--accent);border-radius:8px;background:var(--paper);box-sizing:border-box}
.refused .open{border-left-color:var(--bad)}
.open p{margin:.6em 0;overflow-wrap:anywhere}.doc{color:var(--stepink);background:var(--step);padding:.3em .7em;border-radius:6px}
.sheets{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:8px 28px}
.words{display:none}
@media (max-width:1000px){.piece{display:none}.diagram{overflow:visible}.open{width:auto;margin:4px 0 12px;position:static}
.words{display:flex;gap:.7em;padding:.5em .2em;line-height:1.4}.words.run{display:block;background:var(--band);border-radius:8px;
padding:.6em .8em;margin:1.2em 0 .4em;overflow-wrap:anywhere;color:var(--soft);font-size:.85rem}.words.run code{color:var(--ink)}
.words.run.failed{background:var(--badband)}.words>span{min-width:0;overflow-wrap:anywhere}
.words em{font-style:normal;color:var(--soft);font-size:.85rem}.stepword{font-style:normal;font-size:.75rem;font-weight:600;
color:var(--stepink);background:var(--step);padding:.1em .6em;border-radius:1em;margin-left:.6em}
.words b{flex:none;width:1.7em;height:1.7em;border-radius:50%;background:var(--accent);color:var(--onaccent);text-align:center;
line-height:1.7em;font-size:.8rem}.refused .words b{background:var(--bad)}}
)css";

}  // namespace

std::string sequence_html(const Json& steps) {
    const Sequence sequence = sequence_of(steps);
    if (sequence.sections.empty()) return page_html("Trace", style, fmt::format("<p>{}</p>\n", nothing));
    const double width = diagram_width(sequence);
    std::string body = fmt::format(
        "<p class=\"lead\">Each row is a message from one system to another. Open it for its headers, claims "
        "and "
        "certificate. \"Step\" is the step in Microsoft's description of how managed identities work with "
        "virtual "
        "machines.</p>\n<div class=\"diagram\"><div style=\"max-width:{:.0f}px\" class=\"rows\">\n",
        width);
    body += picture(heads_piece(sequence), width) + "\n";
    for (const Section& section : sequence.sections) body += section_html(sequence, section, width);
    return page_html("What happened, step by step", style, body + "</div></div>\n");
}

}  // namespace azid::draw
