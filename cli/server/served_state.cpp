#include "cli/server/served_state.hpp"

#include "cli/app/aftermath.hpp"
#include "cli/app/environment.hpp"
#include "cli/app/seeded_state.hpp"
#include "cli/server/guest_helper.hpp"
#include "cli/server/request_notes.hpp"
#include "core/account/authority.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/rate_limit.hpp"
#include "core/base/text.hpp"
#include "core/compute/power.hpp"
#include "core/front_door/arm_face.hpp"
#include "core/front_door/hosts.hpp"
#include "core/imds/ports.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>

#include <chrono>

namespace azid::server {

namespace {

using std::chrono::hours;

// Clients check certificates by the machine's clock. Browsers and some libraries take none for more than 397
// days.
Instant machine_now() {
    return std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
}

crypto::Validity leaf_validity() { return {machine_now() - hours(24), machine_now() + hours(24) * 396}; }

// Whether nothing is changed by it. Other faces' GETs may keep something: a token, a signing key.
bool only_reads(const http::Request& request) {
    return (request.method == "GET" || request.method == "HEAD") &&
           (request.host == "management.azure.com" || request.host == "graph.microsoft.com");
}

}  // namespace

ServedState::ServedState(const app::Environment& environment, std::string path, bool with_guests)
    : environment_(environment),
      path_(std::move(path)),
      guests_(with_guests ? std::make_unique<GuestHelper>(environment, path_) : nullptr),
      deferred_([this](const std::vector<events::Report>& reports) {
          try {
              std::unique_ptr<State> state = borrow();
              app::write_reports(*state, environment_, reports);
              give_back(std::move(state));
          } catch (const Error&) {
              return;  // the state is gone: that is told to whoever asks next
          }
      }) {
    load_authority();
    is_opened_ = true;
}

// The next process would read all of the log that fresh tokens have left.
ServedState::~ServedState() {
    try {
        if (fresh_) fresh_->checkpoint();
    } catch (const Error&) {
        return;  // whoever changes something next empties it
    }
}

void ServedState::stop_guests() {
    if (guests_) guests_->stop();
}

std::unique_ptr<State> ServedState::borrow() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!idle_.empty()) {
            std::unique_ptr<State> state = std::move(idle_.back());
            idle_.pop_back();
            return state;
        }
    }
    // A state that is gone is not begun anew behind the clients' backs.
    if (is_opened_ && !environment_.exists(path_))
        throw Error(
            fault::state,
            fmt::format("The state file '{}' was moved or deleted while it was served. Put it back, or end "
                        "the server.",
                        path_));
    std::unique_ptr<State> state = environment_.open_state(path_);
    if (app::fill(*state, {}, environment_))
        environment_.write_error(fmt::format("WARNING: {}\n", app::seed_warning));
    return state;
}

void ServedState::give_back(std::unique_ptr<State> state) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(state));
}

Answered ServedState::attempt(State& state, KeyPool& keys, Weight weight, const Work& work,
                              const Keeping* keeping) {
    const bool reading = weight == Weight::reading || weight == Weight::tokens_held;
    std::unique_ptr<Transaction> transaction = reading                    ? state.begin_reading()
                                               : weight == Weight::tokens ? state.begin_lightly()
                                                                          : state.begin();
    const Instant machine = environment_.now();
    Session session = transaction->session({}, machine, *environment_.random, keys);
    http::Response response = work(session);
    std::string principal = session.caller.name;
    const bool kept = !reading && response.status < 400;
    events::Report report = kept ? events::Report{} : report_of(response, session.events.report());
    if (reading && keeping != nullptr) keep(*keeping, session, machine, response, report);
    if (kept) transaction->commit();
    transaction.reset();
    if (weight != Weight::tokens_held || !deferred_.take(report))
        app::write_report(state, environment_, report);
    return {std::move(response), std::move(principal)};
}

Answered ServedState::transact(Weight weight, const std::string& name, const Work& work,
                               const Keeping* keeping) {
    std::unique_ptr<State> state = borrow();
    state->name_work(name);
    KeyPool keys;
    for (;;) {
        try {
            Answered answered = attempt(*state, keys, weight, work, keeping);
            give_back(std::move(state));
            return answered;
        } catch (const imds::WritingWanted&) {
            weight = Weight::tokens;
            keys.rewind();
        } catch (const KeyWanted& wanted) {
            weight = Weight::writing;
            keys.rewind();
            app::add_key(keys, wanted, environment_);
        } catch (const IssuerKeysWanted& wanted) {
            keys.rewind();
            keys.add(wanted.issuer, published_.of(wanted.issuer, wanted.kid));
        }
    }
}

