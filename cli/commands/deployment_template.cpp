#include "cli/commands/deployment_template.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/json_argument.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/templates/reader.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/query/python_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace azid::commands {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(fault::client, message); }

void refuse_bicep(std::string_view file, std::string_view ending) {
    if (!lower(file).ends_with(ending)) return;
    throw Error(
        fault::not_modelled,
        fmt::format("azid has no Bicep compiler and cannot read '{}': build it to JSON elsewhere and give "
                    "that file.",
                    file));
}

std::string template_text(const app::Context& context) {
    const std::string file = context.args.text("template_file");
    refuse_bicep(file, ".bicep");
    const std::optional<std::string> text = file == "-" ? std::nullopt : context.environment.read_file(file);
    if (!text) refuse(fmt::format("[Errno 2] No such file or directory: '{}'", file));
    return *text;
}

Json parsed_template(const std::string& text, const std::string& file) {
    try {
        Json value = arm::templates::read_json(text);
        if (value.is_object()) return value;
    } catch (const Error&) {
        // Told below in az's words, which name the file and not the place.
    }
    refuse(fmt::format("Failed to parse '{}', please check whether it is a valid JSON format", file));
}

// The parameters in a text of JSON: those below "parameters", or all of it. Null when it is no JSON object.
Json parameters_in(const std::string& text) {
    try {
        const Json value = arm::templates::read_json(text);
        if (!value.is_object()) return nullptr;
        return value.value("parameters", value);
    } catch (const Error&) {
        return nullptr;
    }
}

class Parameters {
  public:
    Parameters(app::Context& context, const Json& document)
        : context_(context), defined_(document.value("parameters", Json::object())), document_(document) {}

    Json read() {
        for (const std::string& item : context_.args.list("parameters")) add(item);
        complete();
        return std::move(values_);
    }

  private:
    void add(const std::string& item) {
        refuse_bicep(item, ".bicepparam");
        Json given;
        const std::optional<std::string> content = file_content(item);
        if (content) {
            given = parameters_in(*content);
            if (given.is_null())
                refuse(fmt::format(
                    "Failed to parse {0} with exception:\n    Failed to parse '{0}', please check "
                    "whether it is a valid JSON format",
                    item));
        } else if (item.find_first_of("{[") == 0) {
            given = parameters_in(item);
        }
        if (given.is_object()) {
            for (const auto& [name, value] : given.items()) values_[name] = value;
            return;
        }
        add_pair(item);
    }

    std::optional<std::string> file_content(const std::string& item) const {
        if (item.empty() || item == "-" || item.size() > 4000 || item.find('\n') != std::string::npos)
            return {};
        std::optional<std::string> content = context_.environment.read_file(item);
        return content && content->empty() ? std::nullopt : content;
    }

    void add_pair(const std::string& item) {
        const std::size_t equals = item.find('=');
        if (equals == std::string::npos) refuse(fmt::format("Unable to parse parameter: {}", item));
        const std::string name = item.substr(0, equals);
        const std::string value = item.substr(equals + 1);
        if (!defined_.contains(name)) {
            std::vector<std::string> known;
            for (const auto& [key, definition] : defined_.items()) known.push_back(key);
            std::sort(known.begin(), known.end());
            refuse(fmt::format("unrecognized template parameter '{}'. Allowed parameters: {}", name,
                               join(known, ", ")));
        }
        values_[name] = {{"value", typed(name, value)}};
    }

    std::string type_of(const std::string& name) const {
        const Json& definition = defined_[name];
        const std::string reference = text_at(definition, "$ref");
        if (!reference.starts_with("#/definitions/")) return lower(text_at(definition, "type"));
        const Json* known = find(document_, "definitions");
        return known != nullptr && known->contains(reference.substr(14))
                   ? lower(text_at((*known)[reference.substr(14)], "type"))
                   : std::string();
    }

