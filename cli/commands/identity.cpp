#include "cli/commands/identity.hpp"

#include "cli/commands/shape.hpp"
#include "core/arm/groups.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/msi/identities.hpp"
#include "core/msi/operations.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view fields = "clientId id location name principalId systemData tags tenantId type";

Json shaped(const Json& identity) { return with_fields(flattened(identity), fields); }

arm::ResourceId identity_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group_name"),
            "Microsoft.ManagedIdentity",
            {{"userAssignedIdentities", context.args.text("resource_name")}}};
}

// az asks for the group's location while it still checks the command line: what fails then is a usage error.
std::string location_of_group(app::Context& context) {
    try {
        return text_at(
            arm::get_group(context.session(), context.subscription, context.args.text("resource_group_name")),
            "location");
    } catch (const Error& error) {
        Fault fault = error.fault();
        fault.exit_code = fault::usage.exit_code;
        throw Error(fault, error.message());
    }
}

}  // namespace

Json identity_create(app::Context& context) {
    Json body;
    body["location"] =
        context.args.given("location") ? context.args.text("location") : location_of_group(context);
    const Json tags = app::tags_of(context.args);
    if (!tags.is_null()) body["tags"] = tags;
    return shaped(msi::put_identity(context.session(), identity_id(context), body));
}

Json identity_show(app::Context& context) {
    return shaped(msi::get_identity(context.session(), identity_id(context)));
}

Json identity_list(app::Context& context) {
    Json identities = Json::array();
    for (const Json& identity : msi::list_identities(context.session(), context.subscription,
                                                     context.args.text("resource_group_name")))
        identities.push_back(shaped(identity));
    return identities;
}

Json identity_delete(app::Context& context) {
    msi::remove_identity(context.session(), identity_id(context));
    return nullptr;
}

Json identity_list_resources(app::Context& context) {
    return msi::associated_resources(context.session(), identity_id(context), Json::object())["value"];
}

Json identity_list_operations(app::Context& /*context*/) { return Json(msi::operations()); }

}  // namespace azid::commands
