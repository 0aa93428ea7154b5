#include "cli/commands/deployment.hpp"

#include "cli/app/environment.hpp"
#include "cli/app/output.hpp"
#include "cli/commands/deployment_shape.hpp"
#include "cli/commands/deployment_template.hpp"
#include "cli/commands/wait.hpp"
#include "cli/commands/what_if_text.hpp"
#include "core/arm/deployment.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

// az validates first, and tells what is refused there as JSON: the error, then each inner one after a
// heading.
std::string told_apart(Json error, bool is_inner) {
    const Json details = error.value("details", Json::array());
    error.erase("details");
    std::string text = (is_inner ? "Inner Errors: \n" : "") + dumped(error);
    for (const Json& detail : details) text += "\n\n" + told_apart(detail, true);
    return text;
}

template <class Work>
auto as_az_tells(const Work& work) {
    try {
        return work();
    } catch (const Error& error) {
        if (error.fault().surface != Surface::arm) throw;
        throw Error(fault::client, told_apart(arm::deployment_error_body(error)["error"], false));
    }
}

Json validated(app::Context& context, const arm::DeploymentPlace& place, const std::string& body) {
    return as_az_tells([&] { return arm::validate_deployment(context.session(), place, body); });
}

// "Code - Message", a line for the error and for each below it.
std::string lines_of(const Json& error) {
    std::string text = text_at(error, "code") + " - " + text_at(error, "message");
    for (const Json& detail : error.value("details", Json::array())) text += "\n" + lines_of(detail);
    return text;
}

// The answer with "resourceGroup" among the resources, as az adds it, and the members in order again.
Json with_groups(const Json& resource) {
    const Json added = app::with_resource_groups(resource);
    if (!added.is_object()) return added;
    std::vector<std::string> keys;
    for (const auto& [key, member] : added.items()) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    Json sorted = Json::object();
    for (const std::string& key : keys) sorted[key] = added[key];
    return sorted;
}

Json forecast(app::Context& context, const arm::DeploymentPlace& place, const std::string& body,
              std::string_view excluded_option) {
    Json answer;
    try {
        answer = arm::what_if(context.session(), place, body);
    } catch (const Error& error) {
        if (error.fault().surface != Surface::arm) throw;
        throw Error(fault::client, compact(arm::deployment_error_body(error)));
    }
    if (answer.contains("error")) throw Error(fault::client, lines_of(answer["error"]));
    Json kept = Json::array();
    const std::vector<std::string> excluded = context.args.list(excluded_option);
    for (Json& change : answer["properties"]["changes"]) {
        const std::string kind = text_at(change, "changeType");
        if (std::any_of(excluded.begin(), excluded.end(),
                        [&](const auto& one) { return iequals(one, kind); }))
            continue;
        for (const char* side : {"before", "after"})
            if (change.contains(side)) change[side] = with_groups(change[side]);
        kept.push_back(std::move(change));
    }
    answer["properties"]["changes"] = std::move(kept);
    return answer;
}

// Of --what-if and --confirm-with-what-if: prints the page and, where asked to, asks whether to go on.
bool goes_on(app::Context& context, const arm::DeploymentPlace& place, const std::string& body) {
    const app::Args& args = context.args;
    const Json answer = forecast(context, place, body, "what_if_exclude_change_types");
    const Json& changes = answer["properties"]["changes"];
    context.environment.write_out(what_if_text(changes) + "\n");
    if (args.flag("what_if")) return false;
    const bool has_change = std::any_of(changes.begin(), changes.end(), [](const Json& change) {
        const std::string kind = text_at(change, "changeType");
        return kind != "NoChange" && kind != "Ignore";
    });
    if (args.flag("proceed_if_no_change") && !has_change) return true;
    if (!context.environment.stdin_is_terminal)
        throw Error(
            fault::client,
            "azid cannot ask whether to go on, for there is no terminal: leave --confirm-with-what-if out.");
    for (;;) {
        context.environment.write_out("\nAre you sure you want to execute the deployment? (y/n): ");
        const std::optional<std::string> answered = context.environment.read_line();
        if (!answered || iequals(trim(*answered), "n")) return false;
        if (iequals(trim(*answered), "y")) return true;
    }
}

}  // namespace

Json deployment_create(app::Context& context) {
    const arm::DeploymentPlace place = deployment_place(context);
    const std::string body = deployment_body(context);
    if ((context.args.flag("what_if") || context.args.flag("confirm_with_what_if")) &&
        !goes_on(context, place, body))
        return nullptr;
    validated(context, place, body);
    const arm::Deployment made =
        as_az_tells([&] { return arm::put_deployment(context.session(), place, body); });
    if (context.args.flag("no_wait")) return nullptr;
    if (arm::has_failed(made)) throw arm::failure_of(made);
    return shaped_deployment(arm::get_deployment(context.session(), place));
}

Json deployment_validate(app::Context& context) {
    const arm::DeploymentPlace place = deployment_place(context);
    return shaped_validation(validated(context, place, deployment_body(context)));
}

Json deployment_what_if(app::Context& context) {
    const arm::DeploymentPlace place = deployment_place(context);
    const std::string body = deployment_body(context);
    const Json answer = forecast(context, place, body, "exclude_change_types");
    if (context.args.flag("no_pretty_print")) return shaped_what_if(answer);
    context.environment.write_out(what_if_text(answer["properties"]["changes"]) + "\n");
    return nullptr;
}

Json deployment_show(app::Context& context) {
    return shaped_deployment(arm::get_deployment(context.session(), deployment_place(context)));
}

Json deployment_list(app::Context& context) {
    Json list = Json::array();
    for (Json& body : arm::list_deployments(context.session(), deployment_place(context),
                                            context.args.text("filter_string")))
        list.push_back(shaped_deployment(std::move(body)));
    return list;
}

Json deployment_delete(app::Context& context) {
    arm::delete_deployment(context.session(), deployment_place(context));
    return nullptr;
}

Json deployment_cancel(app::Context& context) {
    arm::cancel_deployment(context.session(), deployment_place(context));
    return nullptr;
}

Json deployment_export(app::Context& context) {
    // az prints it itself, whatever --output and --query say.
    const Json exported = arm::export_template(context.session(), deployment_place(context));
    context.environment.write_out(exported["template"].dump(2, ' ', true) + "\n");
    return nullptr;
}

Json deployment_wait(app::Context& context) {
    return wait_for(context, [&] { return deployment_show(context); });
}

Json deployment_operation_list(app::Context& context) {
    Json list = Json::array();
    for (Json& operation : arm::list_deployment_operations(context.session(), deployment_place(context)))
        list.push_back(shaped_operation(std::move(operation)));
    return list;
}

Json deployment_operation_show(app::Context& context) {
    Json list = Json::array();
    for (const std::string& id : context.args.list("operation_ids"))
        list.push_back(shaped_operation(
            arm::get_deployment_operation(context.session(), deployment_place(context), id)));
    return list;
}

}  // namespace azid::commands
