#include "cli/commands/ad_resolve.hpp"

#include "cli/app/environment.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace azid::commands {

namespace {

constexpr size_t short_list = 100;

// az writes it into the home folder under the name of a temporary file.
std::string key_file(app::Context& context) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    std::string name = "tmp";
    for (const char byte : context.session().random.bytes(8))
        name += letters[static_cast<unsigned char>(byte) % letters.size()];
    return context.environment.variable("HOME").value_or(".") + "/" + name + ".pem";
}

ClientCertificate new_certificate(app::Context& context, Instant start, Instant end) {
    const std::string pem = context.session().keys.take();
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(pem);
    if (!key) throw std::runtime_error("the key pool gave no key");
    start = std::chrono::floor<std::chrono::seconds>(start);
    end = std::chrono::floor<std::chrono::seconds>(end);
    const crypto::Certificate certificate =
        crypto::Certificate::self_signed({"CLI-Login", start, end, context.session().random.bytes(16)}, *key);
    return {base64(certificate.der()), key_file(context), key->pem() + certificate.pem(), start, end};
}

ClientCertificate given_certificate(app::Context& context, Instant start, Instant end) {
    const std::string text = context.args.text("cert");
    std::optional<crypto::Certificate> certificate = crypto::Certificate::from_pem(text);
    if (!certificate)
        certificate = crypto::Certificate::from_der(
            from_base64(replace_all(replace_all(text, "\n", ""), "\r", "")).value_or(text));
    if (!certificate)
        throw Error(
            fault::client,
            "The value of --cert is no certificate: give it in PEM form or as the base64 of its DER form, "
            "or --cert @file.");
    const std::chrono::seconds second(1);
    if (certificate->not_before() > start) {
        context.messages.warn(
            fmt::format("Certificate is not valid until {}. Adjusting key credential start date to match.",
                        az_iso(certificate->not_before())));
        start = certificate->not_before() + second;
    }
    if (certificate->not_after() < end) {
        context.messages.warn(
            fmt::format("Certificate expires {}. Adjusting key credential end date to match.",
                        az_iso(certificate->not_after())));
        end = certificate->not_after() - second;
    }
    return {base64(certificate->der()), {}, {}, start, end};
}

}  // namespace

std::string application_id(Session& session, const std::string& identifier) {
    const bool guid = is_guid(identifier);
    for (const entra::Application& one : entra::applications(session)) {
        const auto& uris = one.identifier_uris;
        if (guid ? iequals(one.app_id, identifier)
                 : std::any_of(uris.begin(), uris.end(),
                               [&](const std::string& uri) { return iequals(uri, identifier); }))
            return one.id;
    }
    if (guid) return identifier;
    throw Error(fault::client_not_found,
                fmt::format("Application with identifier URI '{}' doesn't exist", identifier));
}

entra::Application application_given(app::Context& context, const char* option) {
    const std::string id = application_id(context.session(), context.args.text(option));
    try {
        return entra::application(context.session(), id);
    } catch (const Error& error) {
        if (error.fault().code != fault::graph_not_found.code) throw;
        throw entra::missing_object_of_change(id);
    }
}

std::string service_principal_id(Session& session, const std::string& identifier) {
    for (const entra::ServicePrincipal& principal : entra::service_principals(session))
        for (const std::string& name : principal.names)
            if (iequals(name, identifier)) return principal.id;
    if (is_guid(identifier)) return identifier;
    throw Error(fault::client_not_found, fmt::format("Service principal '{}' doesn't exist", identifier));
}

entra::ServicePrincipal service_principal_given(app::Context& context) {
    const std::string id = service_principal_id(context.session(), context.args.text("identifier"));
    try {
        return entra::service_principal(context.session(), id);
    } catch (const Error& error) {
        if (error.fault().code != fault::graph_not_found.code) throw;
        throw entra::missing_object_of_change(id);
    }
}

Json cut_list(app::Context& context, Json found, bool all) {
    if (all || found.size() <= short_list) return found;
    context.messages.warn(
        "The result is not complete. You can still use '--all' to get all of them with long latency "
        "expected, or provide a filter through command arguments");
    found.erase(found.begin() + short_list, found.end());
    return found;
}

ClientCertificate client_certificate(app::Context& context, Instant start, Instant end) {
    return context.args.flag("create_cert") ? new_certificate(context, start, end)
                                            : given_certificate(context, start, end);
}

Instant years_after(Instant start, int years) {
    const auto day = std::chrono::floor<std::chrono::days>(start);
    std::chrono::year_month_day date(day);
    const std::int64_t year = static_cast<int>(date.year()) + std::int64_t{years};
    if (year < 1 || year > 9999) throw Error(fault::client, fmt::format("year {} is out of range", year));
    date += std::chrono::years(years);
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return std::chrono::sys_days(date) + (start - day);
}

}  // namespace azid::commands
