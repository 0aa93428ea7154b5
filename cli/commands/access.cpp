#include "cli/commands/access.hpp"

#include "cli/commands/role_words.hpp"
#include "cli/commands/shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/access_token.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/action.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/denies.hpp"
#include "core/rbac/explain.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

namespace azid::commands {

namespace {

// Whom people mean: sign-in name, appId, object id, or a display name that only one has. A GUID that nobody
// has stays.
std::string principal_from(app::Context& context, const std::string& given) {
    Session& session = context.session();
    const std::string& tenant = session.caller.tenant_id;
    if (given == rbac::everyone_id) return given;
    if (const std::optional<entra::User> user = session.entra.find_user(tenant, given)) return user->id;
    if (const std::optional<entra::ServicePrincipal> service =
            session.entra.find_service_principal_named(tenant, given))
        return service->id;
    if (is_guid(given)) return lower(given);
    std::vector<std::string> named;
    for (const entra::ServicePrincipal& service : session.entra.service_principals_called(tenant, given))
        named.push_back(service.id);
    for (const entra::DirectoryGroup& group : session.entra.groups(tenant))
        if (iequals(group.display_name, given)) named.push_back(group.id);
    for (const entra::User& user : session.entra.users(tenant))
        if (iequals(user.display_name, given)) named.push_back(user.id);
    if (named.size() == 1) return named.front();
    throw Error(fault::client,
                named.empty()
                    ? fmt::format("The directory has no user, group or service principal '{}'.", given)
                    : fmt::format("{} principals are called '{}': name one by its object id: {}.",
                                  named.size(), given, join(named, ", ")));
}

Caller caller_from_token(app::Context& context) {
    const entra::TokenExpectation any{.tenant = {}, .audiences = {}, .now = context.session().now};
    const entra::TokenReading reading =
        entra::read_access_token(context.session().entra, trim(context.args.text("token")), any);
    if (reading.flaw != entra::TokenFlaw::none)
        throw Error(fault::client,
                    "The token is not valid. 'azid token verify' tells what is wrong with it.");
    return reading.caller;
}

Caller caller_asked_about(app::Context& context) {
    if (context.args.given("token") && context.args.given("assignee"))
        throw Error(
            fault::client,
            "Give either --assignee, decided from the directory, or --token, decided from its claims.");
    if (context.args.given("token")) return caller_from_token(context);
    if (!context.args.given("assignee")) return context.session().caller;
    return rbac::caller_from_directory(context.session(),
                                       principal_from(context, context.args.text("assignee")));
}

struct SourceName {
    std::string_view name;
    rbac::Attributes::Source rbac::Attributes::*source;
};
constexpr SourceName sources[] = {{"@Principal[", &rbac::Attributes::principal},
                                  {"@Resource[", &rbac::Attributes::resource},
                                  {"@Request[", &rbac::Attributes::request},
                                  {"@Environment[", &rbac::Attributes::environment}};

// "@Resource[name]=value", as conditions write the attribute.
void add_attribute(const std::string& text, rbac::Attributes& attributes) {
    for (const SourceName& source : sources) {
        const size_t close = text.find("]=");
        if (!istarts_with(text, source.name) || close == std::string::npos) continue;
        const std::string name = text.substr(source.name.size(), close - source.name.size());
        const std::string value = text.substr(close + 2);
        const auto found = (attributes.*source.source).find(name);
        if (found == (attributes.*source.source).end()) {
            (attributes.*source.source).insert({name, {value}});
        } else {
            found->second.push_back(value);
        }
        if (source.source == &rbac::Attributes::request && iequals(name, "subOperation"))
            attributes.sub_operation = value;
        return;
    }
    throw Error(
        fault::client,
        fmt::format("'{}' is no attribute. Write it as conditions do: @Resource[NAME]=VALUE, or @Principal, "
                    "@Request, @Environment.",
                    text));
}

rbac::Question question_from(app::Context& context) {
    rbac::Question question;
    question.action = context.args.text("action");
    if (question.action.find('/') == std::string::npos || question.action.find('*') != std::string::npos)
        throw Error(
            fault::client,
            fmt::format(
                "'{}' is no action. An action looks like Microsoft.Compute/virtualMachines/start/action, "
                "without wildcards.",
                question.action));
    question.scope = context.args.given("scope") ? scope_from(context, context.args.text("scope"))
                                                 : context.subscription_scope();
    question.is_data = context.args.flag("data_action") || rbac::is_data_action(question.action);
    for (const std::string& attribute : context.args.list("attributes"))
        add_attribute(attribute, question.attributes);
    return question;
}

std::vector<rbac::DenyPrincipal> principals_from(app::Context& context, std::string_view key) {
    std::vector<rbac::DenyPrincipal> principals;
    for (const std::string& given : context.args.list(key))
        principals.push_back({principal_from(context, given), ""});
    return principals;
}

Json shaped_deny(const Json& deny) { return flattened(deny); }

}  // namespace

Json access_check(app::Context& context) {
    const rbac::Question question = question_from(context);
    const rbac::Decision decision = rbac::decide(context.session(), caller_asked_about(context), question);
    const std::string because = rbac::sentence(decision, question);
    const std::string asserted = context.args.text("assertion");
    if (!asserted.empty() && (asserted == "allow") != decision.allowed)
        throw Error(fault::client, fmt::format("Expected {}. {}", asserted, because));
    return Json{{"allowed", decision.allowed}, {"because", because}, {"isDataAction", question.is_data}};
}

Json access_explain(app::Context& context) {
    return rbac::explain(context.session(), caller_asked_about(context), question_from(context));
}

Json access_who_can(app::Context& context) {
    return rbac::who_can(context.session(), question_from(context));
}

Json access_deny_create(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("assignee") == args.flag("everyone"))
        throw Error(fault::client, "Say who is denied: --assignee, one or more, or --everyone.");
    rbac::DenyAssignment deny;
    deny.display_name = args.text("name");
    deny.description = args.text("description");
    deny.scope = args.given("scope") ? scope_from(context, args.text("scope")) : context.subscription_scope();
    deny.do_not_apply_to_child_scopes = args.flag("only_this_scope");
    deny.permissions.push_back({args.list("actions"), args.list("not_actions"), args.list("data_actions"),
                                args.list("not_data_actions"), "", ""});
    deny.principals = principals_from(context, "assignee");
    if (args.flag("everyone")) deny.principals = {{std::string(rbac::everyone_id), "SystemDefined"}};
    deny.exclude_principals = principals_from(context, "exclude");
    return shaped_deny(rbac::create_deny_assignment(context.session(), std::move(deny)));
}

Json access_deny_list(app::Context& context) {
    const std::string scope = context.args.given("scope") ? scope_from(context, context.args.text("scope"))
                                                          : context.subscription_scope();
    Json list = Json::array();
    for (const Json& deny : rbac::list_deny_assignments(context.session(), scope))
        list.push_back(shaped_deny(deny));
    return list;
}

Json access_deny_delete(app::Context& context) {
    const std::string scope = context.args.given("scope") ? scope_from(context, context.args.text("scope"))
                                                          : context.subscription_scope();
    const std::string name = context.args.text("name");
    int deleted = 0;
    for (const Json& deny : rbac::list_deny_assignments(context.session(), scope)) {
        const Json& properties = deny["properties"];
        if (!iequals(text_at(deny, "name"), name) && text_at(properties, "denyAssignmentName") != name)
            continue;
        deleted += rbac::delete_deny_assignment(context.session(), text_at(properties, "scope"),
                                                text_at(deny, "name"));
    }
    if (deleted == 0)
        throw Error(fault::client_not_found,
                    fmt::format("There is no deny assignment '{}' at {}.", name, scope));
    return nullptr;
}

}  // namespace azid::commands
