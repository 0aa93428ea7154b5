#include "cli/server/served_state.hpp"

#include "cli/app/aftermath.hpp"
#include "cli/app/environment.hpp"
#include "cli/app/seeded_state.hpp"
#include "cli/server/guest_helper.hpp"
#include "core/account/authority.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/rate_limit.hpp"
#include "core/base/text.hpp"
#include "core/clock/clock.hpp"
#include "core/compute/power.hpp"
#include "core/events/refused.hpp"
#include "core/front_door/arm_face.hpp"
#include "core/front_door/hosts.hpp"
#include "core/imds/endpoint.hpp"
#include "core/imds/ports.hpp"
#include "core/settings/settings.hpp"
#include "core/web/identity_endpoint.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
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

http::Response refused(int status, std::string_view code, std::string_view message) {
    const Json body{{"error", {{"code", code}, {"message", message}}}};
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

// As the access log names code in a machine or an app.
std::string principal_of(const arm::ResourceId& vm) { return "vm:" + vm.name(); }
std::string principal_of(const AppIdentity& app) { return "app:" + app.app.name(); }

// Nothing of a query or a body, which may hold secrets.
std::string line_of(const http::Request& request) {
    constexpr std::size_t longest = 400;
    std::string line = fmt::format("{} {}{}", request.method, request.host, request.path).substr(0, longest);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    return line;
}

// The client's own id where it has sent one.
std::string correlation_in(const http::Request& request) {
    for (const char* const name : {"x-ms-correlation-request-id", "client-request-id"}) {
        const std::string asked = http::header(request, name);
        if (is_guid(asked)) return lower(asked);
    }
    return {};
}

events::Run run_of(const http::Request& request, Instant now) {
    events::Run run;
    run.at = now;
    run.kind = "request";
    run.line = line_of(request);
    run.correlation = correlation_in(request);
    run.status = "Succeeded";
    return run;
}

// The report of a request that was answered so, without having kept anything.
events::Report report_of(const http::Response& response, events::Report report) {
    if (response.status < 400) return report;
    const Json body = Json::parse(response.body, nullptr, false);
    const Json* const error = body.is_object() && body.contains("error") ? &body["error"] : nullptr;
    const bool nested = error != nullptr && error->is_object();
    std::string code = nested ? text_at(*error, "code") : text_at(body, "error");
    if (code.empty()) code = std::to_string(response.status);
    return events::failed(std::move(report), response.status, code,
                          nested ? text_at(*error, "message") : text_at(body, "error_description"));
}

// Whether nothing is changed by it. Other faces' GETs may keep something: a token, a signing key.
bool only_reads(const http::Request& request) {
    return (request.method == "GET" || request.method == "HEAD") &&
           (request.host == "management.azure.com" || request.host == "graph.microsoft.com");
}

// As what it is shown when it is taken back.
std::string name_of(const http::Request& request) {
    return fmt::format("{} https://{}{}", request.method, request.host, request.path);
}

// Values of parameters are the script's arguments in order, those with a name also variables.
GuestScript script_of(const Json& asked) {
    GuestScript script;
    if (const Json* lines = find(asked, "script"); lines != nullptr && lines->is_array())
        for (const Json& line : *lines)
            if (line.is_string()) script.text += line.get<std::string>() + "\n";
    if (iequals(text_at(asked, "commandId"), "ifconfig")) script.text = "ip address";
    if (const Json* given = find(asked, "parameters"); given != nullptr && given->is_array())
        for (const Json& parameter : *given) {
            const std::string name = text_at(parameter, "name");
            script.arguments.push_back(text_at(parameter, "value"));
            if (!name.empty()) script.variables.emplace_back(name, text_at(parameter, "value"));
        }
    return script;
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

// Only what gives out a held token: anything else may depend on more than the state and the second.
void ServedState::keep(const Keeping& keeping, Session& session, Instant machine,
                       const http::Response& response, events::Report report) {
    const bool gives_held_token =
        std::any_of(report.events.begin(), report.events.end(),
                    [](const events::Event& event) { return event.what == "held token answered"; });
    if (keeping.version < 0 || keeping.key.empty() || response.status != 200 || !gives_held_token) return;
    const std::optional<clock::Record> record = session.account.clock();
    HeldAnswers::Dial dial;
    if (record && !record->stands_at) dial.ahead = record->ahead;
    if (dial.shows(machine) != session.now) dial.stands_at = session.now;
    report.run.correlation = keeping.correlation;
    held_.keep(keeping.key, {.answered = {response, keeping.principal},
                             .report = std::make_shared<const events::Report>(std::move(report)),
                             .dial = dial,
                             .worked_out = session.now,
                             .version = keeping.version});
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

// A machine runs one script at a time: another is refused, as Azure does it, rather than kept waiting.
class ServedState::BusyMachine {
  public:
    BusyMachine(ServedState& state, const std::string& vm) : state_(state), vm_(vm) {
        const std::lock_guard<std::mutex> lock(state_.mutex_);
        if (!state_.busy_.insert(vm_).second)
            throw Error(fault::conflict,
                        "Run command extension execution is in progress. Please wait for completion before "
                        "invoking a run command.");
    }
    ~BusyMachine() {
        const std::lock_guard<std::mutex> lock(state_.mutex_);
        state_.busy_.erase(vm_);
    }
    BusyMachine(const BusyMachine&) = delete;
    BusyMachine& operator=(const BusyMachine&) = delete;

  private:
    ServedState& state_;
    std::string vm_;
};

Answered ServedState::run_guest(const http::Request& request, const arm::ResourceId& vm,
                                const std::string& asked) {
    try {
        if (!guests_) throw Error(fault::not_modelled, "There are no scripts within a machine's scripts.");
        const BusyMachine busy(*this, vm.key());
        const Json answer = Json::parse(run_command_answer(guests_->run(vm, script_of(Json::parse(asked)))));
        return transact(Weight::writing, name_of(request), [&](Session& session) {
            session.events.open(run_of(request, session.now));
            return front_door::answer_arm_after_guest(session, request, answer);
        });
    } catch (const Error& error) {
        return {front_door::arm_error(error), {}};
    }
}

Answered ServedState::answer_code(const std::string& principal, const std::string& door,
                                  const http::Request& request, const Work& work) {
    const Keeping keeping{HeldAnswers::key_of(door, request), seen_, principal, correlation_in(request)};
    try {
        return {transact(
                    Weight::tokens_held, name_of(request),
                    [&](Session& session) {
                        session.events.open(run_of(request, session.now));
                        return work(session);
                    },
                    &keeping)
                    .response,
                principal};
    } catch (const Error& error) {
        return {refused(503, error.fault().code, error.message()), principal};
    }
}

http::Response ServedState::work_in(Session& session, const arm::ResourceId& vm,
                                    const http::Request& request) {
    imds::require_running(session, vm);
    return imds::answer_metadata(session, vm, request);
}

Answered ServedState::answer_in(const arm::ResourceId& vm, const http::Request& request) {
    return answer_code(principal_of(vm), vm.key(), request,
                       [&](Session& session) { return work_in(session, vm, request); });
}

Answered ServedState::answer_for(const AppIdentity& app, const http::Request& request) {
    return answer_code(principal_of(app), app.app.key(), request, [&](Session& session) {
        return web::answer_app_identity(session, app.app, request, app.secret);
    });
}

std::vector<std::optional<Answered>> ServedState::answer_together_in(
    const arm::ResourceId& vm, const std::vector<const http::Request*>& requests) {
    return together(principal_of(vm), requests, [&](Session& session, const http::Request& request) {
        return work_in(session, vm, request);
    });
}

std::vector<std::optional<Answered>> ServedState::answer_together_for(
    const AppIdentity& app, const std::vector<const http::Request*>& requests) {
    return together(principal_of(app), requests, [&](Session& session, const http::Request& request) {
        return web::answer_app_identity(session, app.app, request, app.secret);
    });
}

std::vector<std::optional<Answered>> ServedState::together(const std::string& principal,
                                                           const std::vector<const http::Request*>& requests,
                                                           const WorkOn& work) {
    std::vector<std::optional<Answered>> answers(requests.size());
    std::vector<http::Response> responses;
    try {
        if (!fresh_) {
            fresh_ = borrow();
            fresh_->remember();
        }
        if (!work_together(requests, work, responses)) return answers;
    } catch (const Error& error) {  // whoever answers them each by itself says what is wrong
        if (error.fault().code == fault::state.code) fresh_.reset();
        return answers;
    } catch (const KeyWanted&) {
        return answers;
    } catch (const IssuerKeysWanted&) {
        return answers;
    }
    for (std::size_t i = 0; i < requests.size(); ++i) answers[i] = {std::move(responses[i]), principal};
    return answers;
}

// False where nothing was kept: one of them is to be refused, or the state is seeded.
bool ServedState::work_together(const std::vector<const http::Request*>& requests, const WorkOn& work,
                                std::vector<http::Response>& responses) {
    fresh_->name_work(name_of(*requests.front()));
    const std::unique_ptr<Transaction> transaction = fresh_->begin_lightly();
    if (!fresh_->seed().empty()) return false;
    KeyPool keys;
    for (const http::Request* const request : requests) {
        Session session = transaction->session({}, environment_.now(), *environment_.random, keys);
        session.events.open(run_of(*request, session.now));
        responses.push_back(work(session, *request));
        if (responses.back().status >= 400) return false;
        const events::Report report = session.events.report();
        if (!report.empty()) session.events.write(report);
        session.events.forget();
    }
    transaction->commit();
    return true;
}

std::optional<Answered> ServedState::known(const std::string& door, const http::Request& request) {
    const std::string key = HeldAnswers::key_of(door, request);
    if (key.empty()) return {};
    std::int64_t version = 0;
    try {
        if (!watched_) {
            watched_ = borrow();
            ++watches_;
        }
        version = (watches_ << 32) + watched_->version();
    } catch (const Error&) {
        watched_.reset();  // whoever works the answer out says what is wrong
        return {};
    }
    seen_ = version;
    Instant now;
    std::optional<HeldAnswers::Held> held = held_.find(key, version, environment_.now(), now);
    if (!held || !deferred_.take_like(held->report, now)) return {};
    return std::move(held->answered);
}

std::optional<Answered> ServedState::known_in(const arm::ResourceId& vm, const http::Request& request) {
    return known(vm.key(), request);
}

std::optional<Answered> ServedState::known_for(const AppIdentity& app, const http::Request& request) {
    return known(app.app.key(), request);
}

AppIdentity ServedState::app_identity(arm::ResourceId app) {
    return {std::move(app), new_hex(*environment_.random, 32)};
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
