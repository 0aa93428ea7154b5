// HTTP requests as bytes, sent to one of the faces, and what every answer has to be.
#pragma once

#include "cli/server/server.hpp"
#include "core/base/http.hpp"

#include <string>
#include <string_view>

namespace azid::server {
class ServedState;
}

namespace azid::fuzz {

struct Face {
    std::string_view host;      // whom requests are for that name nobody whom azid is
    std::string_view resource;  // whose tokens "{token}" and "{weak}" are
    server::Answered (*answer)(server::ServedState&, const http::Request&);
};

// Whoever has the name: management.azure.com and all the others that the server listens for.
server::Answered answer_by_host(server::ServedState& state, const http::Request& request);

// Takes the input as requests, parted by lines of "%%", and has the server answer one after the other,
// without its sockets, until one is refused, which may have changed nothing; then all of it is rolled back.
// Lines of a head may end in a line feed alone, and one that tells no length has it filled in; markers are
// filled in as Box::filled_in says.
void ask_face(const Face& face, std::string_view input);

}  // namespace azid::fuzz
