// What happened inside: every step of the systems, in order, for traces and the activity log.
#pragma once

#include "core/base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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

// A management operation that changes something, as the activity log lists it.
struct Operation {
    Instant at;
    std::string action;  // "Microsoft.Compute/virtualMachines/write"
    std::string scope;
    std::string caller;       // UPN of a user, appId of a service principal
    std::string caller_id;    // object id
    std::string tenant_id;    // the caller's
    std::string correlation;  // a GUID that the operations of one command share
    std::string status;       // "Succeeded" or "Failed"
    std::string code;         // of a failed one, the error's code; empty otherwise
    std::string message;      // of a failed one
};

class Store {
  public:
    virtual ~Store() = default;

    virtual void add(const Event& event) = 0;
    // The newest count, oldest of them first.
    virtual std::vector<Event> latest(int count) = 0;

    // Keeps the operation in mind until the transaction ends: a commit writes it down.
    virtual void begin(const Operation& operation) = 0;
    // Those that the transaction has begun so far.
    virtual std::vector<Operation> begun() = 0;
    // Forgets them: a new transaction begins.
    virtual void forget() = 0;
    // Writes one down at once.
    virtual void write(const Operation& operation) = 0;
    // Those between two instants (both included), newest first, each with a number of its own.
    virtual std::vector<std::pair<std::int64_t, Operation>> operations(Instant from, Instant to) = 0;
};

}  // namespace azid::events
