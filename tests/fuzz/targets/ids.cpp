// Two resource ids or scopes, one on each line.
#include "core/arm/resource_id.hpp"
#include "core/base/text.hpp"
#include "core/rbac/scope.hpp"
#include "fuzz/support/target.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::fuzz { namespace {

// The same with every ASCII letter in the other case.
std::string shouted_or_whispered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ ' ');
    return out;
}

void check_id(std::string_view text) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text);
    if (!id) return reached("no id");
    const std::string printed = id->text();
    const std::optional<arm::ResourceId> again = arm::ResourceId::parse(printed);
    require(again && again->text() == printed, "a printed id reads back as itself", printed);
    require(again->segments() == id->segments() && again->group() == id->group(), "nothing of an id is lost",
            printed);
    const std::optional<arm::ResourceId> shouted = arm::ResourceId::parse(shouted_or_whispered(text));
    require(shouted && shouted->key() == id->key(), "ids compare without case", printed);
    require(!id->name().empty() && id->type().starts_with(id->provider() + "/"),
            "an id has a type and a name", printed);
    require(id->child("t", "n").parent()->key() == id->key(), "a child's parent is the id itself", printed);
    require(arm::subscription_of(printed) == id->subscription() && arm::group_of(printed) == id->group(),
            "an id lies in its own subscription and group", printed);
    const std::string group = id->group_scope();
    if (!id->group().empty() && rbac::trimmed_scope(group) == group)
        require(rbac::covers(group, printed), "a group covers what is in it", printed);
    reached(id->group().empty() ? "id without group" : "id");
}

void check_scope(std::string_view text) {
    const std::string_view trimmed = rbac::trimmed_scope(text);
    require(rbac::trimmed_scope(trimmed) == trimmed, "trimming twice is trimming", text);
    const std::vector<std::string> chain = rbac::scope_chain(text, {"root", "/providers/x/y/z"});
    require(!chain.empty() && chain.back() == "/", "every chain ends at the root", text);
    if (!rbac::is_scope(text)) return reached("no scope");
    require(rbac::is_scope(trimmed) && rbac::same_scope(text, trimmed), "a trimmed scope is the scope", text);
    require(rbac::covers(text, text), "a scope covers itself", text);
    require(trimmed == "/" || rbac::same_scope(chain.front(), text), "a chain begins with the scope", text);
    for (const std::string& above : chain)
        if (!istarts_with(above, "/providers/") && rbac::trimmed_scope(above) == above)
            require(rbac::covers(above, text), "what is above a scope covers it", above);
    reached("scope");
}

void take(std::string_view bytes) {
    Input input(bytes);
    const std::string_view one = input.line();
    const std::string_view other = input.line();
    for (const std::string_view text : {one, other}) {
        check_id(text);
        check_scope(text);
    }
    if (rbac::covers(one, other) && rbac::covers(other, one))
        require(rbac::same_scope(one, other) || rbac::trimmed_scope(one) == "/" ||
                    rbac::trimmed_scope(other) == "/",
                "scopes that cover each other are the same", bytes);
    if (rbac::covers(one, other) && rbac::trimmed_scope(one) != "/")
        require(istarts_with(rbac::trimmed_scope(other), rbac::trimmed_scope(one)),
                "covering goes by the beginning", bytes);
}

const Registration registration({"ids", take});

}}  // namespace azid::fuzz
