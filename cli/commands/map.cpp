#include "cli/draw/map.hpp"
#include "cli/commands/role_words.hpp"
#include "cli/commands/trace.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/rbac/map.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

struct Drawing {
    std::string_view form;
    std::string (*draw)(const Json& map);
};
constexpr Drawing drawings[] = {
    {"mermaid", draw::map_mermaid}, {"svg", draw::map_svg}, {"html", draw::map_html}};

// Empty: everything.
std::string scope_of(app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    const std::string scope = context.args.text("scope");
    if (!group.empty() && !scope.empty() && context.args.typed("resource_group_name"))
        throw Error(fault::usage, "Give either --scope or --resource-group/-g.");
    if (!scope.empty()) return scope_from(context, scope);
    if (group.empty()) return {};
    (void)arm::require_group(context.session(), context.subscription, group);
    return context.group_scope();
}

}  // namespace

Json map(app::Context& context) {
    Json result = rbac::access_map(context.session(), scope_of(context));
    const std::string form = context.args.text("_drawing");
    for (const Drawing& drawing : drawings)
        if (drawing.form == form) return drawing.draw(result);
    return result;
}

}  // namespace azid::commands
