// What "trace show" found, made ready for drawing: who takes part, and each message with its words. Made of
// the command's JSON alone.
#pragma once

#include "core/base/json.hpp"

#include <string>
#include <utility>
#include <vector>

namespace azid::draw {

using Facts = std::vector<std::pair<std::string, std::string>>;

// A table below a message: "Claims", with a line for each.
struct Sheet {
    std::string title;
    Facts facts;
};

struct Message {
    int number = 0;
    std::size_t from = 0;  // places among the participants; the same: a step within one
    std::size_t to = 0;
    std::string text;   // short, with names in place of ids
    std::string whole;  // the same with the whole ids
    int document_step = 0;
    std::string document_text;  // "step 2 of the system-assigned flow: ..."; empty when it is none
    bool is_refusal = false;
    std::vector<Sheet> sheets;
};

struct Section {
    std::string line;   // the command or request
    std::string about;  // who, when, and what became of it
    bool failed = false;
    std::string message;  // what was said of the failure
    std::vector<Message> messages;
};

struct Participant {
    std::string id;
    std::string name;
};

struct Sequence {
    std::vector<Participant> participants;  // those that take part, from left to right
    std::vector<Section> sections;
};

Sequence sequence_of(const Json& steps);

// The forms of a trace; all end in a newline.
std::string sequence_text(const Json& steps);
std::string sequence_mermaid(const Json& steps);
std::string sequence_svg(const Json& steps);
std::string sequence_html(const Json& steps);

}  // namespace azid::draw
