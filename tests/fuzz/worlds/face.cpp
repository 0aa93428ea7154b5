#include "fuzz/worlds/face.hpp"

#include "cli/app/environment.hpp"
#include "cli/server/messages.hpp"
#include "cli/server/served_state.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/keys.hpp"
#include "core/base/text.hpp"
#include "core/front_door/hosts.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"
#include "fuzz/worlds/rehearsal.hpp"
#include "fuzz/worlds/watch.hpp"

#include <fmt/format.h>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace azid::fuzz {

namespace {

namespace wire = boost::beast::http;

constexpr std::string_view parting = "\n%%\n";

// As a client would send it.
std::string as_sent(const std::string& text) {
    std::size_t blank = text.find("\n\n");
    if (text.find("\r\n\r\n") < blank) return text;
    if (blank == std::string::npos) blank = text.size();
    const std::string body = text.substr(std::min(text.size(), blank + 2));
    std::string head;
    for (const char c : text.substr(0, blank)) head += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const std::string small = lower(head);
    if (small.find("\nhost:") == std::string::npos) head += "\r\nHost: {host}";
    if (small.find("content-length:") == std::string::npos &&
        small.find("transfer-encoding:") == std::string::npos)
        head += fmt::format("\r\nContent-Length: {}", body.size());
    return head + "\r\n\r\n" + body;
}

// The server's own reading, with its limits. Empty where it would refuse.
std::optional<http::Request> read(const std::string& bytes, const std::string& host) {
    constexpr std::uint32_t header_limit = 64 * 1024;
    constexpr std::uint64_t body_limit = 1024 * 1024;
    wire::request_parser<wire::string_body> parser;
    parser.header_limit(header_limit);
    parser.body_limit(body_limit);
    parser.eager(true);
    boost::system::error_code error;
    std::size_t used = 0;
    while (used < bytes.size() && !parser.is_done() && !error) {
        const std::size_t taken =
            parser.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), error);
        if (taken == 0) break;
        used += taken;
    }
    if (error || !parser.is_done()) {
        reached(error ? error.message() : "unfinished");
        return {};
    }
    server::RequestMessage message = parser.release();
    if (const int status = server::framing_fault(message); status != 0) {
        reached(status == 400 ? "said twice how long" : "an unknown coding");
        return {};
    }
    try {
        http::Request request = server::taken_apart(message, host);
        if (!front_door::is_known_host(request.host)) request.host = host;
        return request;
    } catch (const Error& refusal) {
        reached(refusal.message());
        return {};
    }
}

bool is_printable_xml(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t') return false;
    return true;
}

std::string content_type(const http::Response& answer) {
    const auto found = answer.headers.find("Content-Type");
    return found == answer.headers.end() ? std::string() : found->second;
}

void check_answer(const http::Request& request, const http::Response& answer) {
    const std::string told = fmt::format("{} {}{} -> {} {}", request.method, request.host, request.path,
                                         answer.status, answer.body.substr(0, 600));
    // App Service itself answers so where it cannot get a token.
    const bool as_azure = answer.body.starts_with(R"({"statusCode":500)");
    constexpr int not_modelled = 501;
    require(answer.status >= 200 && (answer.status < 500 || answer.status == not_modelled || as_azure),
            "no answer is a failure of the server", told);
    const std::string head = server::head_in_bytes(answer, 11, true);
    const auto lines = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n'));
    constexpr std::size_t of_the_server = 6;  // status line, lengths, connection, empty line
    require(lines <= answer.headers.size() + of_the_server && head.ends_with("\r\n\r\n"),
            "no header brings others with it", head);
    const std::string type = content_type(answer);
    if (type.find("json") != std::string::npos && !answer.body.empty()) {
        const Json body = Json::parse(answer.body, nullptr, false);
        require(!body.is_discarded(), "what is called JSON is JSON", told);
    }
    if (type.find("xml") != std::string::npos && answer.status >= 400)
        require(is_printable_xml(answer.body), "what is called XML has only characters of XML", told);
    const bool keeps_silent = request.method == "HEAD" || answer.status == 404;
    if (answer.status >= 400 && !keeps_silent) require(!answer.body.empty(), "a refusal says why", told);
    reached(fmt::format("{} {}", static_cast<char>('a' + answer.status % 26),
                        answer.status < 400 ? request.path : answer.body));
}

// The server without its sockets, on a state whose commits are taken back.
class Server {
  public:
    static Server& only() {
        static Server server;
        return server;
    }

    Rehearsal& rehearsal() { return rehearsal_; }

    // Before the requests of an input, which draw the same whenever they are played.
    void begin() { dice_ = Dice(); }

    // Empty for what a script in a machine is the answer to.
    std::optional<http::Response> answer(const Face& face, const http::Request& request) {
        server::Answered answered = face.answer(*state_, request);
        if (answered.later) return {};
        return std::move(answered.response);
    }

  private:
    Server() : rehearsal_(Box::only()) {
        environment_.variable = [](std::string_view) { return std::nullopt; };
        environment_.now = [] { return Box::only().now(); };
        environment_.random = &dice_;
        environment_.make_key = [](int) { return Box::ready_key(); };
        environment_.open_state = [this](const std::string&) { return rehearsal_.door(); };
        environment_.exists = [](const std::string&) { return true; };
        environment_.write_error = [](std::string_view) {};
        rehearsal_.play([this] {
            state_ = std::make_unique<server::ServedState>(environment_, Box::only().state().path(), false);
        });
        state_->fetch_issuers_with([](const std::string&) { return IssuerKeys{{}, "there is no network"}; });
    }

    Rehearsal rehearsal_;
    Dice dice_;
    app::Environment environment_;
    std::unique_ptr<server::ServedState> state_;
};

void check_unchanged(Watch& watch, const http::Request& request, const http::Response& answer) {
    const std::string changed = watch.changed_tables();
    require(changed.empty(), "what is refused changes nothing",
            fmt::format("{} changed by {} {}{} -> {} {}", changed, request.method, request.host, request.path,
                        answer.status, answer.body.substr(0, 600)));
}

// Each in a transaction of its own, as the server gives them.
void ask_server(const Face& face, const std::vector<http::Request>& requests) {
    Server& server = Server::only();
    server.begin();
    server.rehearsal().play([&] {
        for (const http::Request& request : requests) {
            const std::unique_ptr<Watch> watch = server.rehearsal().watch();
            const std::optional<http::Response> answer = server.answer(face, request);
            if (!answer) return reached("a script for a guest");
            check_answer(request, *answer);
            if (answer->status < 400) continue;
            return check_unchanged(*watch, request, *answer);
        }
    });
}

}  // namespace

server::Answered answer_by_host(server::ServedState& state, const http::Request& request) {
    return state.answer(request);
}

void ask_face(const Face& face, std::string_view input) {
    Box& box = Box::only();
    std::vector<http::Request> requests;
    constexpr std::size_t most_requests = 4;
    while (!input.empty() && requests.size() < most_requests) {
        const std::size_t end = input.find(parting);
        std::string text = as_sent(std::string(input.substr(0, end)));
        if (const std::size_t host = text.find("{host}"); host != std::string::npos)
            text.replace(host, 6, face.host);
        const std::optional<http::Request> request =
            read(box.filled_in(text, std::string(face.resource)), std::string(face.host));
        if (!request) break;
        requests.push_back(*request);
        input.remove_prefix(end == std::string_view::npos ? input.size() : end + parting.size());
    }
    if (requests.empty()) return;
    ask_server(face, requests);
}

}  // namespace azid::fuzz
