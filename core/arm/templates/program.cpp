#include "core/arm/templates/program.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/templates/bind.hpp"
#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/targets.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm::templates {

namespace {

constexpr std::string_view nested_type = "Microsoft.Resources/deployments";

[[noreturn]] void refuse(const std::string& message, std::vector<ErrorDetail> details = {}) {
    throw Error(fault::invalid_template_deployment, message).with_details(std::move(details));
}

bool is_inner(const Json& properties) {
    const Json* scope = find(properties, "expressionEvaluationOptions.scope");
    return scope != nullptr && scope->is_string() && iequals(scope->get<std::string>(), "inner");
}

// Everything that preflight finds, of a program and of those nested in it.
class Preflight {
  public:
    void look_at(const Program& program) {
        for (const Item& item : program.items) {
            if (!item.wanted || item.existing) continue;
            authorise(program.frame.session, item);
            if (!is_deployable(item.type))
                throw Error(fault::not_modelled,
                            fmt::format("azid does not deploy resources of type '{}'.", item.type));
            if (iequals(item.type, nested_type)) {
                if (const std::unique_ptr<Program> inner = nested(program.frame, program.source, item))
                    look_at(*inner);
            } else {
                check_body(program, item);
            }
        }
    }

    // All missing rights in one refusal, as Resource Manager's preflight words it; then what the types found.
    void refuse_if_any(const Program& program) const {
        if (unauthorised_.size() == 1)
            refuse(fmt::format("The template deployment failed with error: '{}'.", unauthorised_.front()));
        if (!unauthorised_.empty())
            refuse(fmt::format("Deployment failed with multiple errors: '{}'", join(unauthorised_, ":")));
        if (!details_.empty())
            refuse(fmt::format("The template deployment '{}' is not valid according to the validation "
                               "procedure. The tracking id is '{}'. See inner errors for details.",
                               program.frame.place.name, new_guid(program.frame.session.random)),
                   details_);
    }

  private:
    void authorise(Session& session, const Item& item) {
        const std::string action = iequals(item.type, "Microsoft.Resources/resourceGroups")
                                       ? std::string("Microsoft.Resources/subscriptions/resourceGroups/write")
                                       : item.type + "/write";
        if (rbac::may(session, action, item.id)) return;
        unauthorised_.push_back(fmt::format(
            "Authorization failed for template resource '{}' of type '{}'. The client '{}' with "
            "object id '{}' does not have permission to perform action '{}' at scope '{}'.",
            item.name, item.type, session.caller.name, session.caller.object_id, action, item.id));
    }

    // What asks about resources cannot be checked before they are there.
    void check_body(const Program& program, const Item& item) {
        Json body = body_of(program.frame, program.source, item);
        if (asks(body)) return;
        try {
            check_target(program.frame.session, target_of(item.id), body);
        } catch (const Error& error) {
            if (error.fault().code == fault::not_modelled.code) throw;
            details_.push_back({std::string(error.fault().code), error.message(), error.target()});
        }
    }

    std::vector<std::string> unauthorised_;
    std::vector<ErrorDetail> details_;
};

}  // namespace

Program prepare(Session& session, const DeploymentPlace& place, const Source& source, const Json& parameters,
                const Value& deployment) {
    Program program{Frame{session, place}, source, {}};
    program.frame.deployment = deployment;
    bind(program.frame, source, parameters);
    program.items = expand(program.frame, source);
    const Json outputs = source.document->value("outputs", Json::object());
    for (const auto& [name, output] : outputs.items()) {
        const Json& checked = output;
        blaming(source, "outputs." + name, fmt::format("The template output '{}'", name),
                [&] { check_expressions(program.frame, checked); });
    }
    in_order(source, program.items);
    return program;
}

std::unique_ptr<Program> nested(const Frame& frame, const Source& source, const Item& item) {
    const Json properties = item.body->value("properties", Json::object());
    if (properties.contains("templateLink"))
        throw Error(
            fault::not_modelled,
            fmt::format("azid fetches no linked templates: put the template of the nested deployment '{}' "
                        "in its place.",
                        item.name));
    if (!properties.contains("template"))
        throw violation(source, item.part,
                        fmt::format("The nested deployment '{}' has no template. Please see "
                                    "https://aka.ms/arm-deploy for usage details",
                                    item.name));
    if (!frame.in_run && !item.place.group.empty() &&
        !frame.session.arm.find_group(item.place.subscription, item.place.group))
        return nullptr;
    const Source inner{std::make_shared<const Json>(properties["template"]), source.positions,
                       fmt::format("{}.{}.properties.template", source.path, item.part)};
    Frame outer = frame;
    outer.loops = item.loops;
    Json given = properties.value("parameters", Json::object());
    if (!frame.in_run && asks(given)) return nullptr;
    given = resolved(outer, given);
    const Value deployment = std::make_shared<const Json>(
        Json{{"name", item.name}, {"properties", {{"mode", "Incremental"}, {"parameters", given}}}});
    if (is_inner(properties))
        return std::make_unique<Program>(prepare(frame.session, item.place, inner, given, deployment));
    // Outer scope, which is the default: the template's expressions see what the parent's see.
    auto program = std::make_unique<Program>(Program{outer, inner, {}});
    program->frame.place = item.place;
    program->frame.resources.clear();
    program->frame.in_run = false;
    program->items = expand(program->frame, inner);
    program->frame.loops = item.loops;
    return program;
}

void check(const Program& program) {
    Preflight preflight;
    preflight.look_at(program);
    preflight.refuse_if_any(program);
}

Json error_json(const Error& error) {
    Json body = {{"code", error.fault().code}};
    if (!error.target().empty()) body["target"] = error.target();
    body["message"] = error.message();
    for (const ErrorDetail& detail : error.details()) {
        Json one = {{"code", detail.code}};
        if (!detail.target.empty()) one["target"] = detail.target;
        one["message"] = detail.message;
        body["details"].push_back(std::move(one));
    }
    if (!error.additional_info().empty()) body["additionalInfo"] = Json::parse(error.additional_info());
    return body;
}

}  // namespace azid::arm::templates
