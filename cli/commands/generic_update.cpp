#include "cli/commands/generic_update.hpp"

#include "cli/commands/python_literal.hpp"
#include "cli/render/python_text.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <set>

namespace azid::commands {

namespace {

using Path = std::vector<std::string>;

constexpr std::string_view set_usage = "`--set property1.property2=<value>`";
constexpr std::string_view add_usage = "`--add property.listProperty <key=value, string or JSON string>`";
constexpr std::string_view remove_usage =
    "`--remove property.list <indexToRemove>` OR `--remove propertyToRemove`";

// What in az is a ValueError: the shape of the option's words is wrong.
struct WrongSyntax {};

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool is_lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

// "vmSize" and "vm_size" as "vm_size": the name of the attribute in az's models.
std::string snake_case(std::string_view name) {
    std::string once;
    for (std::size_t i = 0; i < name.size();) {
        std::size_t end = i + 2;
        while (end < name.size() && is_lower(name[end])) ++end;
        const bool word = i + 2 < name.size() && is_upper(name[i + 1]) && end > i + 2;
        if (!word) {
            once += name[i++];
            continue;
        }
        once += name[i];
        once += '_';
        once += name.substr(i + 1, end - i - 1);
        i = end;
    }
    std::string twice;
    for (std::size_t i = 0; i < once.size(); ++i) {
        const bool border = i > 0 && is_upper(once[i]) &&
                            std::isalnum(static_cast<unsigned char>(once[i - 1])) != 0 &&
                            !is_upper(once[i - 1]);
        if (border) twice += '_';
        twice += once[i];
    }
    return lower(twice);
}

// "a.b[0].c" as a, b, [0], c.
Path internal_path(std::string_view text) {
    const std::string dotted = replace_all(replace_all(std::string(text), ".[", "["), "[", ".[");
    Path path;
    for (std::size_t i = 0; i < dotted.size();) {
        const std::size_t close = dotted[i] == '[' ? dotted.find(']', i) : std::string::npos;
        const std::size_t end =
            close != std::string::npos ? close + 1 : std::min(dotted.find('.', i), dotted.size());
        if (end > i) path.push_back(dotted.substr(i, end - i));
        i = end > i ? end : i + 1;
    }
    return path;
}

// What stands between the brackets of "[0]" or "[name=x]"; empty for a name.
std::optional<std::string> bracketed(const std::string& part) {
    if (!part.starts_with('[')) return {};
    const std::size_t close = part.rfind(']');
    if (close == std::string::npos) return {};
    return part.substr(1, close - 1);
}

int number_of(const std::string& text) {
    int value = 0;
    const std::string_view trimmed = trim(text);
    const char* end = trimmed.data() + trimmed.size();
    const auto done = std::from_chars(trimmed.data(), end, value);
    if (trimmed.empty() || done.ec != std::errc() || done.ptr != end) throw WrongSyntax{};
    return value;
}

// Python's indices: from the end where negative. Empty when there is no such item.
std::optional<std::size_t> position(const Json& list, int index) {
    const int size = static_cast<int>(list.size());
    if (index < -size || index >= size) return {};
    return static_cast<std::size_t>(index < 0 ? index + size : index);
}

// Splits at the first "=" that is not within brackets.
std::pair<std::string, std::string> key_and_value(const std::string& expression) {
    const bool single = std::count(expression.begin(), expression.end(), '=') == 1;
    bool within = false;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        if (expression[i] == '=' && (single || !within))
            return {expression.substr(0, i), expression.substr(i + 1)};
        if (expression[i] == '[') within = true;
        if (expression[i] == ']') within = false;
    }
    return {expression, ""};
}

class Updater {
  public:
    Updater(app::Context& context, Json& root, std::string_view dictionaries)
        : context_(context),
          root_(root),
          dictionaries_(split(dictionaries, ' ')),
          force_string_(context.args.flag("force_string")) {}

    void set(const std::string& expression) {
        const auto [key, text] = key_and_value(expression);
        if (trim(key).empty())
            throw Error(fault::client,
                        "usage error: Empty key in --set. Correct syntax: --set KEY=VALUE [KEY=VALUE ...]");
        Json value = text;
        if (!force_string_) json_or_literal(text, value);
        set_at(internal_path(key), split(key, '.'), std::move(value));
    }

