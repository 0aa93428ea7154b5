// The bearer token in front of a protected resource: what a vault and a storage account have in common. Each
// has its own words for a refusal.
#pragma once

#include "core/base/session.hpp"
#include "core/entra/access_token.hpp"

#include <span>
#include <string>
#include <string_view>

namespace azid::entra {

// Who a session's caller was; comes back when the request is over.
class FormerCaller {
  public:
    explicit FormerCaller(Session& session) : session_(session), caller_(session.caller) {}
    ~FormerCaller() { session_.caller = caller_; }
    FormerCaller(const FormerCaller&) = delete;
    FormerCaller& operator=(const FormerCaller&) = delete;

  private:
    Session& session_;
    Caller caller_;
};

// Reads the token and, when nothing is wrong with it, makes its owner the session's caller. The tenant is the
// one that the resource trusts, the audiences those it answers to.
TokenReading admit(Session& session, std::string_view token, std::string_view tenant,
                   std::span<const std::string_view> audiences);

}  // namespace azid::entra
