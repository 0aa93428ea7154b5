#include "cli/server/doors.hpp"

#include "cli/app/environment.hpp"
#include "core/account/caller.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/front_door/hosts.hpp"
#include "core/imds/endpoint.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace azid::server {

namespace {

constexpr std::string_view metadata_address = "169.254.169.254";

http::Response nothing_there() {
    const Json body{{"error", "no_metadata_endpoint"},
                    {"error_description",
                     "Only code in a VM has a metadata endpoint: name the VM with --vm, or --imds."}};
    return {404, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

http::Response too_many() {
    const Json body{{"error", "invalid_request"},
                    {"error_description", "Temporarily throttled, too many requests"}};
    return {429, {{"Content-Type", "application/json; charset=utf-8"}, {"Retry-After", "1"}}, compact(body)};
}

// Headers, queries and bodies stay out of the log: they may hold secrets.
std::string log_line(const http::Request& request, const http::Response& response,
                     std::chrono::microseconds duration) {
    return fmt::format("{} {}{} {} {:.1f} ms\n", request.method, request.host, request.path, response.status,
                       static_cast<double>(duration.count()) / 1000);
}

}  // namespace

Address address_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    std::string ip = text.substr(0, colon);
    if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
    const std::string digits = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    unsigned port = 65536;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (ip.empty() || error != std::errc() || end != digits.data() + digits.size() || port > 65535)
        throw Error(fault::client,
                    fmt::format("'{}' is no address to listen on, such as 127.0.0.1:8443.", text));
    return {ip, static_cast<unsigned short>(port)};
}

std::string text_of(const Address& address) {
    const bool six = address.ip.find(':') != std::string::npos;
    return fmt::format(fmt::runtime(six ? "[{}]:{}" : "{}:{}"), address.ip, address.port);
}

bool is_loopback(const Address& address) { return address.ip.starts_with("127.") || address.ip == "::1"; }

Settings settings_for(ServedState& state) {
    Settings settings;
    settings.identity = [&state](const std::string& host) { return state.identity(host); };
    settings.tunnels = [](const std::string& host) { return front_door::is_known_host(host); };
    return settings;
}

Settings settings_for(ServedState& state, const app::Context& context) {
    Settings settings = settings_for(state);
    if (context.args.flag("access_log"))
        settings.log = [&context](const http::Request& request, const http::Response& response,
                                  std::chrono::microseconds duration) {
            context.environment.write_error(log_line(request, response, duration));
        };
    return settings;
}

http::Response Metadata::answer(const arm::ResourceId& vm, const http::Request& request) {
    std::unique_ptr<Throttle::Place> place;
    if (throttled_ && istarts_with(request.path, "/metadata/identity")) {
        place = throttle_.enter(vm.key());
        if (!place) return too_many();
    }
    return state_.answer_in(vm, request);
}

Answer azure_answer(ServedState& state, Metadata& metadata, std::optional<arm::ResourceId> vm) {
    return [&state, &metadata, vm](const http::Request& request) {
        if (request.host != metadata_address) return state.answer(request);
        return vm ? metadata.answer(*vm, request) : nothing_there();
    };
}

Answer metadata_answer(Metadata& metadata, arm::ResourceId vm) {
    return [&metadata, vm](const http::Request& request) { return metadata.answer(vm, request); };
}

arm::ResourceId running_vm(ServedState& state, const std::string& name_or_id, const std::string& group,
                           const std::string& subscription) {
    std::optional<arm::ResourceId> vm = arm::ResourceId::parse(name_or_id);
    if (!vm && group.empty())
        throw Error(fault::usage, "the following arguments are required: --resource-group/-g");
    state.read([&](Session& session) {
        if (!vm) {
            const account::Profile profile = account::current_profile(session, subscription);
            vm = arm::ResourceId(profile.subscription, group, "Microsoft.Compute",
                                 {{"virtualMachines", name_or_id}});
        }
        imds::require_running(session, *vm);
    });
    return *vm;
}

}  // namespace azid::server
