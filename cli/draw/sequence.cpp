#include "cli/draw/sequence.hpp"

#include "cli/draw/words.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::draw {

namespace {

// From left to right. What ARM's own providers do for it is drawn as ARM's.
constexpr std::array order = std::to_array<std::string_view>(
    {"client", "code", "arm", "msi", "imds", "entra", "graph", "rbac", "keyvault", "storage"});
constexpr std::array behind_arm = std::to_array<std::string_view>({"compute", "web", "network"});

std::string place_of(const Json& step, std::string_view member) {
    std::string id = text_at(step, member);
    if (id.empty()) id = text_at(step, "system");
    const bool hidden = std::find(behind_arm.begin(), behind_arm.end(), id) != behind_arm.end();
    return hidden ? "arm" : id;
}

std::size_t rank_of(std::string_view id) {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), id) - order.begin());
}

std::vector<Participant> participants_of(const Json& steps) {
    std::vector<Participant> found;
    for (const Json& step : steps)
        for (const char* const member : {"from", "to"}) {
            const std::string id = place_of(step, member);
            if (std::none_of(found.begin(), found.end(),
                             [&](const Participant& one) { return one.id == id; }))
                found.push_back({id, system_name(id)});
        }
    std::stable_sort(found.begin(), found.end(), [](const Participant& left, const Participant& right) {
        return rank_of(left.id) < rank_of(right.id);
    });
    return found;
}

std::size_t index_of(const Sequence& sequence, const std::string& id) {
    const auto found = std::find_if(sequence.participants.begin(), sequence.participants.end(),
                                    [&](const Participant& one) { return one.id == id; });
    return static_cast<std::size_t>(found - sequence.participants.begin());
}

std::string plain(const Json& value) { return value.is_string() ? value.get<std::string>() : compact(value); }

void add_facts(Facts& facts, const Json& object, const std::string& prefix) {
    for (const auto& [name, value] : object.items()) {
        if (value.is_object())
            add_facts(facts, value, prefix + name + ".");
        else if (!value.is_null())
            facts.emplace_back(prefix + name, plain(value));
    }
}

struct Part {
    std::string_view member;
    std::string_view title;
};
constexpr std::array parts =
    std::to_array<Part>({{"header", "Header"}, {"claims", "Claims"}, {"certificate", "Certificate"}});

std::vector<Sheet> sheets_of(const Json& step) {
    std::vector<Sheet> sheets{{"Step", {}}};
    for (const char* const member : {"what", "subject", "causedByName", "causedBy", "at", "correlationId"})
        if (!text_at(step, member).empty()) sheets.front().facts.emplace_back(member, text_at(step, member));
    Json details = step.value("details", Json::object());
    if (!details.is_object()) return sheets;
    std::vector<Sheet> more;
    for (const Part& part : parts) {
        const std::string member(part.member);
        if (!details.contains(member) || !details[member].is_object()) continue;
        more.push_back({std::string(part.title), {}});
        add_facts(more.back().facts, details[member], "");
        details.erase(member);
    }
    if (details.contains("certificates") && details["certificates"].is_array()) {
        for (const Json& one : details["certificates"]) {
            more.push_back({"Certificate", {}});
            add_facts(more.back().facts, one, "");
        }
        details.erase("certificates");
    }
    add_facts(sheets.front().facts, details, "");
    sheets.insert(sheets.end(), more.begin(), more.end());
    return sheets;
}

std::string document_text(int number, const std::string& flow, const std::string& gist) {
    if (number == 0) return {};
    const std::string of = flow.empty() ? "both flows" : "the " + flow + " flow";
    return fmt::format("Step {} of {} in Microsoft's description: {}.", number, of, gist);
}

Message message_of(const Sequence& sequence, const Json& step) {
    Message message;
    message.number = step.value("step", 0);
    message.from = index_of(sequence, place_of(step, "from"));
    message.to = index_of(sequence, place_of(step, "to"));
    message.text = message_text(step, false);
    message.whole = message_text(step, true);
    const Json number = step.value("documentStep", Json());
    message.document_step = number.is_number_integer() ? number.get<int>() : 0;
    message.document_text =
        document_text(message.document_step, text_at(step, "documentFlow"), text_at(step, "documentGist"));
    const std::string what = text_at(step, "what");
    message.is_refusal = what.ends_with("refused") || what.ends_with("refuses");
    message.sheets = sheets_of(step);
    return message;
}

std::string about(const Json& step) {
    std::vector<std::string> words;
    if (!text_at(step, "caller").empty()) words.push_back(text_at(step, "caller"));
    words.push_back(text_at(step, "at").substr(0, 19) + "Z");
    if (!text_at(step, "outcome").empty()) words.push_back(text_at(step, "outcome"));
    if (!text_at(step, "correlationId").empty()) words.push_back(text_at(step, "correlationId"));
    return join(words, "  ·  ");
}

}  // namespace

Sequence sequence_of(const Json& steps) {
    Sequence sequence;
    sequence.participants = participants_of(steps);
    std::string run;
    for (const Json& step : steps) {
        const std::string key = text_at(step, "correlationId") + text_at(step, "at");
        if (sequence.sections.empty() || key != run) {
            const std::string outcome = text_at(step, "outcome");
            sequence.sections.push_back({text_at(step, "command"),
                                         about(step),
                                         !outcome.empty() && outcome != "Succeeded",
                                         text_at(step, "message"),
                                         {}});
            run = key;
        }
        sequence.sections.back().messages.push_back(message_of(sequence, step));
    }
    return sequence;
}

}  // namespace azid::draw