    void add(const std::vector<std::string>& values) {
        const Path path = internal_path(values.front());
        Json* list = find(path);
        if (list->is_null()) {
            set_at(path, path, Json(force_string_ ? Json("[]") : Json::array()));
            list = find(path);
        }
        if (!list->is_array()) throw WrongSyntax{};
        Json entry = Json::object();
        for (std::size_t i = 1; i < values.size(); ++i) {
            const std::size_t equals = values[i].find('=');
            if (equals != std::string::npos) {
                entry[values[i].substr(0, equals)] = values[i].substr(equals + 1);
                continue;
            }
            if (!entry.empty()) list->push_back(std::exchange(entry, Json::object()));
            Json item = values[i];
            if (!force_string_) json_or_literal(values[i], item);
            list->push_back(std::move(item));
        }
        if (!entry.empty()) list->push_back(std::move(entry));
    }

    void remove(const std::vector<std::string>& values) {
        const Path path = internal_path(values.front());
        if (path.empty()) throw WrongSyntax{};
        Json* found = find(path);
        if (values.size() < 2 || values[1].empty()) {
            remove_property(path, found->is_array());
            return;
        }
        if (!found->is_array()) throw Error(fault::client, fmt::format("{} doesn't exist", path.back()));
        const std::optional<std::size_t> at = position(*found, number_of(values[1]));
        if (!at)
            throw Error(fault::client, fmt::format("index {} doesn't exist on {}", values[1], path.back()));
        found->erase(*at);
    }

  private:
    static Path without_last(const Path& path) {
        return {path.begin(), path.empty() ? path.end() : path.end() - 1};
    }

    // A plain map, as against one of az's models: where the command says so, and what --set put there.
    bool is_dictionary(const Path& path, const Json& value) const {
        if (path.empty()) return false;
        if (value.empty()) return true;
        if (std::find(dictionaries_.begin(), dictionaries_.end(), path.back()) != dictionaries_.end())
            return true;
        for (std::size_t length = 1; length <= path.size(); ++length)
            if (plain_.contains(Path(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length))))
                return true;
        return false;
    }

    // The member as the object spells it; empty when it has none.
    std::optional<std::string> member_of(const Path& path, const Json& object,
                                         const std::string& name) const {
        if (object.contains(name)) return name;
        if (is_dictionary(path, object)) return {};
        const std::string wanted = snake_case(name);
        for (const auto& [key, member] : object.items())
            if (snake_case(key) == wanted) return key;
        return {};
    }

    [[noreturn]] void show_options(const Path& path, const Json& instance, const std::string& part,
                                   const std::vector<std::string>& whole) const {
        const std::string parent = replace_all(
            join(std::vector<std::string>(whole.begin(), whole.empty() ? whole.end() : whole.end() - 1), "."),
            ".[", "[");
        std::string message = fmt::format("Couldn't find '{}' in '{}'.", part, parent);
        if (instance.is_object()) {
            std::vector<std::string> names;
            for (const auto& [key, member] : instance.items()) names.push_back(key);
            if (!is_dictionary(path, instance)) names.emplace_back("additionalProperties");
            std::sort(names.begin(), names.end());
            message += " Available options: " + python_list(names);
        } else if (instance.is_array()) {
            message += fmt::format(
                " Available options: index into the collection '{}' with [<index>] or [<key=value>]", parent);
        } else {
            message += fmt::format(" '{}' does not support further indexing.", parent);
        }
        throw Error(fault::client, message);
    }

    // The one item of the list whose member has that value: "[name=x]".
    Json* match(Json& list, const std::string& filter, const Path& whole) const {
        const std::size_t equals = filter.find('=');
        const std::string key = filter.substr(0, equals);
        Json value = filter.substr(equals + 1);
        json_or_literal(filter.substr(equals + 1), value);
        const std::string owner = whole.size() < 2 ? "" : whole[whole.size() - 2];
        Json* found = nullptr;
        for (Json& item : list) {
            if (!item.is_object()) continue;
            const std::optional<std::string> member = member_of({"[]"}, item, key);
            if (!member || item[*member] != value) continue;
            if (found != nullptr)
                throw Error(
                    fault::client,
                    fmt::format("non-unique key '{}' found multiple matches on {}. Key must be unique.", key,
                                owner));
            found = &item;
        }
        if (found != nullptr) return found;
        throw Error(fault::client,
                    fmt::format("item with value '{}' doesn't exist for key '{}' on {}",
                                value.is_string() ? value.get<std::string>() : compact(value), key, owner));
    }

