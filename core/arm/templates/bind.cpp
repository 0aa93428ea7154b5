#include "core/arm/templates/bind.hpp"

#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/functions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm::templates {

namespace {

struct Type {
    std::string_view name;      // as deployments show it
    std::string_view expected;  // as refusals call it
    Json::value_t holds;
};
constexpr Type types[] = {
    {"String", "String, Uri", Json::value_t::string},  {"SecureString", "String, Uri", Json::value_t::string},
    {"Int", "Integer", Json::value_t::number_integer}, {"Bool", "Boolean", Json::value_t::boolean},
    {"Object", "Object", Json::value_t::object},       {"SecureObject", "Object", Json::value_t::object},
    {"Array", "Array", Json::value_t::array},
};

const Type* find_type(std::string_view name) {
    for (const Type& type : types)
        if (iequals(type.name, name)) return &type;
    return nullptr;
}

constexpr std::string_view members[] = {
    "$schema",   "contentVersion", "apiProfile", "languageVersion", "definitions", "parameters", "variables",
    "functions", "resources",      "outputs",    "metadata",        "imports",     "extensions"};

[[noreturn]] void refuse_content(const Source& source, std::string_view part, const std::string& what) {
    const Position where = source.position(part);
    throw Error(
        fault::invalid_request_content,
        fmt::format("The request content was invalid and could not be deserialized: '{} Path '{}', line "
                    "{}, position {}.'.",
                    what, part.empty() ? source.path : fmt::format("{}.{}", source.path, part), where.line,
                    where.column));
}

void check_members(const Source& source) {
    const Json& document = *source.document;
    if (!document.is_object()) refuse_content(source, "", "The template is not a JSON object.");
    for (const auto& member : document.items()) {
        const std::string& key = member.key();
        if (std::none_of(std::begin(members), std::end(members),
                         [&](std::string_view known) { return iequals(known, key); }))
            refuse_content(source, key,
                           fmt::format("Could not find member '{}' on object of type 'Template'.", key));
    }
    for (const char* needed : {"$schema", "contentVersion", "resources"})
        if (!document.contains(needed))
            refuse_content(source, "", fmt::format("Required property '{}' not found in JSON.", needed));
}

// What a parameter is of: where its type is one that the template defines ("$ref"), that one's rules too.
Json definition_of(const Json& document, Json definition) {
    for (int depth = 0; depth < 20 && definition.contains("$ref"); ++depth) {
        const std::string path = text_at(definition, "$ref");
        if (!path.starts_with("#/definitions/")) break;
        const Json* known = find(document, "definitions");
        const std::string name = path.substr(14);
        if (known == nullptr || !known->contains(name)) break;
        definition.erase("$ref");
        Json merged = (*known)[name];
        for (const auto& [key, value] : definition.items()) merged[key] = value;
        definition = std::move(merged);
    }
    return definition;
}

std::string names_of(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [key, value] : object.items()) names.push_back(key);
    return join(names, ", ");
}

void refuse_strangers(const Source& source, const Json& defined, const Json& given) {
    std::vector<std::string> strangers;
    for (const auto& [key, value] : given.items()) {
        const std::string name = key;
        const auto matches = [&](const auto& item) { return iequals(item.key(), name); };
        const auto all = defined.items();
        if (std::none_of(all.begin(), all.end(), matches)) strangers.push_back(name);
    }
    if (strangers.empty()) return;
    throw violation(
        source, "parameters",
        fmt::format("The template parameters '{}' in the parameters file are not valid; they are not present "
                    "in the original template and can therefore not be provided at deployment time. The only "
                    "supported parameters for this template are '{}'. Please see "
                    "https://aka.ms/arm-pass-parameter-values for usage details",
                    join(strangers, ", "), names_of(defined)));
}

// One parameter under check.
struct Check {
    const Source& source;
    const std::string& name;
    const Json& definition;
    const Json& value;

    std::string part(std::string_view rule) const { return fmt::format("parameters.{}.{}", name, rule); }

    [[noreturn]] void refuse(std::string_view rule, const std::string& why, std::string_view page) const {
        throw violation(
            source, part(rule),
            fmt::format("The provided value for the template parameter '{}' is not valid. {} Please "
                        "see https://aka.ms/{} for usage details",
                        name, why, page));
    }

    void type() const {
        const Type* type = find_type(text_at(definition, "type"));
        if (type == nullptr)
            throw violation(source, part("type"),
                            fmt::format("The template parameter '{}' has the unknown type '{}'. Please see "
                                        "https://aka.ms/arm-syntax-parameters for usage details",
                                        name, text_at(definition, "type")));
        const bool fits = type->holds == Json::value_t::number_integer ? value.is_number_integer()
                                                                       : value.type() == type->holds;
        if (!fits)
            refuse("type",
                   fmt::format("Expected a value of type '{}', but received a value of type '{}'.",
                               type->expected, type_name(value)),
                   "arm-create-parameter-file");
    }

    void allowed() const {
        const auto found = definition.find("allowedValues");
        if (found == definition.end() || !found->is_array()) return;
        const auto matches = [&](const Json& one) {
            return one == value || (one.is_string() && value.is_string() &&
                                    iequals(one.get<std::string>(), value.get<std::string>()));
        };
        const auto is_listed = [&](const Json& one) {
            return std::any_of(found->begin(), found->end(),
                               [&](const Json& listed) { return listed == one; });
        };
        if (std::any_of(found->begin(), found->end(), matches)) return;
        if (value.is_array() && std::all_of(value.begin(), value.end(), is_listed)) return;
        std::vector<std::string> texts;
        for (const Json& one : *found) texts.push_back(written(one));
        refuse("allowedValues",
               fmt::format("The value '{}' is not part of the allowed value(s): '{}'.", written(value),
                           join(texts, ",")),
               "arm-syntax-parameters");
    }