    Json typed(const std::string& name, const std::string& value) {
        const std::string type = type_of(name);
        if (type == "object" || type == "array" || type == "secureobject")
            return json_argument(context_, value);
        if (type == "bool") return iequals(value, "true");
        if (type == "int") {
            const std::string_view digits = trim(value);
            std::int64_t number = 0;
            const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
            if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size())
                refuse(fmt::format("invalid literal for int() with base 10: '{}'", value));
            return number;
        }
        if (type != "string" && type != "securestring")
            context_.messages.warn(fmt::format(
                "Unrecognized type '{}' for parameter '{}'. Interpretting as string.", type, name));
        return value;
    }

    // Parameters without a value and without a default: asked for, where there is somebody to ask.
    void complete() {
        std::vector<std::string> missing;
        for (const auto& [name, definition] : defined_.items()) {
            const bool is_given = values_.contains(name) && !values_[name].is_null();
            if (!definition.contains("defaultValue") && !definition.value("nullable", false) && !is_given)
                missing.push_back(name);
        }
        if (missing.empty()) return;
        const std::vector<std::string> in_order = missing;
        std::sort(missing.begin(), missing.end());
        if (context_.args.flag("no_prompt")) {
            context_.messages.warn(fmt::format("Missing input parameters: {} ", join(missing, ", ")));
            return;
        }
        if (!context_.environment.stdin_is_terminal)
            refuse("Missing input parameters: " + join(missing, ", "));
        for (const std::string& name : in_order) values_[name] = {{"value", asked(name)}};
    }

    Json asked(const std::string& name) {
        const std::string type = type_of(name);
        const std::string question = fmt::format(
            "Please provide {} value for '{}' (? for help): ", type.empty() ? "string" : type, name);
        for (;;) {
            context_.environment.write_out(question);
            const std::optional<std::string> line = context_.environment.read_line();
            if (!line) refuse("Missing input parameters: " + name);
            const std::string answer(trim(*line));
            if (answer == "?") {
                const Json* help = find(defined_[name], "metadata.description");
                context_.environment.write_out(
                    (help != nullptr ? help->get<std::string>() : "Missing description") + "\n");
                continue;
            }
            if ((type == "object" || type == "array") && answer.empty())
                return type == "object" ? Json::object() : Json::array();
            return typed(name, answer);
        }
    }

    app::Context& context_;
    Json defined_;
    const Json& document_;
    Json values_ = Json::object();
};

}  // namespace

void check_template_given(const app::Args& args, app::Messages&) {
    if (!args.text("template_file").empty()) return;
    for (const std::string& item : args.list("parameters")) refuse_bicep(item, ".bicepparam");
    refuse(
        "Please enter one of the following: template file, template spec, template url, or Bicep parameters "
        "file.");
}

arm::DeploymentPlace deployment_place(const app::Context& context) {
    const app::Args& args = context.args;
    std::string name = args.text("deployment_name");
    const std::string file = args.text("template_file");
    if (name.empty() && !file.empty()) {
        name = file.substr(file.rfind('/') + 1);
        if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.resize(dot);
    }
    return {context.subscription, args.text("resource_group_name"), name.empty() ? "deployment1" : name};
}

std::string deployment_body(app::Context& context) {
    const app::Args& args = context.args;
    const std::string text = template_text(context);
    const Json document = parsed_template(text, args.text("template_file"));
    Json properties = {{"parameters", Parameters(context, document).read()}};
    properties["mode"] = args.given("mode") ? args.text("mode") : "Incremental";
    const std::string format =
        args.given("result_format") ? args.text("result_format") : args.text("what_if_result_format");
    if (!format.empty()) properties["whatIfSettings"]["resultFormat"] = format;
    Json request = Json::object();
    if (args.given("deployment_location"))
        request["location"] = arm::normal_location(args.text("deployment_location"));
    request["properties"] = std::move(properties);
    const std::string before = dumped(request);
    return before.substr(0, before.size() - 2) + ", template:" + text + "}}";
}

std::string dumped(const Json& value) {
    if (!value.is_structured()) return query::python_json(value);
    std::vector<std::string> parts;
    for (const auto& [key, member] : value.items())
        parts.push_back(value.is_object() ? query::python_json(key) + ": " + dumped(member) : dumped(member));
    return value.is_object() ? "{" + join(parts, ", ") + "}" : "[" + join(parts, ", ") + "]";
}

}  // namespace azid::commands
