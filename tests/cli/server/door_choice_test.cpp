#include "cli/server/door_choice.hpp"

#include "core/base/error.hpp"

#include <doctest/doctest.h>

using namespace azid;
using server::Door;

namespace {

std::string choice(const std::string& via, const std::string& refusal, const std::string& vendor) {
    const auto firmware = [&](const std::string& path) -> std::optional<std::string> {
        if (path == "/sys/class/dmi/id/sys_vendor" && !vendor.empty()) return vendor + "\n";
        return {};
    };
    try {
        const server::DoorChoice made = server::choose_door(
            via, [&] { return refusal; }, firmware);
        return (made.door == Door::proxy ? "proxy " : "namespaces ") + made.warning;
    } catch (const Error& error) {
        return error.message();
    }
}

}  // namespace

TEST_CASE("namespaces are taken where they can be had") {
    CHECK(choice("auto", "", "Microsoft Corporation") == "namespaces ");
    CHECK(choice("namespace", "", "") == "namespaces ");
    CHECK(choice("proxy", "", "") == "proxy ");
}

TEST_CASE("where there are none, the proxy is taken, and told") {
    CHECK(choice("auto", "unshare: No space left on device", "Some Laptops Ltd") ==
          "proxy This system gives no namespaces (unshare: No space left on device): going through a proxy "
          "instead.");
    CHECK(choice("namespace", "reason", "") == "This system gives no namespaces: reason.");
}

TEST_CASE("on a cloud's machine the proxy is only taken when asked for") {
    for (const char* const vendor :
         {"Microsoft Corporation", "Amazon EC2", "Google", "Alibaba Cloud", "Xen"}) {
        CAPTURE(vendor);
        CHECK(choice("auto", "reason", vendor).find("this is a cloud machine") != std::string::npos);
        CHECK(choice("proxy", "reason", vendor) == "proxy ");
    }
}
