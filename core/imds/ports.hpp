// What the metadata endpoints need stored: the tokens they hold until these expire.
#pragma once

#include "core/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::imds {

struct CachedToken {
    std::string host_id;       // ARM id of the VM
    std::string principal_id;  // whose token
    std::string resource;      // for what, as requested
    std::string access_token;
    Instant not_before;
    Instant expires;
};

// Thrown where a transaction that only reads would have to keep something.
struct WritingWanted {};

class Store {
  public:
    virtual ~Store() = default;

    virtual std::optional<CachedToken> find_token(std::string_view host_id, std::string_view principal_id,
                                                  std::string_view resource) = 0;
    // Keeps the token in mind until the transaction ends: a commit writes it down, of several for the same
    // host, principal and resource the last one.
    virtual void save(CachedToken token) = 0;
    // Throws WritingWanted where a token cannot be kept because the transaction only reads.
    virtual void expect_saving() = 0;
    // Drops what a host holds for a principal: the identity was taken off, or is gone (host "" means every
    // host).
    virtual void forget_tokens(std::string_view host_id, std::string_view principal_id) = 0;
    // What is in mind.
    virtual const std::vector<CachedToken>& in_mind() const = 0;
    // Writes down what is in mind, at the end of a transaction.
    virtual void write_down() = 0;
    // Forgets what is in mind: a new transaction begins.
    virtual void forget() = 0;
};

}  // namespace azid::imds
