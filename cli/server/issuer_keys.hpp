// The keys that outside token issuers publish, fetched from them (OpenID Connect Discovery 1.0).
#pragma once

#include "core/base/keys.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace azid::server {

// Asks the issuer for its configuration at /.well-known/openid-configuration, and for the keys at the place
// that this names. Both by https alone, as Entra; see http_client.hpp for what is never asked. Throws
// nothing: a failure is told in the answer.
IssuerKeys fetch_issuer_keys(const std::string& issuer);

// Keeps what was fetched for an hour, and failures for some seconds; an issuer whose set lacks the key that
// is looked for is asked again, but not more often than that. By the machine's own clock: a state's may stand
// still. May be used from several threads at once; each waits for whoever asks the same issuer.
class PublishedKeys {
  public:
    using Fetch = std::function<IssuerKeys(const std::string& issuer)>;
    using Now = std::function<std::chrono::steady_clock::time_point()>;

    explicit PublishedKeys(Fetch fetch = fetch_issuer_keys, Now now = std::chrono::steady_clock::now)
        : fetch_(std::move(fetch)), now_(std::move(now)) {}
    // Another way of asking, set before the first question.
    void fetch_with(Fetch fetch) { fetch_ = std::move(fetch); }
    IssuerKeys of(const std::string& issuer, const std::string& kid);

  private:
    struct Known {
        std::mutex mutex;  // held while asking
        IssuerKeys keys;
        std::optional<std::chrono::steady_clock::time_point> fetched;
    };

    std::shared_ptr<Known> place_of(const std::string& issuer);

    Fetch fetch_;
    Now now_;
    std::mutex mutex_;  // of known_
    std::map<std::string, std::shared_ptr<Known>> known_;
};

}  // namespace azid::server
