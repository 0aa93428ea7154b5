// Whether a command gets namespaces of its own or goes through the proxy.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace azid::server {

enum class Door { namespaces, proxy };

struct DoorChoice {
    Door door;
    std::string warning;  // why it had to be the second; empty otherwise
};

// `via` is "auto", "namespace" or "proxy"; `refused` tries for namespaces and gives the reason why there are
// none (namespaces_refused()), `read_file` reads what the firmware says of the machine. Throws Error
// (fault::client): "namespace" where there are none, and "auto" where there are none on a cloud's machine,
// whose own metadata service a client that ignores proxies would reach.
DoorChoice choose_door(const std::string& via, const std::function<std::string()>& refused,
                       const std::function<std::optional<std::string>(const std::string&)>& read_file);

}  // namespace azid::server
