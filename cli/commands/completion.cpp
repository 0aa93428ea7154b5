#include "cli/commands/completion.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "cli/commands/completion_values.hpp"
#include "cli/render/completion.hpp"
#include "cli/render/coverage.hpp"
#include "cli/render/generated.hpp"
#include "cli/render/man.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace azid::commands {

Json completion_suggest(app::Context& context) {
    render::Completion completion = render::completion_of(context.args.list("words"));
    if (completion.kind == "file") {
        context.environment.write_out(":files\n");
        return nullptr;
    }
    for (const render::Candidate& value : completion_values(context, completion.kind, completion.group))
        if (istarts_with(value.text, completion.prefix))
            completion.candidates.push_back({completion.before + value.text, value.help});
    std::string lines;
    for (const render::Candidate& candidate : completion.candidates)
        lines += candidate.text + (candidate.help.empty() ? "" : "\t" + candidate.help) + "\n";
    context.environment.write_out(lines);
    return nullptr;
}

Json generate_man(app::Context& context) {
    const std::vector<std::string> words = context.args.list("words");
    if (words.empty()) {
        context.environment.write_out(render::main_man_page());
        return nullptr;
    }
    const spec::Command* command = spec::find_command(join(words, " "));
    if (command == nullptr)
        throw Error(fault::client, fmt::format("There is no command '{}'.", join(words, " ")));
    context.environment.write_out(render::man_page(*command));
    return nullptr;
}

Json generate_completion(app::Context& context) {
    context.environment.write_out(render::completion_script(context.args.text("shell")));
    return nullptr;
}

Json generate_coverage(app::Context& context) {
    context.environment.write_out(render::coverage());
    return nullptr;
}

Json generate_all(app::Context& context) {
    const std::filesystem::path root = context.args.text("to");
    for (const render::GeneratedFile& file : render::generated_files()) {
        const std::filesystem::path path = root / file.path;
        std::error_code ignored;
        std::filesystem::create_directories(path.parent_path(), ignored);
        std::ofstream out(path, std::ios::binary);
        out << file.text;
        if (!out.flush()) throw Error(fault::client, fmt::format("Cannot write {}.", path.string()));
    }
    return nullptr;
}

}  // namespace azid::commands
