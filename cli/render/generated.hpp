// The committed files that are made from the command tables.
#pragma once

#include <string>
#include <vector>

namespace azid::render {

struct GeneratedFile {
    std::string path;  // below the project's root: "man/azid-vm-create.1"
    std::string text;
};

// Man pages, completions and docs/coverage.md.
std::vector<GeneratedFile> generated_files();

}  // namespace azid::render