http::Response ServedState::answer_at_rate(Session& session, const http::Request& request) {
    if (request.host != "management.azure.com" || !settings::is_on(session, settings::throttle))
        return front_door::answer(session, request);
    const std::vector<std::string> pieces = split(request.path, '/');
    const bool in_subscription = pieces.size() > 2 && iequals(pieces[1], "subscriptions");
    const std::string subscription = in_subscription ? lower(pieces[2]) : "";
    int left = 0;
    const std::optional<int> wait =
        rates_.refused_for(http::header(request, "Authorization") + " " + subscription, request.method, left);
    if (wait)
        return front_door::arm_error(TooManyRequests(
            fmt::format("The request is being throttled as the limit has been reached for operation type - "
                        "{}. For more information, see - https://aka.ms/srpthrottlinglimits",
                        request.method == "GET" ? "Read" : "Write"),
            std::chrono::seconds(*wait)));
    http::Response response = front_door::answer(session, request);
    const std::string_view kind = request.method == "GET" || request.method == "HEAD" ? "reads"
                                  : request.method == "DELETE"                        ? "deletes"
                                                                                      : "writes";
    response.headers[fmt::format("x-ms-ratelimit-remaining-{}-{}",
                                 in_subscription ? "subscription" : "tenant", kind)] = std::to_string(left);
    return response;
}

Answered ServedState::answer(const http::Request& request) {
    if (!front_door::is_known_host(request.host))
        return {refused(403, "HostNotServed",
                        fmt::format(
                            "azid has no service under the name '{}', and it never goes out to the network.",
                            request.host)),
                {}};
    try {
        return transact(only_reads(request) ? Weight::reading : Weight::writing, name_of(request),
                        [&](Session& session) {
                            session.events.open(run_of(request, session.now));
                            return answer_at_rate(session, request);
                        });
    } catch (const compute::GuestWanted& wanted) {
        Answered answered;
        answered.later = [this, request, vm = wanted.machine, asked = wanted.request] {
            return run_guest(request, vm, asked);
        };
        return answered;
    } catch (const Error& error) {
        // A name that does not resolve is what a proxy would answer 502 to.
        const int status = std::string_view(error.fault().code) == fault::client.code ? 502 : 500;
        return {refused(status, error.fault().code, error.message()), {}};
    }
}

void ServedState::read(const std::function<void(Session&)>& function) {
    std::unique_ptr<State> state = borrow();
    {
        KeyPool keys;
        const std::unique_ptr<Transaction> transaction = state->begin_reading();
        Session session = transaction->session({}, environment_.now(), *environment_.random, keys);
        function(session);
    }
    give_back(std::move(state));
}

std::vector<std::string> ServedState::host_names() {
    std::vector<std::string> names;
    read([&](Session& session) { names = front_door::host_names(session); });
    return names;
}

bool ServedState::fetches_issuers() {
    bool on = false;
    read([&](Session& session) { on = settings::is_on(session, settings::federation_fetch); });
    return on;
}

void ServedState::load_authority() {
    bool found = false;
    read([&](Session& session) { found = session.account.tls_authority().has_value(); });
    transact(found ? Weight::reading : Weight::writing, "certificate authority", [&](Session& session) {
        authority_ = account::require_authority(session, machine_now());
        return http::Response{};
    });
}

std::optional<Identity> ServedState::identity(const std::string& host) {
    const std::string name = host.empty() ? "127.0.0.1" : lower(host);
    if (const auto known = identities_.find(name); known != identities_.end()) return known->second;
    const bool ours = front_door::is_known_host(name) || name == "localhost" || name == "127.0.0.1";
    if (!ours || !crypto::may_sign(account::signed_domains(), name)) return {};
    const crypto::KeyAndCertificate made =
        crypto::server_certificate(authority_, name, leaf_validity(), environment_.random->bytes(16));
    const Identity identity{made.certificate_pem, made.key_pem};
    if (identities_.size() < 1000) identities_.emplace(name, identity);
    return identity;
}

}  // namespace azid::server
