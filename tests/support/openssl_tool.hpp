// The openssl program as an independent second opinion.
#pragma once

#include <string>

namespace azid::test {

// A folder of its own that goes away with the object; files in it are written and read whole.
class ToolFolder {
  public:
    ToolFolder();
    ~ToolFolder();
    ToolFolder(const ToolFolder&) = delete;
    ToolFolder& operator=(const ToolFolder&) = delete;

    std::string write(const std::string& name, const std::string& bytes) const;
    std::string read(const std::string& name) const;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

// Whether there is an openssl program; where not, the test says so and stops.
bool has_openssl_tool();
// Runs "openssl ARGUMENTS" in the folder; gives what it printed, or "failed: ..." when it exits with another
// status than 0.
std::string openssl_tool(const ToolFolder& folder, const std::string& arguments);

}  // namespace azid::test
