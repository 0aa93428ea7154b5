// An action, a sub-operation and the value of every attribute on three lines, then a condition.
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/rbac/condition.hpp"
#include "core/rbac/condition_regex.hpp"
#include "fuzz/support/target.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace azid::fuzz { namespace {

std::optional<rbac::Condition> condition_of(std::string_view text) {
    try {
        return rbac::Condition::parse(text);
    } catch (const Error& error) {
        require(error.fault().code == fault::invalid_condition.code, "only as a condition it is refused",
                error.message());
        require(!error.message().empty(), "a refusal has words");
        reached(error.message());
        return {};
    }
}

// True, false, or what it was refused with.
std::string outcome(const rbac::Condition& condition, const std::string& action,
                    const rbac::Attributes& attributes) {
    try {
        return condition.holds(action, attributes) ? "holds" : "does not hold";
    } catch (const Error& error) {
        require(error.fault().code == fault::invalid_condition.code, "only as a condition it is refused",
                error.message());
        return error.message();
    }
}

rbac::Attributes attributes_of(const std::string& sub_operation, const std::string& value) {
    rbac::Attributes attributes;
    for (rbac::Attributes::Source* const source :
         {&attributes.principal, &attributes.resource, &attributes.request, &attributes.environment})
        for (const char* const name : {"a", "Microsoft.Storage/storageAccounts/blobServices/containers:name",
                                       "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/"
                                       "tags:Project<$key_case_sensitive$>",
                                       "UtcNow", "Microsoft.Directory/CustomSecurityAttributes/Id:a_b"})
            source->insert({name, {value, "x"}});
    attributes.sub_operation = sub_operation;
    return attributes;
}

void check_regex(const std::string& pattern, const std::string& text) {
    try {
        const bool found = rbac::condition::regex_search(pattern, text, false);
        if (found)
            require(rbac::condition::regex_search(pattern, text, true),
                    "without case at least as much matches", pattern);
        reached(found ? "matches" : "matches not");
    } catch (const Error& error) {
        reached(error.message());
    }
}

void take(std::string_view bytes) {
    Input input(bytes);
    const std::string action(input.line());
    const std::string sub_operation(input.line());
    const std::string value(input.line());
    const std::string_view text = input.rest();
    check_regex(action, value);
    const std::optional<rbac::Condition> condition = condition_of(text);
    if (!condition) return;
    const rbac::Attributes attributes = attributes_of(sub_operation, value);
    const std::string first = outcome(*condition, action, attributes);
    reached(first);
    require(outcome(*condition, action, attributes) == first, "a condition decides alike twice", text);
    if (text.size() > rbac::longest_condition / 2 - 16) return;
    // A tree as deep as is allowed may not be put into brackets.
    const std::optional<rbac::Condition> denied = condition_of(fmt::format("!({})", text));
    if (denied && first.ends_with("hold"))
        require(outcome(*denied, action, attributes) == "holds", "what does not hold holds denied", text);
    const std::optional<rbac::Condition> both = condition_of(fmt::format("(({0}) AND ({0}))", text));
    if (both) require(outcome(*both, action, attributes) == first, "twice the same is the same", text);
}

const Registration registration({"conditions", take});

}}  // namespace azid::fuzz
