// What clients need on disk and in their environment to find a served state and to trust it.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace azid::app {
struct Environment;
}

namespace azid::server {

// A folder beside the state file, for the owner alone: "<state>.clients".
struct ClientFiles {
    std::string folder;
    std::string authority;  // the state's certificate authority, PEM
    std::string bundle;     // the system's authorities and it, in one file
    std::string az_config;  // AZURE_CONFIG_DIR: nobody's real login is touched
    std::string ready;      // what a running "serve" says of itself, JSON
};

ClientFiles client_files(const std::string& state_path);

// The file of the state's certificate authority, where one was written; else empty.
std::string authority_of(const std::string& state_path);

// Writes the folder, the authority and the bundle. Throws Error (fault::client) when it cannot.
void write_client_files(const ClientFiles& files, const std::string& authority_pem);

// Where the system keeps its bundle of certificate authorities; empty when it has none.
std::string system_bundle();

// Replaces a file's text for readers that have it open or mounted: the file stays the same one. Throws Error
// (fault::client).
void overwrite(const std::string& path, const std::string& text);

// One variable for a client's environment. An empty value takes it out.
using Variables = std::vector<std::pair<std::string, std::string>>;

// Trust, and az's configuration folder; for every door.
Variables trust_variables(const ClientFiles& files, const std::string& state_path);
// That clients go through the proxy at "http://127.0.0.1:PORT", whatever NO_PROXY said before.
Variables proxy_variables(const std::string& proxy_url);
// That clients use no proxy.
Variables no_proxy_variables();
// Takes out what would lead a client's managed identity elsewhere: another host's endpoint.
Variables no_identity_variables();
// What App Service gives to an app's code: for api-version 2019-08-01, for 2017-09-01, and by what az 2.45
// knows that it runs there.
Variables app_variables(const std::string& name, const std::string& endpoint, const std::string& secret);

}  // namespace azid::server
