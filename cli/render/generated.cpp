#include "cli/render/generated.hpp"

#include "cli/render/completion.hpp"
#include "cli/render/coverage.hpp"
#include "cli/render/man.hpp"

namespace azid::render {

std::vector<GeneratedFile> generated_files() {
    std::vector<GeneratedFile> files;
    files.push_back({"docs/coverage.md", coverage()});
    files.push_back({"man/azid.1", main_man_page()});
    for (const spec::Command* command : spec::commands())
        files.push_back({"man/" + man_file(*command), man_page(*command)});
    files.push_back({"completions/azid.bash", std::string(completion_script("bash"))});
    files.push_back({"completions/_azid", std::string(completion_script("zsh"))});
    files.push_back({"completions/azid.fish", std::string(completion_script("fish"))});
    files.push_back({"completions/azid.ps1", std::string(completion_script("powershell"))});
    return files;
}

}  // namespace azid::render
