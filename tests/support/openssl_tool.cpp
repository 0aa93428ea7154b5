#include "support/openssl_tool.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace azid::test {

ToolFolder::ToolFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "azid-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    path_ = name;
}

ToolFolder::~ToolFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string ToolFolder::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << bytes;
    return name;
}

std::string ToolFolder::read(const std::string& name) const {
    std::ifstream in(path_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool has_openssl_tool() { return std::system("openssl version >/dev/null 2>&1") == 0; }

std::string openssl_tool(const ToolFolder& folder, const std::string& arguments) {
    const std::string command = "cd '" + folder.path() + "' && openssl " + arguments + " 2>&1";
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("no pipe");
    std::string printed;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) printed += static_cast<char>(c);
    return pclose(pipe) == 0 ? printed : "failed: " + printed;
}

}  // namespace azid::test
