#include "cli/commands/tag.hpp"

#include "core/arm/tags.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

// {"properties":{"tags":{...}}} of --tags. az takes no empty ones here: that is what "tag delete" is for.
Json body_of(const app::Args& args) {
    const Json tags = app::tags_of(args);
    if (tags.is_null() || tags.empty()) throw Error(fault::client, "Tags could not be empty.");
    return {{"properties", {{"tags", tags}}}};
}

std::string required_name(const app::Args& args) {
    if (args.text("tag_name").empty())
        throw Error(fault::client, "usage error: --resource-id ID --tags KEY=VALUE ... | --name NAME");
    return args.text("tag_name");
}

}  // namespace

Json tag_create(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("resource_id"))
        return arm::put_tags(context.session(), args.text("resource_id"), body_of(args));
    return arm::put_tag_name(context.session(), context.subscription, required_name(args));
}

Json tag_list(app::Context& context) {
    if (context.args.given("resource_id"))
        return arm::get_tags(context.session(), context.args.text("resource_id"));
    return arm::list_tag_names(context.session(), context.subscription);
}

Json tag_update(app::Context& context) {
    Json body = body_of(context.args);
    body["operation"] = context.args.text("operation");
    return arm::patch_tags(context.session(), context.args.text("resource_id"), body);
}

Json tag_delete(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("resource_id"))
        arm::delete_tags(context.session(), args.text("resource_id"));
    else
        arm::delete_tag_name(context.session(), context.subscription, required_name(args));
    return nullptr;
}

Json tag_add_value(app::Context& context) {
    return arm::put_tag_value(context.session(), context.subscription, context.args.text("tag_name"),
                              context.args.text("tag_value"));
}

Json tag_remove_value(app::Context& context) {
    arm::delete_tag_value(context.session(), context.subscription, context.args.text("tag_name"),
                          context.args.text("tag_value"));
    return nullptr;
}

}  // namespace azid::commands
