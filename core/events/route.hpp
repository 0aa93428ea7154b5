// From which system to which a step goes, and which step of Microsoft's description of managed identities on
// virtual machines it is.
#pragma once

#include "core/events/ports.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::events {

// "client": whoever gives the commands; "code": code that runs as a managed identity; else a system's name.
struct Route {
    std::string from;
    std::string to;
};

// Goes by the event's system, what and subject. A step that the table does not know stays within its system.
// The caller is code when it came with a managed identity's token.
Route route_of(const Event& event, bool caller_is_code);

// A step of the documents' flows ("How managed identities for Azure resources work with Azure virtual
// machines").
struct DocumentStep {
    int number = 0;         // 1 to 7; 0: none of them
    std::string_view flow;  // "system-assigned", "user-assigned", or "" where both have it
    std::string_view gist;  // what happens in it, in few words
};

// Which of them the event is, among the events of the same run.
DocumentStep document_step(const Event& event, const std::vector<Event>& run);

}  // namespace azid::events
