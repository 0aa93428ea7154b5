#include "cli/commands/group.hpp"

#include "cli/commands/generic_update.hpp"
#include "cli/commands/shape.hpp"
#include "cli/commands/wait.hpp"
#include "core/arm/export.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view fields = "id location managedBy name properties tags type";

// --tag KEY or KEY=VALUE: az compares both exactly.
bool has_tag(const Json& group, const std::string& wanted) {
    const auto tags = group.find("tags");
    if (tags == group.end() || !tags->is_object()) return false;
    const size_t equals = wanted.find('=');
    const auto found = tags->find(wanted.substr(0, equals));
    if (found == tags->end()) return false;
    return equals == std::string::npos || *found == wanted.substr(equals + 1);
}

Json shown(app::Context& context) {
    return with_fields(
        arm::get_group(context.session(), context.subscription, context.args.text("resource_group_name")),
        fields);
}

}  // namespace

Json group_create(app::Context& context) {
    Json body{{"location", context.args.text("location")}};
    const Json tags = app::tags_of(context.args);
    if (!tags.is_null()) body["tags"] = tags;
    if (context.args.given("managed_by")) body["managedBy"] = context.args.text("managed_by");
    return with_fields(
        arm::put_group(context.session(), context.subscription, context.args.text("rg_name"), body), fields);
}

Json group_show(app::Context& context) { return shown(context); }

// az gets the group, changes what it got and puts it back whole.
Json group_update(app::Context& context) {
    Json group = shown(context);
    if (context.args.given("tags")) group["tags"] = app::tags_of(context.args);
    apply_generic_update(context, group);
    Json body = Json::object();
    for (const char* sent : {"location", "managedBy", "tags"})
        if (!group[sent].is_null()) body[sent] = group[sent];
    return with_fields(arm::put_group(context.session(), context.subscription, text_at(group, "name"), body),
                       fields);
}

Json group_wait(app::Context& context) {
    return wait_for(context, [&] { return shown(context); });
}

Json group_export(app::Context& context) {
    const app::Args& args = context.args;
    arm::ExportOptions options;
    options.comments = args.flag("include_comments");
    options.default_values = args.flag("include_parameter_default_value");
    options.without_parameters = args.flag("skip_resource_name_params") || args.flag("skip_all_params");
    const std::vector<std::string> ids = args.list("resource_ids");
    if (!ids.empty() && ids.front() != "*") options.resources = ids;
    for (const std::string& id : options.resources)
        if (!arm::ResourceId::parse(id))
            throw Error(fault::client,
                        fmt::format("az resource: error: argument --resource-ids: invalid ResourceId "
                                    "value: '{}'",
                                    id));
    return arm::export_group(context.session(), context.subscription, args.text("resource_group_name"),
                             options);
}

Json group_list(app::Context& context) {
    Json groups = Json::array();
    for (const Json& group : arm::list_groups(context.session(), context.subscription)) {
        if (context.args.given("tag") && !context.args.text("tag").empty() &&
            !has_tag(group, context.args.text("tag")))
            continue;
        groups.push_back(with_fields(group, fields));
    }
    return groups;
}

Json group_delete(app::Context& context) {
    arm::delete_group(context.session(), context.subscription, context.args.text("resource_group_name"));
    return nullptr;
}

Json group_exists(app::Context& context) {
    return arm::group_exists(context.session(), context.subscription,
                             context.args.text("resource_group_name"));
}

}  // namespace azid::commands
