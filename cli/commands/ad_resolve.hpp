// How az finds the application or service principal that --id names, and what its commands share in making
// credentials.
#pragma once

#include "cli/app/context.hpp"
#include "core/base/json.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <vector>

namespace azid::commands {

// The object id of the application whose appId or identifier URI this is; another GUID is taken for an object
// id. Throws Error (fault::client_not_found), az's text, for a URI that no application has.
std::string application_id(Session& session, const std::string& identifier);
// The application of --id. Throws Error as above, and with Graph's text and exit code 1 when there is none.
entra::Application application_given(app::Context& context, const char* option = "identifier");

// The object id of the service principal that has this among its names; another GUID is taken for an object
// id. Throws Error (fault::client_not_found), az's text.
std::string service_principal_id(Session& session, const std::string& identifier);
// The service principal of --id. Throws Error as application_given does.
entra::ServicePrincipal service_principal_given(app::Context& context);

// The first hundred of a list without filters, with az's warning where there are more.
Json cut_list(app::Context& context, Json found, bool all);

// What "--cert" and "--create-cert" come to: the certificate for Graph, and the file with the private key
// where one was made.
struct ClientCertificate {
    std::string key;   // base64 of the DER
    std::string file;  // empty: the certificate was given
    std::string pem;   // what the file is to hold: the private key and the certificate
    Instant start;
    Instant end;
};
// For the period from start to end; a given certificate's own dates narrow it, with az's warnings. Throws
// Error (fault::client) for what is no certificate.
ClientCertificate client_certificate(app::Context& context, Instant start, Instant end);

// What az warns of whenever it prints or writes a credential.
inline constexpr const char* credential_warning =
    "The output includes credentials that you must protect. Be sure that you do not include these "
    "credentials "
    "in your code or check the credentials into your source control. For more information, see "
    "https://aka.ms/azadsp-cli";

// The year after that many years, as Python's relativedelta counts them.
Instant years_after(Instant start, int years);

}  // namespace azid::commands
