// knack's tsv: one line per item, no header, nothing escaped.
#include "cli/render/python_text.hpp"
#include "cli/render/writers.hpp"

#include <nlohmann/json.hpp>

namespace azid::render {

namespace {

// A value inside a row: an array is its length, an object nothing.
void append_cell(std::string& out, const Json& value) {
    if (value.is_array()) {
        out += std::to_string(value.size());
    } else if (value.is_string()) {
        out += value.get_ref<const std::string&>();
    } else if (!value.is_object()) {
        out += python_str(value);
    }
}

class Row {
  public:
    explicit Row(std::string& out) : out_(out) {}
    void add(const Json& value) {
        if (!first_) out_ += '\t';
        first_ = false;
        append_cell(out_, value);
    }

  private:
    std::string& out_;
    bool first_ = true;
};

void append_row(std::string& out, const Json& item, bool sort_keys) {
    Row row(out);
    if (item.is_object() && sort_keys) {
        for (const auto& [key, member] : sorted_members(item)) row.add(*member);
    } else if (item.is_structured()) {
        for (const Json& value : item) row.add(value);
    } else if (item.is_boolean()) {
        out += item.get<bool>() ? "true" : "false";
    } else {
        row.add(item);
    }
    out += '\n';
}

}  // namespace

std::string write_tsv(const Json& value, bool sort_keys) {
    std::string out;
    if (!value.is_array()) {
        append_row(out, value, sort_keys);
        return out;
    }
    for (const Json& item : value) append_row(out, item, sort_keys);
    return out;
}

}  // namespace azid::render
