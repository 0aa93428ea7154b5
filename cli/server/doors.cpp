#include "cli/server/doors.hpp"

#include "cli/app/environment.hpp"
#include "cli/server/access_log.hpp"
#include "core/account/caller.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/front_door/hosts.hpp"
#include "core/imds/endpoint.hpp"
#include "core/web/identity_endpoint.hpp"

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

// The resource of that id, or of that name in the group.
arm::ResourceId named(Session& session, const std::string& name_or_id, const std::string& group,
                      const std::string& subscription, const std::string& provider, const std::string& type) {
    if (const std::optional<arm::ResourceId> id = arm::ResourceId::parse(name_or_id)) {
        if (iequals(id->type(), provider + "/" + type)) return *id;
        throw Error(fault::client,
                    fmt::format("'{}' is not the id of one of {}/{}.", name_or_id, provider, type));
    }
    const account::Profile profile = account::current_profile(session, subscription);
    return {profile.subscription, group, provider, {{type, name_or_id}}};
}

// As a machine's and an app's endpoint understand it.
bool asks_for_fresh_token(const http::Request& request) {
    return request.method == "GET" &&
           iequals(http::query_value(request, "bypass_cache").value_or(""), "true");
}

void require_group_or_id(const std::string& name_or_id, const std::string& group) {
    if (group.empty() && !arm::ResourceId::parse(name_or_id))
        throw Error(fault::usage, "the following arguments are required: --resource-group/-g");
}

}  // namespace

Address address_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    std::string ip = text.substr(0, colon);
    if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
    if (iequals(ip, "localhost")) ip = "127.0.0.1";
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

Address reached_at(const Address& address) {
    if (address.ip == "0.0.0.0") return {"127.0.0.1", address.port};
    if (address.ip == "::") return {"::1", address.port};
    return address;
}

std::string app_url(const Address& address) {
    return fmt::format("http://{}{}", text_of(address), web::identity_path);
}

Settings settings_for(ServedState& state) {
    Settings settings;
    settings.identity = [&state](const std::string& host) { return state.identity(host); };
    settings.tunnels = [](const std::string& host) {
        return host == metadata_address || front_door::is_known_host(host);
    };
    settings.takes_large = [](const std::string& host) { return host.ends_with(".blob.core.windows.net"); };
    return settings;
}

Settings settings_for(ServedState& state, const app::Context& context, std::shared_ptr<LogWriter> log) {
    Settings settings = settings_for(state);
    if (is_verbose(context))
        settings.log = [log = std::move(log)](const http::Request& request, const Answered& answered,
                                              std::chrono::microseconds duration) {
            log->write(log_line(request, answered, duration));
        };
    return settings;
}

bool is_verbose(const app::Context& context) {
    return context.args.flag("access_log") || context.args.flag("_loud");
}

Answered Metadata::answer(const arm::ResourceId& vm, const http::Request& request) {
    std::unique_ptr<Throttle::Place> place;
    if (throttled_ && istarts_with(request.path, "/metadata/identity")) {
        place = throttle_.enter(vm.key());
        if (!place) return {too_many(), "vm:" + vm.name()};
    }
    return state_.answer_in(vm, request);
}

std::optional<Answered> Metadata::known(const arm::ResourceId& vm, const http::Request& request) {
    if (throttled_) return {};
    return state_.known_in(vm, request);
}

bool Metadata::is_one_of_many(const http::Request& request) const {
    return !throttled_ && asks_for_fresh_token(request);
}

Answer azure_answer(ServedState& state, Metadata& metadata, std::optional<arm::ResourceId> vm) {
    Answer answer = [&state, &metadata, vm](const http::Request& request) {
        if (request.host != metadata_address) return state.answer(request);
        return vm ? metadata.answer(*vm, request) : Answered{nothing_there(), {}};
    };
    if (!vm) return answer;
    const Answer of_machine = metadata_answer(metadata, *vm);
    answer.known = [known = of_machine.known](const http::Request& request) {
        return request.host == metadata_address ? known(request) : std::nullopt;
    };
    answer.is_one_of_many = [&metadata](const http::Request& request) {
        return request.host == metadata_address && metadata.is_one_of_many(request);
    };
    answer.together = of_machine.together;
    return answer;
}

Answer metadata_answer(Metadata& metadata, arm::ResourceId vm) {
    Answer answer = [&metadata, vm](const http::Request& request) { return metadata.answer(vm, request); };
    answer.known = [&metadata, vm](const http::Request& request) { return metadata.known(vm, request); };
    answer.is_one_of_many = [&metadata](const http::Request& request) {
        return metadata.is_one_of_many(request);
    };
    answer.together = [&metadata, vm](const NextRequest& next) { return metadata.together(vm, next); };
    return answer;
}

Answer app_answer(ServedState& state, AppIdentity app) {
    Answer answer = [&state, app](const http::Request& request) { return state.answer_for(app, request); };
    answer.known = [&state, app](const http::Request& request) { return state.known_for(app, request); };
    answer.is_one_of_many = asks_for_fresh_token;
    answer.together = [&state, app](const NextRequest& next) { return state.answer_together_for(app, next); };
    return answer;
}

arm::ResourceId running_vm(ServedState& state, const std::string& name_or_id, const std::string& group,
                           const std::string& subscription) {
    require_group_or_id(name_or_id, group);
    std::optional<arm::ResourceId> vm;
    state.read([&](Session& session) {
        vm = named(session, name_or_id, group, subscription, "Microsoft.Compute", "virtualMachines");
        imds::require_running(session, *vm);
    });
    return *vm;
}

arm::ResourceId known_app(ServedState& state, const std::string& name_or_id, const std::string& group,
                          const std::string& subscription) {
    require_group_or_id(name_or_id, group);
    std::optional<arm::ResourceId> app;
    state.read([&](Session& session) {
        app = named(session, name_or_id, group, subscription, "Microsoft.Web", "sites");
        arm::require_resource(session, *app);
    });
    return *app;
}

}  // namespace azid::server
