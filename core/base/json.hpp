// The one JSON type of the program: members keep the order in which they were written, as on Azure's wire.
// Include <nlohmann/json.hpp> in the source file that looks inside.
#pragma once

#include "core/base/members.hpp"

#include <nlohmann/json_fwd.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace azid {

using Json = nlohmann::basic_json<Members>;

// Parses strict JSON text. Throws Error (fault::invalid_request_content) with the position when it is not
// JSON, nests deeper than 200 levels, or has an object of more than 2000 members.
Json parse_json(std::string_view text);

// Compact text, UTF-8 unescaped. Invalid UTF-8 is replaced, never thrown over.
std::string compact(const Json& value);

// A member of an object that is written at once: a text, a number, or what is JSON already. Its name is
// nothing but letters, digits and their like.
class JsonMember {
  public:
    JsonMember(std::string_view name, std::string_view text) : name_(name), text_(text), kind_(Kind::text) {}
    JsonMember(std::string_view name, std::integral auto number)
        : name_(name), number_(number), kind_(Kind::number) {}
    static JsonMember json(std::string_view name, std::string_view json) {
        JsonMember member(name, json);
        member.kind_ = Kind::json;
        return member;
    }

    // To the text of an object that is not closed yet, or to an empty one.
    void append_to(std::string& object) const;
    // What that may make of it, in bytes, if nothing has to be escaped.
    std::size_t longest() const;

  private:
    enum class Kind { text, number, json };

    std::string_view name_;
    std::string_view text_ = {};
    std::int64_t number_ = 0;
    Kind kind_;
};

// The compact text of an object with these members. For what is written for every token: a Json copies its
// members several times on their way.
std::string compact_object(std::initializer_list<JsonMember> members);
// The text as JSON, in quotation marks.
std::string compact_text(std::string_view text);

// The member's text; empty when value is no object, the member is absent, or it is not a string.
std::string text_at(const Json& value, std::string_view member);

// The member found case-insensitively by a dotted path ("properties.principalId"); null when there is none.
const Json* find(const Json& value, std::string_view path);

}  // namespace azid
