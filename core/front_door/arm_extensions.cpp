// What hangs on any scope: locks and tags. And a subscription's resource providers and tag names.
#include "core/arm/locks.hpp"
#include "core/arm/providers.hpp"
#include "core/arm/resource_id.hpp"
#include "core/arm/tags.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/msi/system_identity.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::front_door {

namespace {

http::Response values_answer(std::vector<Json> items) {
    return json_answer(200, {{"value", std::move(items)}});
}

http::Response serve_locks(const ArmCall& call, const std::string& scope, const std::string& name) {
    const std::string& method = call.request.method;
    if (name.empty()) {
        if (method != "GET") refuse_method(call);
        const std::string filter = http::query_value(call.request, "$filter").value_or("");
        if (!filter.empty() && !iequals(filter, "atScope()"))
            throw Error(fault::bad_request, fmt::format("The filter '{}' is not supported.", filter));
        return values_answer(arm::list_locks(call.session, scope, !filter.empty()));
    }
    if (method == "GET") return json_answer(200, arm::get_lock(call.session, scope, name));
    if (method == "DELETE") return empty_answer(arm::delete_lock(call.session, scope, name) ? 200 : 204);
    if (method != "PUT") refuse_method(call);
    return json_answer(201, arm::put_lock(call.session, scope, name, call.body()));
}

http::Response serve_tags(const ArmCall& call, const std::string& scope) {
    const std::string& method = call.request.method;
    if (method == "GET") return json_answer(200, arm::get_tags(call.session, scope));
    if (method == "PUT") return json_answer(200, arm::put_tags(call.session, scope, call.body()));
    if (method == "PATCH") return json_answer(200, arm::patch_tags(call.session, scope, call.body()));
    if (method != "DELETE") refuse_method(call);
    arm::delete_tags(call.session, scope);
    return empty_answer(200);
}

// /subscriptions/S/tagNames[/NAME[/tagValues/VALUE]].
http::Response serve_tag_names(const ArmCall& call) {
    const std::string& subscription = call.pieces[1];
    const std::string& method = call.request.method;
    const std::size_t count = call.pieces.size();
    if (count == 3 && method == "GET") return values_answer(arm::list_tag_names(call.session, subscription));
    if (count == 4 && method == "PUT")
        return json_answer(201, arm::put_tag_name(call.session, subscription, call.pieces[3]));
    if (count == 4 && method == "DELETE")
        return empty_answer(arm::delete_tag_name(call.session, subscription, call.pieces[3]) ? 200 : 204);
    if (count != 6 || call.word(4) != "tagvalues") refuse_method(call);
    if (method == "PUT")
        return json_answer(201,
                           arm::put_tag_value(call.session, subscription, call.pieces[3], call.pieces[5]));
    if (method != "DELETE") refuse_method(call);
    return empty_answer(
        arm::delete_tag_value(call.session, subscription, call.pieces[3], call.pieces[5]) ? 200 : 204);
}

// /subscriptions/S/providers[/NAME[/register]]. Empty when the path is another.
std::optional<http::Response> serve_registrations(const ArmCall& call) {
    const std::string& subscription = call.pieces[1];
    const std::string& method = call.request.method;
    const std::size_t count = call.pieces.size();
    if (count == 3 && method == "GET") return values_answer(arm::list_providers(call.session, subscription));
    if (count == 4 && method == "GET")
        return json_answer(200, arm::get_provider(call.session, subscription, call.pieces[3]));
    if (count != 5 || method != "POST") return {};
    if (call.word(4) == "register")
        return json_answer(200, arm::register_provider(call.session, subscription, call.pieces[3]));
    if (call.word(4) == "unregister")
        return json_answer(200, arm::unregister_provider(call.session, subscription, call.pieces[3]));
    return {};
}

// /providers/Microsoft.Authorization/providerOperations[/NAME].
std::optional<http::Response> serve_provider_operations(const ArmCall& call) {
    if (call.word(1) != "microsoft.authorization" || call.word(2) != "provideroperations") return {};
    if (call.request.method != "GET") refuse_method(call);
    if (call.pieces.size() == 3) return values_answer(arm::all_provider_operations());
    return json_answer(200, arm::provider_operations(call.pieces[3]));
}

// Where "providers/Microsoft.X/kind" begins in the path, at its very end or with one name after it.
std::size_t extension_at(const ArmCall& call, std::string_view provider, std::string_view kind) {
    const std::size_t count = call.pieces.size();
    for (const std::size_t tail : {std::size_t{3}, std::size_t{4}})
        if (count >= tail + 2 && call.word(count - tail) == "providers" &&
            call.word(count - tail + 1) == provider && call.word(count - tail + 2) == kind)
            return count - tail;
    return 0;
}

std::string scope_before(const ArmCall& call, std::size_t end) {
    std::string scope;
    for (std::size_t i = 0; i < end; ++i) scope += "/" + call.pieces[i];
    return scope;
}

}  // namespace

std::optional<http::Response> serve_extensions(const ArmCall& call) {
    if (const std::size_t at = extension_at(call, "microsoft.authorization", "locks"); at != 0)
        return serve_locks(call, scope_before(call, at),
                           call.pieces.size() > at + 3 ? call.pieces[at + 3] : std::string());
    if (const std::size_t at = extension_at(call, "microsoft.resources", "tags");
        at != 0 && call.word(at + 3) == "default")
        return serve_tags(call, scope_before(call, at));
    if (const std::size_t at = extension_at(call, "microsoft.managedidentity", "identities");
        at != 0 && call.word(at + 3) == "default") {
        if (call.request.method != "GET") refuse_method(call);
        return json_answer(200, msi::get_system_identity(call.session, scope_before(call, at)));
    }
    if (call.word(0) == "providers") return serve_provider_operations(call);
    if (call.word(0) != "subscriptions" || call.pieces.size() < 3) return {};
    if (call.word(2) == "tagnames") return serve_tag_names(call);
    if (call.word(2) == "providers") return serve_registrations(call);
    return {};
}

}  // namespace azid::front_door
