// What happened inside: every command or request, the steps that the systems took for it, in order, and the
// operations that the activity log lists.
#pragma once

#include "core/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azid::events {

struct Event {
    Instant at;
    std::string system;           // "arm", "entra", "msi", "imds", "rbac", "keyvault", "storage"
    std::string what;             // "service principal created"
    std::string actor;            // object id of who caused it; empty for the systems themselves
    std::string subject;          // resource id or object id it happened to
    std::string details;          // JSON object text; empty for none
    std::string actor_name = {};  // UPN of a user, appId of a service principal
    std::string sender = {};      // from which system it goes: core/events/route.hpp
    std::string receiver = {};    // to which; the sender itself for a step within it
    std::int64_t run = 0;         // number of the command or request; 0: none, or from before azid kept them
};

// A command or a request: what events are steps of.
struct Run {
    std::int64_t number = 0;
    Instant at = {};
    std::string kind = {};         // "command" or "request"
    std::string line = {};         // the command's words without secret values; method, host and path
    std::string caller = {};       // UPN of a user, appId of a service principal; empty: nobody in particular
    std::string caller_id = {};    // object id
    std::string correlation = {};  // a GUID
    std::string status = {};       // "Succeeded" or "Failed"
    std::string code = {};         // of a failed one, the error's code; empty otherwise
    std::string message = {};      // of a refused one
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

// All that one transaction had to tell.
struct Report {
    Run run;
    std::vector<Event> events;
    std::vector<Operation> operations;

    bool empty() const { return events.empty() && operations.empty(); }
};

// How much is kept: the newest commands and requests, and of each the newest steps. After so many commands
// and requests it is looked whether there are more: meanwhile there may be.
inline constexpr std::int64_t runs_kept = 1000;
inline constexpr std::size_t steps_kept = 20'000;
inline constexpr std::int64_t looked_at = 16;

class Store {
  public:
    virtual ~Store() = default;

    // Says for which command or request the transaction is; without a line nothing but the steps is kept.
    virtual void open(const Run& run) = 0;
    // Keeps the step in mind until the transaction ends: a commit writes it down.
    virtual void add(Event event) = 0;
    // The newest count steps, oldest of them first, those in mind last.
    virtual std::vector<Event> latest(int count) = 0;
    // The correlation id of what the transaction is for, made now if it has none.
    virtual std::string correlation() = 0;

    // Keeps the operation in mind until the transaction ends: a commit writes it down.
    virtual void begin(const Operation& operation) = 0;
    // Those that the transaction has begun so far.
    virtual std::vector<Operation> begun() = 0;
    // All that is in mind, which is forgotten here, for writing it down at another time. It has a correlation
    // id only where one was given or asked for: its place in the journal, of which one is made, is not known
    // yet.
    virtual Report report() = 0;
    // Forgets what is in mind: a new transaction begins.
    virtual void forget() = 0;
    // Writes it down at once, under a new correlation id if it has none, and lets go now and then of what is
    // older than runs_kept.
    virtual void write(const Report& report) = 0;

    // The newest commands and requests, oldest of them first.
    virtual std::vector<Run> runs(std::int64_t count) = 0;
    // Those of one correlation id, oldest first.
    virtual std::vector<Run> runs_of(std::string_view correlation) = 0;
    // The steps of one, in order.
    virtual std::vector<Event> events_of(std::int64_t run) = 0;
    // Operations between two instants (both included), newest first, each with a number of its own.
    virtual std::vector<std::pair<std::int64_t, Operation>> operations(Instant from, Instant to) = 0;
};

}  // namespace azid::events
