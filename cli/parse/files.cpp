#include "cli/parse/files.hpp"

namespace azid::parse {
namespace {

std::string loaded(const std::string& text, const Outside& outside) {
    if (text.size() < 2 || text.front() != '@' || !outside.file) return text;
    std::optional<std::string> content = outside.file(text.substr(1));
    if (!content) return text;
    content->erase(content->find_last_not_of("\r\n") + 1);
    return *std::move(content);
}

}  // namespace

std::vector<std::string> with_files(const std::vector<std::string>& argv, const Outside& outside) {
    std::vector<std::string> expanded;
    expanded.reserve(argv.size());
    bool literal = false;  // behind "--" stands another program's command line
    for (const std::string& argument : argv) {
        literal = literal || argument == "--";
        if (literal) {
            expanded.push_back(argument);
            continue;
        }
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos)
            expanded.push_back(loaded(argument, outside));
        else
            expanded.push_back(argument.substr(0, equals + 1) + loaded(argument.substr(equals + 1), outside));
    }
    return expanded;
}

}  // namespace azid::parse
