// The run of a program: its resources made, its outputs evaluated.
#include "core/arm/deployment.hpp"
#include "core/arm/deployment_record.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/templates/bind.hpp"
#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/functions.hpp"
#include "core/arm/templates/program.hpp"
#include "core/arm/templates/targets.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace azid::arm::templates {

namespace {

constexpr std::string_view nested_type = "Microsoft.Resources/deployments";

constexpr std::string_view failed_message =
    "At least one resource deployment operation failed. Please list deployment operations for details. "
    "Please see "
    "https://aka.ms/arm-deployment-operations for usage details.";

Json failure_of(const Program& program, const std::vector<Json>& details) {
    return {{"code", fault::deployment_failed.code},
            {"target", program.frame.place.id()},
            {"message", failed_message},
            {"details", details}};
}

// Runs the work; when it fails, what it changed is taken back, and the error is given as JSON. Null for
// success.
template <class Work>
Json attempt(Session& session, const Work& work) {
    session.arm.mark();
    try {
        work();
        session.arm.keep_since_mark();
        return nullptr;
    } catch (const Error& error) {
        session.arm.take_back_to_mark();
        return error_json(error);
    }
}

class Runner {
  public:
    explicit Runner(Program& program) : program_(program), session_(program.frame.session) {}

    Outcome run() {
        program_.frame.in_run = true;
        for (const Item* item : in_order(program_.source, program_.items)) {
            const bool is_blocked = std::any_of(item->needs.begin(), item->needs.end(),
                                                [&](const auto& need) { return failed_.contains(need); });
            if (is_blocked || !make(*item)) failed_.insert(item->id);
        }
        if (!errors_.empty())
            outcome_.error = compact(failure_of(program_, errors_));
        else
            evaluate_outputs();
        std::sort(outcome_.made.begin(), outcome_.made.end(), ILess{});
        return std::move(outcome_);
    }

  private:
    bool make(const Item& item) {
        Step step{"Create", item.id, item.type, item.name, false, {}};
        Json error;
        if (iequals(item.type, nested_type)) {
            error = make_nested(item);
        } else {
            const Target target = target_of(item.id);
            error = attempt(session_, [&] {
                step.existed = target_exists(session_, target);
                put_target(session_, target, body_of(program_.frame, program_.source, item));
            });
            if (error.is_null()) outcome_.made.push_back(item.id);
        }
        if (!error.is_null()) {
            step.error = compact(error);
            errors_.push_back(std::move(error));
        }
        outcome_.steps.push_back(std::move(step));
        return outcome_.steps.back().error.empty();
    }

    // A nested deployment is recorded as one of its own, whatever became of it.
    Json make_nested(const Item& item) {
        Json inner_error;
        const Json error = attempt(session_, [&] {
            const std::unique_ptr<Program> inner = nested(program_.frame, program_.source, item);
            const Outcome outcome = templates::run(*inner);
            outcome_.made.insert(outcome_.made.end(), outcome.made.begin(), outcome.made.end());
            if (!outcome.error.empty()) inner_error = Json::parse(outcome.error);
            session_.arm.save(record_of(*inner, outcome, "Incremental"));
        });
        return error.is_null() ? inner_error : error;
    }

    void evaluate_outputs() {
        const Json outputs = program_.source.document->value("outputs", Json::object());
        Json values = Json::object();
        std::vector<std::string> names;
        std::vector<Json> details;
        for (const auto& [name, output] : outputs.items()) {
            try {
                if (Json value = output_of(name, output); !value.is_null()) values[name] = std::move(value);
            } catch (const Error& error) {
                names.push_back(name);
                details.push_back({{"code", fault::deployment_output_failed.code},
                                   {"target", name},
                                   {"message", error.fault().code == fault::invalid_template.code
                                                   ? fmt::format("The template output '{}' is not valid: {}",
                                                                 name, error.message())
                                                   : error.message()}});
            }
        }
        outcome_.outputs = compact(values);
        Step step{"EvaluateDeploymentOutput", "", "", "", true, {}};
        if (!names.empty()) {
            outcome_.error = compact(Json{
                {"code", fault::deployment_output_failed.code},
                {"message",
                 fmt::format("Unable to evaluate template outputs: '{}'. Please see error details and "
                             "deployment operations. Please see https://aka.ms/arm-common-errors for usage "
                             "details.",
                             join(names, ","))},
                {"details", details}});
            step.error = outcome_.error;
        }
        outcome_.steps.push_back(std::move(step));
    }

