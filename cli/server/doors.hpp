// Where a served state is listened to, in words and ports.
#pragma once

#include "cli/app/context.hpp"
#include "cli/server/log_writer.hpp"
#include "cli/server/served_state.hpp"
#include "cli/server/server.hpp"
#include "cli/server/throttle.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azid::server {

struct Address {
    std::string ip;
    unsigned short port = 0;
};

// "127.0.0.1:8443", or "[::1]:8443". Throws Error (fault::client) for anything else.
Address address_of(const std::string& text);
std::string text_of(const Address& address);
bool is_loopback(const Address& address);
// Where clients on this computer find what listens there: 0.0.0.0 and [::] are no addresses to ask.
Address reached_at(const Address& address);
// The URL of an app's identity endpoint there.
std::string app_url(const Address& address);

// The server's settings for a state: its certificates and its names.
Settings settings_for(ServedState& state);
// The same, with an access log where it was asked for.
Settings settings_for(ServedState& state, const app::Context& context, std::shared_ptr<LogWriter> log);
// Whether --access-log, --verbose or --debug was given.
bool is_verbose(const app::Context& context);

// The metadata endpoints of VMs, with IMDS's limits unless they are lifted.
class Metadata {
  public:
    Metadata(ServedState& state, bool throttled) : state_(state), throttled_(throttled) {}
    Answered answer(const arm::ResourceId& vm, const http::Request& request);
    // See ServedState::known_in; nothing while there are limits, which only few requests stay within.
    std::optional<Answered> known(const arm::ResourceId& vm, const http::Request& request);
    // Those of one machine that ask for fresh tokens: see ServedState::answer_together_in. None while there
    // are limits.
    bool is_one_of_many(const http::Request& request) const;
    std::vector<std::optional<Answered>> together(const arm::ResourceId& vm, const NextRequest& next) {
        return state_.answer_together_in(vm, next);
    }

  private:
    ServedState& state_;
    bool throttled_;
    Throttle throttle_;
};

// Answers for Azure's host names, and for the metadata address on behalf of the VM; without one, nothing is
// there.
Answer azure_answer(ServedState& state, Metadata& metadata, std::optional<arm::ResourceId> vm);
// Answers as the VM's metadata endpoint, whatever name it was asked under.
Answer metadata_answer(Metadata& metadata, arm::ResourceId vm);

// Answers as the app's identity endpoint.
Answer app_answer(ServedState& state, AppIdentity app);

// The VM of that resource id, or of that name in the group, in the signed-in caller's subscription. Throws
// Error (ResourceNotFound, OperationNotAllowed) unless it exists and runs.
arm::ResourceId running_vm(ServedState& state, const std::string& name_or_id, const std::string& group,
                           const std::string& subscription);
// Likewise the web app or function app. Throws Error (ResourceNotFound).
arm::ResourceId known_app(ServedState& state, const std::string& name_or_id, const std::string& group,
                          const std::string& subscription);

}  // namespace azid::server
