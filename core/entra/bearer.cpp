#include "core/entra/bearer.hpp"

namespace azid::entra {

TokenReading admit(Session& session, std::string_view token, std::string_view tenant,
                   std::span<const std::string_view> audiences) {
    TokenReading reading =
        read_access_token(session.entra, token, {std::string(tenant), audiences, session.now});
    if (reading.flaw == TokenFlaw::none) session.caller = reading.caller;
    return reading;
}

}  // namespace azid::entra