    void bound(const char* rule, std::int64_t measure, bool least, std::string_view what) const {
        const auto found = definition.find(rule);
        if (found == definition.end() || !found->is_number_integer()) return;
        const auto limit = found->get<std::int64_t>();
        if (least ? measure >= limit : measure <= limit) return;
        refuse(rule,
               fmt::format("{} should be {} than or equal to '{}'.", what, least ? "greater" : "less", limit),
               "arm-syntax-parameters");
    }

    void run() const {
        if (value.is_null() && definition.value("nullable", false)) return;
        type();
        allowed();
        if (value.is_number_integer()) {
            bound("minValue", value.get<std::int64_t>(), true, "Value");
            bound("maxValue", value.get<std::int64_t>(), false, "Value");
        } else if (value.is_string() || value.is_array()) {
            const auto length = static_cast<std::int64_t>(
                value.is_string() ? character_count(value.get_ref<const std::string&>()) : value.size());
            bound("minLength", length, true, "Length of the value");
            bound("maxLength", length, false, "Length of the value");
        }
    }
};

const Json* given_value(const Json& given, std::string_view name) {
    for (const auto& [key, value] : given.items())
        if (iequals(key, name)) return &value;
    return nullptr;
}

Json value_of(Frame& frame, const Source& source, const std::string& name, const Json& definition,
              const Json& given) {
    const Json* entry = given_value(given, name);
    if (entry != nullptr && entry->is_object() && entry->contains("value")) return (*entry)["value"];
    if (entry != nullptr && entry->is_object() && entry->contains("reference"))
        throw Error(fault::not_modelled,
                    fmt::format("azid does not take the parameter '{}' from a vault: give its value.", name));
    const auto otherwise = definition.find("defaultValue");
    if (otherwise != definition.end()) {
        frame.in_default = true;
        Json value = blaming(source, "parameters." + name + ".defaultValue",
                             fmt::format("The template parameter '{}'", name),
                             [&] { return resolved_at_once(frame, *otherwise); });
        frame.in_default = false;
        return value;
    }
    if (definition.value("nullable", false)) return nullptr;
    throw violation(source, "parameters." + name,
                    fmt::format("The value for the template parameter '{}'{} is not provided. Please see "
                                "https://aka.ms/arm-create-parameter-file for usage details",
                                name, source.at("parameters." + name)));
}

void bind_parameters(Frame& frame, const Source& source, const Json& given) {
    const Json defined = source.document->value("parameters", Json::object());
    refuse_strangers(source, defined, given);
    for (const auto& [name, raw] : defined.items()) {
        const Json definition = definition_of(*source.document, raw);
        const Json value = value_of(frame, source, name, definition, given);
        Check{source, name, definition, value}.run();
        frame.parameters[name] = std::make_shared<const Json>(value);
    }
}

void bind_functions(Frame& frame, const Json& document) {
    const auto found = document.find("functions");
    if (found == document.end()) return;
    for (const Json& space : *found) {
        const Json* own = find(space, "members");
        if (own == nullptr) continue;
        for (const auto& [name, definition] : own->items())
            frame.functions[text_at(space, "namespace") + "." + name] =
                std::make_shared<const Json>(definition);
    }
}

// "copy" among the variables makes arrays: each of its entries is a variable of its own.
void bind_variables(Frame& frame, const Source& source) {
    const Json variables = source.document->value("variables", Json::object());
    for (const auto& [name, value] : variables.items()) {
        if (iequals(name, "copy") && value.is_array()) {
            for (const Json& loop : value) {
                const Json holder = {{"copy", Json::array({loop})}};
                const std::string made = text_at(loop, "name");
                frame.variables[made] = std::make_shared<const Json>(
                    blaming(source, "variables.copy", fmt::format("The template variable '{}'", made),
                            [&] { return resolved(frame, holder)[made]; }));
            }
            continue;
        }
        frame.variables[name] = std::make_shared<const Json>(value);
    }
    for (const auto& [name, value] : variables.items()) {
        if (iequals(name, "copy")) continue;
        const std::string variable_name = name;
        blaming(source, "variables." + name, fmt::format("The template variable '{}'", name), [&] {
            check_expressions(frame, *frame.variables[variable_name]);
            if (asks(*frame.variables[variable_name]))
                resolved_at_once(frame, *frame.variables[variable_name]);
            return variable(frame, variable_name);
        });
    }
}

}  // namespace

void bind(Frame& frame, const Source& source, const Json& given) {
    check_members(source);
    bind_functions(frame, *source.document);
    bind_parameters(frame, source, given);
    bind_variables(frame, source);
}

std::string shown_type(std::string_view type) {
    const Type* known = find_type(type);
    return std::string(known == nullptr ? type : known->name);
}

bool is_secret(std::string_view type) { return istarts_with(type, "secure"); }

Json shown_parameters(const Frame& frame, const Json& document) {
    Json shown = Json::object();
    const Json defined = document.value("parameters", Json::object());
    for (const auto& [name, raw] : defined.items()) {
        const std::string type = text_at(definition_of(document, raw), "type");
        shown[name]["type"] = shown_type(type);
        if (!is_secret(type)) shown[name]["value"] = *frame.parameters.at(name);
    }
    return shown;
}

}  // namespace azid::arm::templates
