#include "cli/draw/sequence.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::draw {

namespace {

std::string way_of(const Sequence& sequence, const Message& message) {
    const std::string& from = sequence.participants[message.from].name;
    const std::string& to = sequence.participants[message.to].name;
    return message.from == message.to ? from : fmt::format("{} -> {}", from, to);
}

std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    return text;
}

std::string lines_of(const Sequence& sequence, const Message& message) {
    std::string text =
        fmt::format("{:3}. {}\n     {}\n", message.number, way_of(sequence, message), one_line(message.text));
    if (!message.document_text.empty()) text += fmt::format("     ({})\n", message.document_text);
    return text;
}

// What Mermaid would read as its own, as its entities.
std::string entity_text(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
            case '#':
                out += "#35;";
                break;
            case ';':
                out += "#59;";
                break;
            case '<':
                out += "#lt;";
                break;
            case '>':
                out += "#gt;";
                break;
            case '"':
                out += "#quot;";
                break;
            default:
                out += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
        }
    return out;
}

std::string mermaid_of(const Sequence& sequence, const Message& message) {
    const std::string step =
        message.document_step == 0 ? "" : fmt::format(" (step {})", message.document_step);
    return fmt::format("    {}{}{}: {}. {}{}\n", sequence.participants[message.from].id,
                       message.is_refusal ? "--x" : "->>", sequence.participants[message.to].id,
                       message.number, entity_text(message.text), step);
}

}  // namespace

std::string sequence_text(const Json& steps) {
    const Sequence sequence = sequence_of(steps);
    if (sequence.sections.empty()) return "Nothing has been set in motion yet.\n";
    std::string text;
    for (const Section& section : sequence.sections) {
        if (!text.empty()) text += "\n";
        if (!section.line.empty()) text += one_line(section.line) + "\n";
        text += one_line(section.about) + "\n";
        for (const Message& message : section.messages) text += lines_of(sequence, message);
        if (!section.message.empty()) text += "     " + one_line(section.message) + "\n";
    }
    return text;
}

std::string sequence_mermaid(const Json& steps) {
    const Sequence sequence = sequence_of(steps);
    std::string text = "sequenceDiagram\n";
    for (const Participant& one : sequence.participants)
        text += fmt::format("    participant {} as {}\n", one.id, entity_text(one.name));
    if (sequence.participants.empty()) return text + "    participant client as You\n";
    const std::string over = sequence.participants.size() == 1
                                 ? sequence.participants.front().id
                                 : sequence.participants.front().id + "," + sequence.participants.back().id;
    for (const Section& section : sequence.sections) {
        if (!section.line.empty())
            text += fmt::format("    Note over {}: {}\n", over, entity_text(section.line));
        for (const Message& message : section.messages) text += mermaid_of(sequence, message);
    }
    return text;
}

}  // namespace azid::draw
