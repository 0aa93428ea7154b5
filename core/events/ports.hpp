// What happened inside: every step of the systems, in order, for traces and the activity log.
#pragma once

#include "core/base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::events {

struct Event {
    Instant at;
    std::string system;   // "arm", "entra", "msi", "imds", "rbac", "keyvault", "storage"
    std::string what;     // "service principal created"
    std::string actor;    // object id of who caused it; empty for the systems themselves
    std::string subject;  // resource id or object id it happened to
    std::string details;  // JSON object text; empty for none
};

class Store {
  public:
    virtual ~Store() = default;

    virtual void add(const Event& event) = 0;
    // The newest count, oldest of them first.
    virtual std::vector<Event> latest(int count) = 0;
};

}  // namespace azid::events