    // {"type","value"}; null when its condition does not hold.
    Json output_of(const std::string& name, const Json& output) {
        Frame& frame = program_.frame;
        if (output.contains("condition") && resolved(frame, output["condition"]) != true) return nullptr;
        const std::string type = text_at(output, "type");
        Json value;
        if (const auto copy = output.find("copy"); copy != output.end()) {
            Json loop = *copy;
            loop["name"] = name;
            value = resolved(frame, Json{{"copy", Json::array({loop})}})[name];
        } else {
            value = resolved(frame, output.value("value", Json(nullptr)));
        }
        check_type(name, type, value);
        Json shown = {{"type", shown_type(type)}};
        if (!is_secret(type)) shown["value"] = std::move(value);
        return shown;
    }

    static void check_type(const std::string& name, const std::string& type, const Json& value) {
        const std::string kind = lower(type);
        const bool fits = kind.ends_with("string")   ? value.is_string()
                          : kind == "int"            ? value.is_number_integer()
                          : kind == "bool"           ? value.is_boolean()
                          : kind == "array"          ? value.is_array()
                          : kind.ends_with("object") ? value.is_object()
                                                     : true;
        if (fits || value.is_null()) return;
        throw Error(
            fault::deployment_output_failed,
            fmt::format("The template output '{}' is not valid: Template output JToken type is not valid. "
                        "Expected '{}'. Actual '{}'.Please see https://aka.ms/arm-template/#outputs for "
                        "usage details.",
                        name, kind.ends_with("string") ? "String, Uri" : shown_type(type), type_name(value)));
    }

    Program& program_;
    Session& session_;
    Outcome outcome_;
    std::vector<Json> errors_;
    std::set<std::string, ILess> failed_;
};

}  // namespace

Outcome run(Program& program) { return Runner(program).run(); }

void delete_others(const Program& program, Outcome& outcome) {
    Session& session = program.frame.session;
    const DeploymentPlace& place = program.frame.place;
    std::vector<Resource> others;
    for (const Resource& resource : session.arm.resources(place.subscription, place.group, "")) {
        const bool kept = std::any_of(outcome.made.begin(), outcome.made.end(),
                                      [&](const std::string& id) { return iequals(id, resource.id.text()); });
        if (!kept && resource.id.segments().size() == 1) others.push_back(resource);
    }
    // What is used by another can go only after it: as long as one goes, the rest is tried again.
    std::vector<Json> errors;
    for (bool progress = true; progress && !others.empty();) {
        progress = false;
        errors.clear();
        std::vector<Resource> left;
        for (const Resource& resource : others) {
            const ResourceType* type = find_type(resource.id.type());
            const Json error = attempt(session, [&] {
                if (type == nullptr || type->remove == nullptr)
                    throw Error(fault::method_not_allowed,
                                fmt::format("Resources of type '{}' cannot be deleted.", resource.id.type()));
                type->remove(session, resource.id);
            });
            if (!error.is_null()) {
                errors.push_back(error);
                left.push_back(resource);
                continue;
            }
            progress = true;
            outcome.steps.push_back(
                {"Delete", resource.id.text(), resource.id.type(), resource.id.name(), true, {}});
        }
        others = std::move(left);
    }
    for (std::size_t i = 0; i < others.size(); ++i)
        outcome.steps.push_back({"Delete", others[i].id.text(), others[i].id.type(), others[i].id.name(),
                                 true, compact(errors[i])});
    if (!errors.empty() && outcome.error.empty()) outcome.error = compact(failure_of(program, errors));
}

}  // namespace azid::arm::templates
