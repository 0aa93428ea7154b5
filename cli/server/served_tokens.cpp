// What code in machines and apps is answered: tokens that are held, tokens worked out anew, and several of
// these in one transaction.
#include "cli/server/served_state.hpp"

#include "cli/app/environment.hpp"
#include "cli/server/request_notes.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/clock/clock.hpp"
#include "core/compute/power.hpp"
#include "core/imds/endpoint.hpp"
#include "core/web/identity_endpoint.hpp"

#include <algorithm>

namespace azid::server {

namespace {

// As the access log names code in a machine or an app.
std::string principal_of(const arm::ResourceId& vm) { return "vm:" + vm.name(); }
std::string principal_of(const AppIdentity& app) { return "app:" + app.app.name(); }

}  // namespace

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

std::vector<std::optional<Answered>> ServedState::answer_together_in(const arm::ResourceId& vm,
                                                                     const NextRequest& next) {
    return together(principal_of(vm), next, [&](Session& session, const http::Request& request) {
        return work_in(session, vm, request);
    });
}

std::vector<std::optional<Answered>> ServedState::answer_together_for(const AppIdentity& app,
                                                                      const NextRequest& next) {
    return together(principal_of(app), next, [&](Session& session, const http::Request& request) {
        return web::answer_app_identity(session, app.app, request, app.secret);
    });
}

std::vector<std::optional<Answered>> ServedState::together(const std::string& principal,
                                                           const NextRequest& next, const WorkOn& work) {
    std::vector<http::Response> responses;
    try {
        if (!fresh_) {
            fresh_ = borrow();
            fresh_->remember();
        }
        if (!work_together(next, work, responses)) return {};
    } catch (const Error& error) {  // whoever answers them each by itself says what is wrong
        if (error.fault().code == fault::state.code) fresh_.reset();
        return {};
    } catch (const KeyWanted&) {
        return {};
    } catch (const IssuerKeysWanted&) {
        return {};
    }
    std::vector<std::optional<Answered>> answers;
    for (http::Response& response : responses) answers.push_back(Answered{std::move(response), principal});
    return answers;
}

// False where nothing was kept: one of them is to be refused, or the state is seeded.
bool ServedState::work_together(const NextRequest& next, const WorkOn& work,
                                std::vector<http::Response>& responses) {
    const http::Request* request = next();
    fresh_->name_work(name_of(*request));
    const std::unique_ptr<Transaction> transaction = fresh_->begin_lightly();
    if (!fresh_->seed().empty()) return false;
    KeyPool keys;
    for (; request != nullptr; request = next()) {
        Session session = transaction->session({}, environment_.now(), *environment_.random, keys);
        session.events.open(run_of(*request, session.now));
        responses.push_back(work(session, *request));
        if (responses.back().status >= 400) return false;
        const events::Report report = session.events.report();
        if (!report.empty()) session.events.write(report);
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

}  // namespace azid::server
