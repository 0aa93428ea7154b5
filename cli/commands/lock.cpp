#include "cli/commands/lock.hpp"

#include "cli/app/environment.hpp"
#include "cli/app/output.hpp"
#include "cli/commands/lock_place.hpp"
#include "cli/commands/shape.hpp"
#include "core/arm/locks.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

Json shaped(const Json& body) {
    return with_fields(flattened(body), "id level name notes owners systemData type");
}

using Act = Json (*)(app::Context&, const LockPlace&);

// The place of the options, or each of --ids.
Json at_each(app::Context& context, LockLevel level, std::string_view verb, Act act) {
    const std::vector<std::string> ids = context.args.list("ids");
    if (ids.empty()) {
        const LockPlace place = place_of(context.args, level);
        if (place.name.empty()) throw Error(fault::client, "(--name | --ids) are required");
        return act(context, place);
    }
    std::vector<LockPlace> places;
    for (const std::string& id : ids) {
        const std::optional<LockPlace> place = place_of_id(id);
        if (!place) {
            // az tells it and ends well.
            context.environment.write_error(fmt::format(
                "ERROR: az lock {}: error: argument --ids: invalid ResourceId value: '{}'\n", verb, id));
            throw app::AlreadyTold{0};
        }
        places.push_back(*place);
    }
    Json results = Json::array();
    for (const LockPlace& place : places) results.push_back(act(context, place));
    return results.size() == 1 ? results.front() : results;
}

Json show(app::Context& context, const LockPlace& place) {
    check_place(context, place);
    return shaped(arm::get_lock(context.session(), place.scope(context), place.name));
}

Json remove(app::Context& context, const LockPlace& place) {
    check_place(context, place);
    arm::delete_lock(context.session(), place.scope(context), place.name);
    return nullptr;
}

Json update(app::Context& context, const LockPlace& place) {
    check_place(context, place);
    const std::string scope = place.scope(context);
    Json body = arm::get_lock(context.session(), scope, place.name);
    for (const char* member : {"level", "notes"})
        if (!context.args.text(member).empty()) body["properties"][member] = context.args.text(member);
    return shaped(arm::put_lock(context.session(), scope, place.name, body));
}

Json create(app::Context& context, LockLevel level) {
    const LockPlace place = place_of(context.args, level);
    Json properties{{"level", context.args.text("level")}};
    if (context.args.given("notes")) properties["notes"] = context.args.text("notes");
    return shaped(arm::put_lock(context.session(), place.scope(context), place.name,
                                {{"properties", std::move(properties)}}));
}

Json list(app::Context& context, LockLevel level) {
    const std::string filter = context.args.text("filter_string");
    if (!filter.empty() && !iequals(filter, "atScope()"))
        throw Error(fault::bad_request,
                    fmt::format("The filter '{}' is not supported: locks know 'atScope()' alone.", filter));
    Json locks = Json::array();
    for (const Json& lock :
         arm::list_locks(context.session(), place_of(context.args, level).scope(context), !filter.empty()))
        locks.push_back(shaped(lock));
    return locks;
}

}  // namespace

void check_any_lock(const app::Args& args, app::Messages&) { check_lock(args, LockLevel::any); }
void check_account_lock(const app::Args& args, app::Messages&) { check_lock(args, LockLevel::subscription); }
void check_group_lock(const app::Args& args, app::Messages&) { check_lock(args, LockLevel::group); }
void check_resource_lock(const app::Args& args, app::Messages&) { check_lock(args, LockLevel::resource); }

Json lock_create(app::Context& context) { return create(context, LockLevel::any); }
Json lock_show(app::Context& context) { return at_each(context, LockLevel::any, "show", show); }
Json lock_list(app::Context& context) { return list(context, LockLevel::any); }
Json lock_update(app::Context& context) { return at_each(context, LockLevel::any, "update", update); }
Json lock_delete(app::Context& context) { return at_each(context, LockLevel::any, "delete", remove); }

Json account_lock_create(app::Context& context) { return create(context, LockLevel::subscription); }
Json account_lock_show(app::Context& context) {
    return at_each(context, LockLevel::subscription, "show", show);
}
Json account_lock_list(app::Context& context) { return list(context, LockLevel::subscription); }
Json account_lock_update(app::Context& context) {
    return at_each(context, LockLevel::subscription, "update", update);
}
Json account_lock_delete(app::Context& context) {
    return at_each(context, LockLevel::subscription, "delete", remove);
}

Json group_lock_create(app::Context& context) { return create(context, LockLevel::group); }
Json group_lock_show(app::Context& context) { return at_each(context, LockLevel::group, "show", show); }
Json group_lock_list(app::Context& context) { return list(context, LockLevel::group); }
Json group_lock_update(app::Context& context) { return at_each(context, LockLevel::group, "update", update); }
Json group_lock_delete(app::Context& context) { return at_each(context, LockLevel::group, "delete", remove); }

Json resource_lock_create(app::Context& context) { return create(context, LockLevel::resource); }
Json resource_lock_show(app::Context& context) { return at_each(context, LockLevel::resource, "show", show); }
Json resource_lock_list(app::Context& context) { return list(context, LockLevel::resource); }
Json resource_lock_update(app::Context& context) {
    return at_each(context, LockLevel::resource, "update", update);
}
Json resource_lock_delete(app::Context& context) {
    return at_each(context, LockLevel::resource, "delete", remove);
}

}  // namespace azid::commands
