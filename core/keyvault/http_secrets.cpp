#include "core/keyvault/http_secrets.hpp"

#include "core/base/text.hpp"
#include "core/keyvault/secrets.hpp"

#include <nlohmann/json.hpp>

namespace azid::keyvault {

namespace {

using Path = std::vector<std::string>;

std::optional<Json> answer_live(Session& session, const std::string& vault, const std::string& method,
                                const Path& path, const Json& body) {
    const bool versions = path.size() == 3 && iequals(path[2], "versions");
    const std::string version = path.size() == 3 && !versions ? path[2] : "";
    if (method == "GET" && path.size() == 1) return Json(list_secrets(session, vault));
    if (method == "GET" && versions) return Json(list_secret_versions(session, vault, path[1]));
    if (method == "GET" && path.size() <= 3) return get_secret(session, vault, path[1], version);
    if (method == "POST" && path.size() == 3 && iequals(path[2], "backup"))
        return Json{{"value", backup_secret(session, vault, path[1])}};
    if (method == "POST" && path.size() == 2 && iequals(path[1], "restore"))
        return restore_secret(session, vault, text_at(body, "value"));
    if (method == "PUT" && path.size() == 2) return set_secret(session, vault, path[1], body);
    if (method == "PATCH" && (path.size() == 2 || path.size() == 3))
        return update_secret(session, vault, path[1], version, body);
    if (method == "DELETE" && path.size() == 2) return delete_secret(session, vault, path[1]);
    return {};
}

std::optional<Json> answer_deleted(Session& session, const std::string& vault, const std::string& method,
                                   const Path& path) {
    if (method == "GET" && path.size() == 1) return Json(list_deleted_secrets(session, vault));
    if (method == "GET" && path.size() == 2) return get_deleted_secret(session, vault, path[1]);
    if (method == "POST" && path.size() == 3 && iequals(path[2], "recover"))
        return recover_secret(session, vault, path[1]);
    if (method != "DELETE" || path.size() != 2) return {};
    purge_secret(session, vault, path[1]);
    return Json(nullptr);
}

}  // namespace

std::optional<Json> answer_secrets(Session& session, const std::string& vault, const std::string& method,
                                   const std::vector<std::string>& path, const Json& body) {
    if (!path.empty() && iequals(path[0], "secrets")) return answer_live(session, vault, method, path, body);
    if (!path.empty() && iequals(path[0], "deletedsecrets"))
        return answer_deleted(session, vault, method, path);
    return {};
}

}  // namespace azid::keyvault
