// Linux namespaces in which Azure's host names and the metadata address lead to this process, and nowhere
// else.
#pragma once

#include <string>

namespace azid::server {

// Moves this process, which must have one thread, into network and mount namespaces of its own, with a
// loopback device and nothing more; as an ordinary user, or as a root without that right, into a user
// namespace too, where it keeps its own id.
// Throws std::runtime_error with the system's reason when it may not; then nothing has changed.
void enter_namespaces();

// Gives the loopback device another address. Throws std::runtime_error.
void add_loopback_address(const std::string& address);

// Lets everything in the mount namespace see our file in place of that one, which must exist. Throws
// std::runtime_error.
void put_over(const std::string& ours, const std::string& theirs);

// Whether namespaces can be had, found out by trying in a child process. Empty: yes; otherwise the reason.
std::string namespaces_refused();

}  // namespace azid::server
