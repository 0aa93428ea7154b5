// A state as a server sees it: requests in, answers out, each in a transaction of its own; and the
// certificates under which it speaks.
#pragma once

#include "cli/server/deferred_reports.hpp"
#include "cli/server/held_answers.hpp"
#include "cli/server/issuer_keys.hpp"
#include "cli/server/request_rates.hpp"
#include "cli/server/server.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/state.hpp"
#include "core/crypto/authority.hpp"

#include <atomic>
#include <cstdint>
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
    // The same two, where a token that is held was answered to the same request in this second and nobody has
    // changed the state since; empty otherwise, and where requests are so few that each is recorded before it
    // is answered. To be called on one thread only. Waits for nothing.
    std::optional<Answered> known_in(const arm::ResourceId& vm, const http::Request& request);
    std::optional<Answered> known_for(const AppIdentity& app, const http::Request& request);
    // What the two answer to several requests for fresh tokens, one or more, worked out and kept in one
    // transaction: a commit costs as much as a token. Nothing where they are to be answered each by itself:
    // with a refusal among them, and in a seeded state, where each draws from a stream of its own. To be
    // called on one thread only.
    std::vector<std::optional<Answered>> answer_together_in(const arm::ResourceId& vm,
                                                            const NextRequest& next);
    std::vector<std::optional<Answered>> answer_together_for(const AppIdentity& app, const NextRequest& next);
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
    using WorkOn = std::function<http::Response(Session&, const http::Request&)>;

    std::unique_ptr<State> borrow();
    void give_back(std::unique_ptr<State> state);
    http::Response answer_at_rate(Session& session, const http::Request& request);
    // How much a request may change: a token that is lost with the machine's power can be asked for again.
    enum class Weight { reading, tokens_held, tokens, writing };
    // Under which an answer with a held token may be kept.
    struct Keeping {
        std::string key;
        std::int64_t version = -1;
        std::string principal;
        std::string correlation;  // the client's
    };
    Answered transact(Weight weight, const std::string& name, const Work& work,
                      const Keeping* keeping = nullptr);
    Answered attempt(State& state, KeyPool& keys, Weight weight, const Work& work, const Keeping* keeping);
    void keep(const Keeping& keeping, Session& session, Instant machine, const http::Response& response,
              events::Report report);
    Answered answer_code(const std::string& principal, const std::string& door, const http::Request& request,
                         const Work& work);
    std::optional<Answered> known(const std::string& door, const http::Request& request);
    http::Response work_in(Session& session, const arm::ResourceId& vm, const http::Request& request);
    std::vector<std::optional<Answered>> together(const std::string& principal, const NextRequest& next,
                                                  const WorkOn& work);
    bool work_together(const NextRequest& next, const WorkOn& work, std::vector<http::Response>& responses);
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
    HeldAnswers held_;
    std::unique_ptr<State> fresh_;         // answer_together's own
    std::unique_ptr<State> watched_;       // known()'s own
    std::int64_t watches_ = 0;             // how many times it was opened
    std::atomic<std::int64_t> seen_ = -1;  // the version that known() saw last
    DeferredReports deferred_;
};

}  // namespace azid::server
