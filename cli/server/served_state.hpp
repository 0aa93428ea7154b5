// A state as a server sees it: requests in, answers out, each in a transaction of its own; and the
// certificates under which it speaks.
#pragma once

#include "cli/server/deferred_reports.hpp"
#include "cli/server/issuer_keys.hpp"
#include "cli/server/request_rates.hpp"
#include "cli/server/server.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/state.hpp"
#include "core/crypto/authority.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace azid::app {
struct Environment;
}

namespace azid::server {

class GuestHelper;

// An app, and the secret that App Service would give it as IDENTITY_HEADER.
struct AppIdentity {
    arm::ResourceId app;
    std::string secret;
};

// Its functions may be called from several threads at once, but for identity().
class ServedState {
  public:
    // With guests, scripts run in machines as requests ask for it; this process must have one thread then.
    // Opens the file, and makes and keeps the certificate authority when it has none. Throws Error
    // (fault::state).
    ServedState(const app::Environment& environment, std::string path, bool with_guests = true);

    // What the service of that host answers. Refusals, an unknown host among them, are answers too. Whatever
    // is refused has changed nothing. A script in a machine is left for later.
    Answered answer(const http::Request& request);
    // What the metadata endpoint of the VM answers to code within it.
    Answered answer_in(const arm::ResourceId& vm, const http::Request& request);
    // What App Service's identity endpoint answers to the app's code.
    Answered answer_for(const AppIdentity& app, const http::Request& request);
    // An app's secret, new at each call.
    AppIdentity app_identity(arm::ResourceId app);

    // Ends the scripts that still run in machines.
    void stop_guests();

    // The certificate for a name or loopback address; empty for one that nothing answers under. Made once and
    // kept in memory.
    std::optional<Identity> identity(const std::string& host);
    const std::string& authority_pem() const { return authority_.certificate_pem; }
    // See front_door::host_names.
    std::vector<std::string> host_names();
    ~ServedState();
    ServedState(const ServedState&) = delete;
    ServedState& operator=(const ServedState&) = delete;
    // How keys of outside issuers are asked for, where that is another way than this process's own network;
    // set before anything is answered.
    void fetch_issuers_with(PublishedKeys::Fetch fetch) { published_.fetch_with(std::move(fetch)); }
    // Whether they are asked for at all.
    bool fetches_issuers();
    // Runs a function in a transaction that only reads.
    void read(const std::function<void(Session&)>& function);

  private:
    class BusyMachine;
    using Work = std::function<http::Response(Session&)>;

    std::unique_ptr<State> borrow();
    void give_back(std::unique_ptr<State> state);
    http::Response answer_at_rate(Session& session, const http::Request& request);
    // How much a request may change: a token that is lost with the machine's power can be asked for again.
    enum class Weight { reading, tokens_held, tokens, writing };
    Answered transact(Weight weight, const std::string& name, const Work& work);
    Answered attempt(State& state, KeyPool& keys, Weight weight, const Work& work);
    void load_authority();
    Answered run_guest(const http::Request& request, const arm::ResourceId& vm, const std::string& asked);

    RequestRates rates_;
    const app::Environment& environment_;
    std::string path_;
    bool is_opened_ = false;
    std::unique_ptr<GuestHelper> guests_;
    std::mutex mutex_;  // of idle_ and busy_
    std::vector<std::unique_ptr<State>> idle_;
    std::set<std::string> busy_;  // machines in which a script runs
    crypto::KeyAndCertificate authority_;
    std::map<std::string, Identity> identities_;
    PublishedKeys published_;
    DeferredReports deferred_;
};

}  // namespace azid::server
