// What a running "serve" says of itself, for "env" to find.
#pragma once

#include <optional>
#include <string>

namespace azid::server {

// A file for its owner's eyes, locked as long as this lives: however the process ends, the lock goes with it.
class ReadyFile {
  public:
    // Takes the place of an older one, whose server goes on unseen. Throws Error (fault::client).
    ReadyFile(std::string path, const std::string& text);
    // Removes the file, unless another server's has taken its place.
    ~ReadyFile() { remove(); }
    ReadyFile(const ReadyFile&) = delete;
    ReadyFile& operator=(const ReadyFile&) = delete;
    void remove();

  private:
    std::string path_;
    int file_;
};

// What the running server's file says; empty when there is none, or its server has ended.
std::optional<std::string> ready_text(const std::string& path);

}  // namespace azid::server
