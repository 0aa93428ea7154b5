#include "core/keyvault/http_keys.hpp"

#include "core/base/text.hpp"
#include "core/keyvault/keys.hpp"

#include <nlohmann/json.hpp>

namespace azid::keyvault {

namespace {

using Path = std::vector<std::string>;

struct UseName {
    std::string_view name;
    Use use;
};
constexpr UseName uses[] = {{"encrypt", Use::encrypt},  {"decrypt", Use::decrypt}, {"wrapkey", Use::wrap},
                            {"unwrapkey", Use::unwrap}, {"sign", Use::sign},       {"verify", Use::verify}};

// POST /keys/{name}/{verb}, /keys/restore, /keys/{name}/{version}/{use}
std::optional<Json> post_key(Session& session, const std::string& vault, const Path& path, const Json& body) {
    if (path.size() == 2 && iequals(path[1], "restore"))
        return restore_key(session, vault, text_at(body, "value"));
    if (path.size() == 3 && iequals(path[2], "create")) return create_key(session, vault, path[1], body);
    if (path.size() == 3 && iequals(path[2], "rotate")) return rotate_key(session, vault, path[1]);
    if (path.size() == 3 && iequals(path[2], "backup"))
        return Json{{"value", backup_key(session, vault, path[1])}};
    for (const UseName& use : uses) {
        if (path.size() == 4 && iequals(path[3], use.name))
            return use_key(session, vault, path[1], path[2], use.use, body);
        if (path.size() == 3 && iequals(path[2], use.name))
            return use_key(session, vault, path[1], "", use.use, body);
    }
    return {};
}

std::optional<Json> answer_live(Session& session, const std::string& vault, const std::string& method,
                                const Path& path, const Json& body) {
    const bool policy = path.size() == 3 && iequals(path[2], "rotationpolicy");
    const std::string version = path.size() == 3 ? path[2] : "";
    if (method == "POST") return post_key(session, vault, path, body);
    if (method == "GET" && path.size() == 1) return Json(list_keys(session, vault));
    if (method == "GET" && path.size() == 3 && iequals(path[2], "versions"))
        return Json(list_key_versions(session, vault, path[1]));
    if (method == "GET" && policy) return get_rotation_policy(session, vault, path[1]);
    if (method == "PUT" && policy) return set_rotation_policy(session, vault, path[1], body);
    if (method == "GET" && path.size() <= 3) return get_key(session, vault, path[1], version);
    if (method == "PATCH" && (path.size() == 2 || path.size() == 3))
        return update_key(session, vault, path[1], version, body);
    if (method == "PUT" && path.size() == 2) return import_key(session, vault, path[1], body);
    if (method == "DELETE" && path.size() == 2) return delete_key(session, vault, path[1]);
    return {};
}

std::optional<Json> answer_deleted(Session& session, const std::string& vault, const std::string& method,
                                   const Path& path) {
    if (method == "GET" && path.size() == 1) return Json(list_deleted_keys(session, vault));
    if (method == "GET" && path.size() == 2) return get_deleted_key(session, vault, path[1]);
    if (method == "POST" && path.size() == 3 && iequals(path[2], "recover"))
        return recover_key(session, vault, path[1]);
    if (method != "DELETE" || path.size() != 2) return {};
    purge_key(session, vault, path[1]);
    return Json(nullptr);
}

}  // namespace

std::optional<Json> answer_keys(Session& session, const std::string& vault, const std::string& method,
                                const std::vector<std::string>& path, const Json& body) {
    if (!path.empty() && iequals(path[0], "keys")) return answer_live(session, vault, method, path, body);
    if (!path.empty() && iequals(path[0], "deletedkeys")) return answer_deleted(session, vault, method, path);
    return {};
}

}  // namespace azid::keyvault
