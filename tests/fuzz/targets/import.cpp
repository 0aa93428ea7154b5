// A state's document. Either the whole of it in JSON, or lines "table row column value" that change the
// document of a small state: the value is JSON, and is taken away where there is none.
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/snapshot/document.hpp"
#include "core/snapshot/ports.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <optional>
#include <string>

namespace azid::fuzz { namespace {

const snapshot::Contents& present() {
    static const snapshot::Contents contents = Box::only().state().file().contents();
    return contents;
}

const Json& exported() {
    static const Json document = snapshot::document_of(present());
    return document;
}

std::string_view word(std::string_view& line) {
    const std::size_t end = line.find(' ');
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    return word;
}

void change(Json& document, std::string_view line) {
    const std::string table(word(line));
    const std::string_view row = word(line);
    const std::string column(word(line));
    std::size_t number = 0;
    std::from_chars(row.data(), row.data() + row.size(), number);
    Json& tables = document["tables"];
    if (!tables.contains(table) || !tables[table].is_array()) return;
    Json value = Json::parse(line, nullptr, false);
    if (row == "+" && value.is_object()) {
        tables[table].push_back(value);
    } else if (!tables[table].empty()) {
        Json& changed = tables[table][number % tables[table].size()];
        if (value.is_discarded())
            changed.erase(column);
        else
            changed[column] = std::move(value);
    }
}

std::optional<snapshot::Contents> contents_of(const Json& document) {
    try {
        return snapshot::contents_of(document, present());
    } catch (const Error& error) {
        require(error.fault().http_status < 500, "a document that is wrong is the user's mistake",
                error.message());
        reached(error.message());
        return {};
    }
}

void check_import(const snapshot::Contents& contents, const std::string& text) {
    static const std::unique_ptr<Box> box = Box::another();
    snapshot::File& file = box->state().file();
    try {
        file.replace_by(contents, {});
        require(compact(snapshot::document_of(file.contents())) == text,
                "what was imported is exported again", text);
        reached("imported");
    } catch (const Error& error) {
        reached(error.message());
    }
}

void take(std::string_view bytes) {
    Json document = exported();
    if (bytes.starts_with('{')) {
        try {
            document = parse_json(bytes);
        } catch (const Error& error) {
            return reached(error.message());
        }
    } else {
        for (Input input(bytes); !input.is_over();) change(document, input.line());
    }
    const std::optional<snapshot::Contents> contents = contents_of(document);
    if (!contents) return;
    const std::string text = compact(snapshot::document_of(*contents));
    const std::optional<snapshot::Contents> again = contents_of(parse_json(text));
    require(again && compact(snapshot::document_of(*again)) == text, "a document reads back as itself",
            text.substr(0, 200));
    check_import(*contents, text);
}

const Registration registration({"import", take});

}}  // namespace azid::fuzz