    Json* step(Json& instance, const Path& path, const std::string& part, const Path& whole) const {
        if (const std::optional<std::string> inside = bracketed(part)) {
            if (!instance.is_array()) show_options(path, instance, part, whole);
            if (inside->find('=') != std::string::npos) return match(instance, *inside, whole);
            const std::optional<std::size_t> at = position(instance, number_of(*inside));
            if (!at)
                throw Error(fault::client, fmt::format("index {} doesn't exist on {}", *inside,
                                                       whole.size() < 2 ? "" : whole[whole.size() - 2]));
            return &instance[*at];
        }
        if (!instance.is_object()) show_options(path, instance, part, whole);
        const std::optional<std::string> member = member_of(path, instance, part);
        if (!member) show_options(path, instance, part, whole);
        return &instance[*member];
    }

    Json* find(const Path& path) {
        Json* instance = &root_;
        Path walked;
        for (const std::string& part : path) {
            instance = step(*instance, walked, part, path);
            walked.push_back(part);
        }
        return instance;
    }

    // written: the path as the user wrote it, which is how az names it in some messages.
    void set_at(const Path& path, const std::vector<std::string>& written, Json value) {
        if (path.empty()) throw WrongSyntax{};  // "."
        const Path owner_path = without_last(path);
        const std::string& name = path.back();
        Json* owner = find(owner_path);
        if (owner->is_null()) {
            set_at(owner_path, owner_path, force_string_ ? Json("{}") : Json::object());
            owner = find(owner_path);
        }
        if (value.is_object() || value.is_array()) plain_.insert(path);
        if (const std::optional<std::string> inside = bracketed(name)) {
            if (!owner->is_array()) show_options(owner_path, *owner, name, written);
            const int index = number_of(*inside);
            const std::optional<std::size_t> at = position(*owner, index);
            if (!at) throw Error(fault::client, fmt::format("index {} doesn't exist on {}", index, name));
            (*owner)[*at] = std::move(value);
            return;
        }
        if (!owner->is_object()) show_options(owner_path, *owner, name, written);
        const std::optional<std::string> member = member_of(owner_path, *owner, name);
        if (!member && !is_dictionary(owner_path, *owner))
            context_.messages.warn(
                fmt::format("Property '{}' not found on {}. Send it as an additional property .", name,
                            owner_path.empty() ? "root" : owner_path.back()));
        (*owner)[member.value_or(name)] = std::move(value);
    }

    // Of a model the property stays, as an empty list or null; of a map the key goes.
    void remove_property(const Path& path, bool is_list) {
        const Path owner_path = without_last(path);
        Json* owner = find(owner_path);
        if (!owner->is_object()) throw WrongSyntax{};
        const std::optional<std::string> member = member_of(owner_path, *owner, path.back());
        if (!member) throw WrongSyntax{};
        if (is_dictionary(owner_path, *owner))
            owner->erase(*member);
        else
            (*owner)[*member] = is_list ? Json::array() : Json(nullptr);
    }

    app::Context& context_;
    Json& root_;
    std::vector<std::string> dictionaries_;
    bool force_string_;
    std::set<Path> plain_;
};

// Tags are texts on the wire; what was read as JSON is written as Python prints it.
void write_tags_as_text(Json& instance) {
    if (!instance.is_object() || !instance.contains("tags") || !instance["tags"].is_object()) return;
    for (auto& [key, value] : instance["tags"].items())
        if (!value.is_null()) value = render::python_str(value);
}

bool is_option(const std::string& word) { return word == "--set" || word == "--add" || word == "--remove"; }

void apply_one(Updater& updater, const std::string& option, const std::vector<std::string>& values) {
    std::string_view usage = set_usage;
    try {
        if (option == "--set") {
            for (const std::string& expression : values) updater.set(expression);
        } else if (option == "--add") {
            usage = add_usage;
            updater.add(values);
        } else {
            usage = remove_usage;
            updater.remove(values);
        }
    } catch (const WrongSyntax&) {
        throw Error(fault::client, fmt::format("invalid syntax: {}", usage));
    }
}

}  // namespace

void apply_generic_update(app::Context& context, Json& instance, std::string_view dictionaries) {
    Updater updater(context, instance, dictionaries);
    const std::vector<std::string> words = context.args.list("ordered_arguments");
    for (std::size_t i = 0; i < words.size();) {
        std::size_t end = i + 1;
        while (end < words.size() && !is_option(words[end])) ++end;
        const std::vector<std::string> values(words.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                              words.begin() + static_cast<std::ptrdiff_t>(end));
        if (!values.empty()) apply_one(updater, words[i], values);
        i = end;
    }
    write_tags_as_text(instance);
}

}  // namespace azid::commands
