#include "cli/server/door_choice.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace azid::server {

namespace {

// Clouds whose machines have a metadata service at 169.254.169.254, as their firmware names them.
constexpr std::string_view clouds[] = {"microsoft", "amazon",    "google",       "alibaba", "tencent",
                                       "oracle",    "openstack", "digitalocean", "hetzner", "xen"};
constexpr const char* firmware[] = {"sys_vendor", "product_name", "chassis_asset_tag", "bios_vendor"};

}  // namespace

DoorChoice choose_door(const std::string& via, const std::function<std::string()>& refused,
                       const std::function<std::optional<std::string>(const std::string&)>& read_file) {
    if (via == "proxy") return {Door::proxy, {}};
    const std::string reason = refused();
    if (reason.empty()) return {Door::namespaces, {}};
    if (via == "namespace")
        throw Error(fault::client, fmt::format("This system gives no namespaces: {}.", reason));
    const bool cloud = std::any_of(std::begin(firmware), std::end(firmware), [&](const char* const file) {
        const std::string text = lower(read_file(std::string("/sys/class/dmi/id/") + file).value_or(""));
        return std::any_of(std::begin(clouds), std::end(clouds),
                           [&](std::string_view name) { return text.find(name) != std::string::npos; });
    });
    if (cloud)
        throw Error(
            fault::client,
            fmt::format("This system gives no namespaces ({}), and this is a cloud machine: a command that "
                        "ignores proxies would reach the cloud's own metadata service. With --via proxy you "
                        "take that upon you.",
                        reason));
    return {Door::proxy,
            fmt::format("This system gives no namespaces ({}): going through a proxy instead.", reason)};
}

}  // namespace azid::server
