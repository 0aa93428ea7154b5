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

// Who reads a token: the name of the system in events ("keyvault") and the id of what is asked for.
struct Reader {
    std::string_view system;
    std::string_view subject;
};

// Reads the token and, when nothing is wrong with it, makes its owner the session's caller; notes what came
// of it. The tenant is the one that the resource trusts, the audiences those it answers to.
TokenReading admit(Session& session, const Reader& reader, std::string_view token, std::string_view tenant,
                   std::span<const std::string_view> audiences);

// Notes as an event that the system has taken or refused the token: its claims where it is ours, never the
// token.
void note_token(Session& session, const Reader& reader, const TokenReading& token);

}  // namespace azid::entra
