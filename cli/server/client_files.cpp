#include "cli/server/client_files.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace azid::server {

namespace {

constexpr const char* bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu
    "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora
};

void make_folder(const std::string& path) {
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        throw Error(fault::client,
                    fmt::format("Cannot make the folder '{}': {}.", path, std::strerror(errno)));
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return {};
    std::string text(static_cast<std::size_t>(file.tellg()), '\0');
    file.seekg(0);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}

// Several servers may do so at once, and clients be reading: the file is whole at every moment, and what it
// holds already is left alone.
void keep(const std::string& path, const std::string& text) {
    if (text_of(path) == text) return;
    const std::string made = fmt::format("{}.{}", path, getpid());
    overwrite(made, text);
    if (std::rename(made.c_str(), path.c_str()) != 0)
        throw Error(fault::client, fmt::format("Cannot write '{}': {}.", path, std::strerror(errno)));
}

}  // namespace

ClientFiles client_files(const std::string& state_path) {
    const std::string folder = std::filesystem::absolute(state_path).string() + ".clients";
    return {folder, folder + "/ca.pem", folder + "/ca-bundle.pem", folder + "/azure", folder + "/serve.json"};
}

std::string authority_of(const std::string& state_path) {
    const std::string path = client_files(state_path).authority;
    return access(path.c_str(), R_OK) == 0 ? path : std::string();
}

void overwrite(const std::string& path, const std::string& text) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    if (file >= 0) close(file);
    if (!written)
        throw Error(fault::client, fmt::format("Cannot write '{}': {}.", path, std::strerror(error)));
}

std::string system_bundle() {
    for (const char* const path : bundles)
        if (access(path, R_OK) == 0) return path;
    return {};
}

void write_client_files(const ClientFiles& files, const std::string& authority_pem) {
    make_folder(files.folder);
    make_folder(files.az_config);
    keep(files.authority, authority_pem);
    // Within another "exec" on the state the system's bundle is ours, with the authority in it.
    const std::string path = system_bundle();
    std::string bundle = path.empty() ? std::string() : text_of(path);
    if (!bundle.ends_with(authority_pem)) bundle += authority_pem;
    keep(files.bundle, bundle);
}

Variables trust_variables(const ClientFiles& files, const std::string& state_path) {
    return {
        {"REQUESTS_CA_BUNDLE", files.bundle},  // az, Python
        {"CURL_CA_BUNDLE", files.bundle},      // curl
        {"SSL_CERT_FILE", files.bundle},       // OpenSSL's own defaults, Go
        {"NODE_EXTRA_CA_CERTS", files.authority},
        {"AZURE_CONFIG_DIR", files.az_config},
        {"AZURE_CORE_COLLECT_TELEMETRY", "no"},
        {"AZID_STATE", std::filesystem::absolute(state_path).string()},
    };
}

Variables proxy_variables(const std::string& proxy_url) {
    return {{"HTTP_PROXY", proxy_url},  {"HTTPS_PROXY", proxy_url}, {"http_proxy", proxy_url},
            {"https_proxy", proxy_url}, {"NO_PROXY", ""},           {"no_proxy", ""},
            {"ALL_PROXY", ""},          {"all_proxy", ""}};
}

Variables no_proxy_variables() { return proxy_variables(""); }

Variables no_identity_variables() {
    Variables variables;
    for (const char* const name :
         {"AZURE_POD_IDENTITY_AUTHORITY_HOST", "MSAL_MANAGED_IDENTITY_ENDPOINT", "IMDS_ENDPOINT",
          "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "MSI_SECRET",
          "WEBSITE_SITE_NAME", "APPSETTING_WEBSITE_SITE_NAME", "AZID_VM"})
        variables.emplace_back(name, "");
    return variables;
}

Variables app_variables(const std::string& name, const std::string& endpoint, const std::string& secret) {
    return {{"IDENTITY_ENDPOINT", endpoint}, {"IDENTITY_HEADER", secret},
            {"MSI_ENDPOINT", endpoint},      {"MSI_SECRET", secret},
            {"WEBSITE_SITE_NAME", name},     {"APPSETTING_WEBSITE_SITE_NAME", name}};
}

}  // namespace azid::server
