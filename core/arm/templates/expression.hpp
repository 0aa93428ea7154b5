// The syntax of template expressions: "[concat(parameters('name'), '-nic')]". What they mean is not here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azid::arm::templates {

struct Expression {
    enum class Kind { text, number, call, member, index };
    Kind kind = Kind::text;
    std::string
        text;  // the text itself; the name of the function, with its namespace if any, or of the member
    std::int64_t number = 0;
    bool safe = false;              // ".?" and "[?": null where there is no such member
    std::vector<Expression> parts;  // the arguments of a call; the subject, and of an index then the key
};

// Whether a text of a template is an expression: it begins with one "[" and ends with "]".
bool is_expression(std::string_view text);
// What a text that is no expression stands for: "[[x]" means "[x]".
std::string literal(std::string_view text);

// Reads an expression with its brackets. Throws Error (fault::invalid_template) in Resource Manager's words.
Expression parse_expression(std::string_view text);

// Whether a function is called anywhere in it whose name passes the test.
bool calls(const Expression& expression, bool (*is_wanted)(std::string_view));

}  // namespace azid::arm::templates
