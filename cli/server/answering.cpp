// How an answer is come by: at once, on a worker, together with others, or by one who waits for long; and
// what room there is for it.
#include "cli/server/core.hpp"

#include "core/base/text.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace azid::server {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds while_full{5};
constexpr std::size_t most_together = 16;                 // they wait for one another
constexpr std::chrono::seconds patience_with_readers{1};  // where there is no room

// What a function answers that may throw.
template <class Function>
Answered answered_by(const Function& function) {
    try {
        return function();
    } catch (const std::exception&) {
        return {{500, {}, {}}, {}};
    }
}

http::Response too_many() {
    http::Response refusal = protocol_refusal(429);
    refusal.headers["Retry-After"] = "10";
    return refusal;
}

}  // namespace

std::shared_ptr<const SharedBody> Server::Core::shared(std::string text) {
    std::erase_if(bodies, [](const auto& one) { return one.second.expired(); });
    const std::size_t hash = std::hash<std::string>()(text);
    const auto [begin, end] = bodies.equal_range(hash);
    for (auto at = begin; at != end; ++at)
        if (std::shared_ptr<const SharedBody> body = at->second.lock(); body && body->text == text)
            return body;
    const std::shared_ptr<const SharedBody> body = std::make_shared<const SharedBody>(std::move(text), bytes);
    bodies.emplace(hash, body);
    return body;
}

// Whoever has not read his answer for a second makes room for others where there is none.
void Server::Core::give_up_slowest_reader() {
    Connection* slowest = nullptr;
    for (Connection* const one : connections)
        if (one->sending && (slowest == nullptr || one->since < slowest->since)) slowest = one;
    if (slowest == nullptr || Clock::now() - slowest->since < patience_with_readers) return;
    slowest->sending = false;
    slowest->stream.cancel();
}

// Clients that do not read their answers hold up others for a moment, and do not use all memory up.
net::awaitable<void> Server::Core::room_for_an_answer() {
    net::steady_timer moment(io);
    while (bytes > settings.bytes_at_once) {
        error_code error;
        give_up_slowest_reader();
        moment.expires_after(while_full);
        co_await moment.async_wait(into(error));
    }
}

// What is not known yet is worked out on the pool: a transaction may have to wait for another one.
net::awaitable<Answered> Server::Core::ask(const Answer& answer, const http::Request& request) {
    if (answer.is_one_of_many && answer.is_one_of_many(request)) {
        if (std::optional<Answered> one = co_await ask_together(answer, request)) co_return std::move(*one);
    } else if (answer.known) {
        if (std::optional<Answered> known = answer.known(request)) co_return std::move(*known);
    }
    Answered answered = co_await ask_on(pool, [&] { return answer.worked_out(request); });
    if (!answered.later) co_return answered;
    co_return co_await ask_patiently(std::move(answered.later));
}

// A coroutine of the pool's own (co_spawn) would put the finished answer behind all that waits there.
net::awaitable<Answered> Server::Core::ask_on(net::thread_pool& threads, std::function<Answered()> function) {
    Answered answered;
    co_await net::async_initiate<const net::use_awaitable_t<>, void()>(
        [&](auto handler) {
            const auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            net::post(threads, [&, kept] {
                answered = answered_by(function);
                net::post(io, [kept] { std::move (*kept)(); });
            });
        },
        net::use_awaitable);
    co_return answered;
}

net::awaitable<std::optional<Answered>> Server::Core::ask_together(const Answer& answer,
                                                                   const http::Request& request) {
    OneOfMany one{&answer, &request};
    if (!together) together.emplace(1);
    co_await net::async_initiate<const net::use_awaitable_t<>, void()>(
        [this, &one](auto handler) {
            const auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            one.go_on = [kept] { std::move (*kept)(); };
            const std::lock_guard<std::mutex> lock(together_mutex);
            many.push_back(&one);
            if (std::exchange(is_working_together, true)) return;
            // Those that have come in the meantime are read first: together they cost less.
            net::post(io, [this] { net::post(*together, [this] { work_together(); }); });
        },
        net::use_awaitable);
    co_return std::move(one.answered);
}

// The next of those that can be worked out with the ones that are here already.
OneOfMany* Server::Core::one_more(const std::vector<OneOfMany*>& some) {
    const std::lock_guard<std::mutex> lock(together_mutex);
    const bool fits = !many.empty() && some.size() < most_together &&
                      (some.empty() || many.front()->answer == some.front()->answer);
    if (!fits && some.empty()) is_working_together = false;
    if (!fits) return nullptr;
    OneOfMany* const one = many.front();
    many.pop_front();
    return one;
}

// Takes those that have come and those that come meanwhile, over and over, until there are none.
void Server::Core::work_together() {
    for (;;) {
        std::vector<OneOfMany*> some;
        const auto take = [&]() -> const http::Request* {
            OneOfMany* const one = one_more(some);
            if (one != nullptr) some.push_back(one);
            return one == nullptr ? nullptr : one->request;
        };
        const http::Request* first = take();
        if (first == nullptr) return;
        std::vector<std::optional<Answered>> answers = some.front()->answer->together(
            [&] { return first != nullptr ? std::exchange(first, nullptr) : take(); });
        answers.resize(some.size());
        for (std::size_t i = 0; i < some.size(); ++i) some[i]->answered = std::move(answers[i]);
        net::post(io, [some = std::move(some)] {
            for (OneOfMany* const one : some) std::exchange(one->go_on, {})();
        });
    }
}

net::awaitable<Answered> Server::Core::ask_patiently(std::function<Answered()> later) {
    if (patient_requests >= settings.patient_workers) co_return Answered{too_many(), {}};
    if (!patient) patient.emplace(settings.patient_workers);
    ++patient_requests;
    Answered answered = co_await ask_on(*patient, std::move(later));
    --patient_requests;
    co_return answered;
}

const Answer* Server::Core::answer_at(const Authority& authority) const {
    if (authority.host.empty()) return nullptr;
    error_code error;
    const bool named = lower(authority.host) == "localhost";
    const net::ip::address ip = net::ip::make_address(named ? "127.0.0.1" : authority.host, error);
    for (const Listener& listener : listeners) {
        const net::ip::address& at = listener.endpoint.address();
        const bool here = !error && (at == ip || (at.is_unspecified() && ip.is_loopback()));
        if (here && listener.endpoint.port() == authority.port) return listener.answer.get();
    }
    return nullptr;
}

}  // namespace azid::server
