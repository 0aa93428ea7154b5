#include "cli/commands/aaz.hpp"

#include "core/arm/groups.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::commands {

namespace {

// Members whose content is the user's own, not Azure's.
bool is_open(std::string_view name) {
    return name == "tags" || name == "settings" || name == "protectedSettings" ||
           name == "userAssignedIdentities";
}

class Shorthand {
  public:
    explicit Shorthand(std::string_view text) : text_(text) {}

    std::optional<Json> whole() {
        std::optional<Json> read = value();
        return at_ == text_.size() ? std::move(read) : std::nullopt;
    }

  private:
    static constexpr int deepest = 100;

    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool took(char c) {
        if (here() != c || at_ >= text_.size()) return false;
        ++at_;
        return true;
    }

    std::optional<Json> value() {
        if (++depth_ > deepest) return {};
        std::optional<Json> read = took('{') ? object() : took('[') ? array() : std::optional<Json>(word());
        --depth_;
        return read;
    }

    std::optional<Json> object() {
        Json read = Json::object();
        while (!took('}')) {
            if (!read.empty() && !took(',')) return {};
            const std::string key = word(":").get<std::string>();
            if (key.empty() || !took(':')) return {};
            std::optional<Json> member = value();
            if (!member) return {};
            read[key] = std::move(*member);
        }
        return read;
    }

    std::optional<Json> array() {
        Json read = Json::array();
        while (!took(']')) {
            if (!read.empty() && !took(',')) return {};
            std::optional<Json> item = value();
            if (!item) return {};
            read.push_back(std::move(*item));
        }
        return read;
    }

    Json word(std::string_view ends = ",]}") {
        std::string read;
        if (took('\'')) {
            while (at_ < text_.size() && !took('\'')) read += text_[at_++];
            return read;
        }
        while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) read += text_[at_++];
        if (read == "null") return nullptr;
        return read;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

Json aaz_shaped(Json body) {
    if (body.is_array()) {
        for (Json& item : body) item = aaz_shaped(std::move(item));
        return body;
    }
    if (!body.is_object()) return body;
    Json shaped = Json::object();
    for (auto& [name, member] : body.items()) {
        if (member.is_null() || (name == "properties" && member.is_object())) continue;
        shaped[name] = is_open(name) ? member : aaz_shaped(member);
    }
    const auto inner = body.find("properties");
    if (inner == body.end() || !inner->is_object()) return shaped;
    for (auto& [name, member] : inner->items()) {
        const std::string shown = name == "type" && shaped.contains("type") ? "typePropertiesType" : name;
        if (!member.is_null() && !shaped.contains(shown))
            shaped[shown] = is_open(name) ? member : aaz_shaped(member);
    }
    return shaped;
}

Json aaz_value(std::string_view text) {
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_discarded()) return value;
    if (text.starts_with('{') || text.starts_with('['))
        if (std::optional<Json> read = Shorthand(text).whole()) return *read;
    return std::string(text);
}

std::vector<std::string> aaz_list(const app::Args& args, std::string_view key) {
    std::vector<std::string> given = args.list(key);
    if (given.size() != 1 || !given.front().starts_with('[')) return given;
    const Json list = aaz_value(given.front());
    if (!list.is_array()) return given;
    std::vector<std::string> items;
    for (const Json& item : list) items.push_back(item.is_string() ? item.get<std::string>() : compact(item));
    return items;
}

Json aaz_tags(const app::Args& args) {
    const std::vector<std::string> given = args.list("tags");
    if (given.size() != 1 || !given.front().starts_with('{')) return app::tags_of(args);
    return aaz_value(given.front());
}

std::string location_or_group(const app::Context& context) {
    if (context.args.given("location")) return arm::normal_location(context.args.text("location"));
    return text_at(
        arm::get_group(context.session(), context.subscription, context.args.text("resource_group_name")),
        "location");
}

std::string named_or_id(const app::Context& context, std::string_view type, const std::string& name_or_id) {
    if (name_or_id.starts_with('/')) return name_or_id;
    return fmt::format("{}/providers/{}/{}", context.group_scope(), type, name_or_id);
}

Json aaz_listed(app::Context& context, std::string_view type) {
    Session& session = context.session();
    const arm::ResourceType* served = arm::find_type(type);
    const std::string group = context.args.text("resource_group_name");
    if (!group.empty()) arm::require_group(session, context.subscription, group);
    Json found = Json::array();
    for (const arm::Resource& resource : session.arm.resources(context.subscription, group, type))
        if (rbac::may(session, std::string(type) + "/read", resource.id.text()))
            found.push_back(aaz_shaped(served->get(session, resource.id)));
    return found;
}

}  // namespace azid::commands
