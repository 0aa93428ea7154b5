#include "cli/commands/lock_place.hpp"

#include "core/arm/locks.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(fault::client, message); }

struct Given {
    std::string_view key;
    std::string_view option;
};
constexpr Given details[] = {{"resource_type", "--resource-type"},
                             {"resource_provider_namespace", "--namespace"},
                             {"parent_resource_path", "--parent"}};

void refuse_details(const app::Args& args, std::string_view missing) {
    for (const Given& detail : details)
        if (args.given(detail.key))
            refuse(fmt::format("{} is ignored if {} is not given.", detail.option, missing));
}

void take(LockPlace& place, const arm::ResourceId& id) {
    place.group = id.group();
    place.provider = id.provider();
    place.type = id.segments().back().first;
    place.resource = id.name();
    std::vector<std::string> parents;
    for (std::size_t i = 0; i + 1 < id.segments().size(); ++i)
        parents.push_back(id.segments()[i].first + "/" + id.segments()[i].second);
    place.parent = join(parents, "/");
}

// The type may carry the namespace, as in Microsoft.Compute/virtualMachines.
void split_type(LockPlace& place) {
    const std::vector<std::string> pieces = split(place.type, '/');
    if (place.provider.empty() && pieces.size() == 1)
        refuse(
            "A resource namespace is required if the name, --resource, is present.Expected "
            "<namespace>/<type> or --namespace=<namespace>");
    if (!place.provider.empty() && pieces.size() != 1)
        refuse("Resource namespace specified in both --resource-type and --namespace");
    if (!place.provider.empty()) return;
    place.provider = pieces.front();
    place.type = place.type.substr(pieces.front().size() + 1);
}

void expect(const std::string& name, std::string_view option, const std::string& given,
            const std::string& wanted) {
    if (given != wanted) refuse(fmt::format("Unexpected {} for lock {}, expected {}", option, name, wanted));
}

}  // namespace

std::string LockPlace::scope(const app::Context& context) const {
    if (group.empty()) return context.subscription_scope();
    const std::string group_scope = arm::group_scope(context.subscription, group);
    if (resource.empty()) return group_scope;
    return fmt::format("{}/providers/{}/{}{}{}/{}", group_scope, provider, parent, parent.empty() ? "" : "/",
                       type, resource);
}

LockPlace place_of(const app::Args& args, LockLevel level) {
    LockPlace place;
    place.name = args.text("lock_name");
    if (level == LockLevel::subscription) return place;
    if (level == LockLevel::group && args.text("resource_group").empty())
        refuse("Missing required --resource-group/-g parameter.");
    if (level == LockLevel::resource && args.text("resource_name").empty())
        refuse("Missing required resource_name parameter.");
    place.group = args.text("resource_group");
    if (!args.given("resource_group")) {
        if (args.given("resource_name")) {
            const std::optional<arm::ResourceId> id = arm::ResourceId::parse(args.text("resource_name"));
            if (!id)
                refuse(
                    "--resource is not a valid resource ID. --resource as a resource name is ignored if "
                    "--resource-group is not given.");
            take(place, *id);
        }
        refuse_details(args, "--resource-group");
        return place;
    }
    if (!args.given("resource_name")) {
        refuse_details(args, "--resource");
        return place;
    }
    place.resource = args.text("resource_name");
    place.provider = args.text("resource_provider_namespace");
    place.parent = args.text("parent_resource_path");
    place.type = args.text("resource_type");
    if (place.type.empty()) refuse("--resource-type is required if the name, --resource, is present");
    split_type(place);
    return place;
}

std::optional<LockPlace> place_of_id(std::string_view id) {
    constexpr std::string_view mark = "/providers/Microsoft.Authorization/locks/";
    const std::size_t at = id.rfind(mark);
    if (at == std::string_view::npos || !id.starts_with("/subscriptions/")) return {};
    LockPlace place;
    const std::string_view name = id.substr(at + mark.size());
    place.name = name.substr(0, name.find('/'));
    const std::string scope(id.substr(0, at));
    if (const std::optional<arm::ResourceId> resource = arm::ResourceId::parse(scope)) {
        take(place, *resource);
        return place;
    }
    const std::vector<std::string> pieces = split(scope, '/');
    if (pieces.size() == 3) return place;
    if (pieces.size() != 5 || !iequals(pieces[3], "resourceGroups")) return {};
    place.group = pieces[4];
    return place;
}

void check_id(std::string_view id, LockLevel level) {
    if (level == LockLevel::any) return;
    const std::optional<LockPlace> place = place_of_id(id);
    // az trips over such an id while it checks its arguments: Python's text, and the parser's exit code.
    if (!place) throw Error(fault::usage, "'NoneType' object has no attribute 'groupdict'");
    if (level == LockLevel::subscription && !place->group.empty())
        refuse(fmt::format("{} is not a valid subscription-level lock id.", id));
    if (level == LockLevel::group && (place->group.empty() || !place->resource.empty()))
        refuse(fmt::format("{} is not a valid group-level lock id.", id));
    if (level == LockLevel::resource && place->resource.empty())
        refuse(fmt::format("{} is not a valid resource-level lock id.", id));
}

void check_lock(const app::Args& args, LockLevel level) {
    const std::vector<std::string> ids = args.list("ids");
    for (const std::string& id : ids) check_id(id, level);
    // "lock" checks the place even beside --ids.
    if (ids.empty() || level == LockLevel::any) place_of(args, level);
}

void check_place(const app::Context& context, const LockPlace& place) {
    std::vector<std::string> ids;
    for (const Json& lock : arm::list_locks(context.session(), context.subscription_scope(), false))
        if (text_at(lock, "name") == place.name) ids.push_back(text_at(lock, "id"));
    if (ids.size() != 1) return;
    const LockPlace there = place_of_id(ids.front()).value_or(LockPlace{});
    if (there.group.empty()) return;
    expect(place.name, "--resource-group", place.group, there.group);
    if (there.resource.empty()) return;
    expect(place.name, "--namespace", place.provider, there.provider);
    if (!there.parent.empty()) expect(place.name, "--parent", place.parent, there.parent);
    expect(place.name, "--resource-type", place.type, there.type);
    expect(place.name, "--resource-name", place.resource, there.resource);
}

}  // namespace azid::commands
