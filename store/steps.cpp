#include "store/steps.hpp"

#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "store/dates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace azid::store {

namespace {

using events::Event;

// The members of a step that are text, by their names in the file.
struct TextMember {
    const char* name;
    std::string Event::*text;
};

constexpr TextMember text_members[] = {
    {"system", &Event::system},        {"what", &Event::what},
    {"actor", &Event::actor},          {"subject", &Event::subject},
    {"actorName", &Event::actor_name}, {"sender", &Event::sender},
    {"receiver", &Event::receiver},
};

void append(std::string& all, const Event& step, Instant at) {
    std::string object;
    object.reserve(300 + step.details.size());
    if (step.at != at) JsonMember("at", date_text(step.at)).append_to(object);
    for (const auto& [name, text] : text_members)
        if (!(step.*text).empty()) JsonMember(name, step.*text).append_to(object);
    if (!step.details.empty()) JsonMember::json("details", step.details).append_to(object);
    all += object.empty() ? "{" : object;
    all += '}';
}

Event step_of(const Json& object, Instant at, std::int64_t run) {
    Event step;
    const std::string own = text_at(object, "at");
    step.at = own.empty() ? at : date_of(own);
    for (const auto& [name, text] : text_members) step.*text = text_at(object, name);
    const auto details = object.find("details");
    if (details != object.end() && details->is_object()) step.details = compact(*details);
    step.run = run;
    return step;
}

}  // namespace

std::string steps_text(const std::vector<Event>& steps, Instant at) {
    std::string all;
    const auto first = steps.end() - static_cast<std::ptrdiff_t>(std::min(steps.size(), events::steps_kept));
    for (auto step = first; step != steps.end(); ++step) {
        all += all.empty() ? '[' : ',';
        append(all, *step, at);
    }
    if (!all.empty()) all += ']';
    return all;
}

std::vector<Event> steps_of(std::string_view json, Instant at, std::int64_t run) {
    std::vector<Event> steps;
    if (json.empty()) return steps;
    const Json array = Json::parse(json, nullptr, false);
    const bool are_steps = array.is_array() && std::all_of(array.begin(), array.end(),
                                                           [](const Json& step) { return step.is_object(); });
    if (!are_steps)
        throw Error(fault::state,
                    fmt::format("The state file's journal holds no steps of '{}' where they belong.", run));
    steps.reserve(array.size());
    for (const Json& object : array) steps.push_back(step_of(object, at, run));
    return steps;
}

}  // namespace azid::store
