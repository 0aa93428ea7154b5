// Management groups at the front door: /providers/Microsoft.Management.
#include "core/arm/management_groups.hpp"
#include "core/base/text.hpp"
#include "core/front_door/arm_call.hpp"

#include <nlohmann/json.hpp>

namespace azid::front_door {

namespace {

http::Response values_answer(std::vector<Json> items) {
    return json_answer(200, {{"value", std::move(items)}});
}

http::Response serve_group(const ArmCall& call, const std::string& name) {
    const std::string& method = call.request.method;
    if (method == "GET") {
        const std::string expand = lower(http::query_value(call.request, "$expand").value_or(""));
        const std::string recurse = lower(http::query_value(call.request, "$recurse").value_or(""));
        return json_answer(
            200, arm::get_management_group(call.session, name, expand == "children", recurse == "true"));
    }
    if (method == "PUT") return json_answer(200, arm::put_management_group(call.session, name, call.body()));
    if (method == "PATCH")
        return json_answer(200, arm::patch_management_group(call.session, name, call.body()));
    if (method != "DELETE") refuse_method(call);
    return empty_answer(arm::delete_management_group(call.session, name) ? 200 : 204);
}

http::Response serve_subscriptions(const ArmCall& call, const std::string& name) {
    const std::string& method = call.request.method;
    if (call.pieces.size() == 5) {
        if (method != "GET") refuse_method(call);
        return values_answer(arm::list_group_subscriptions(call.session, name));
    }
    const std::string& subscription = call.pieces[5];
    if (method == "GET")
        return json_answer(200, arm::get_group_subscription(call.session, name, subscription));
    if (method == "PUT")
        return json_answer(200, arm::put_group_subscription(call.session, name, subscription));
    if (method != "DELETE") refuse_method(call);
    return empty_answer(arm::delete_group_subscription(call.session, name, subscription) ? 200 : 204);
}

http::Response serve_settings(const ArmCall& call, const std::string& name) {
    const std::string& method = call.request.method;
    const bool list = call.pieces.size() == 5;
    if (method == "GET") {
        const Json settings = arm::get_hierarchy_settings(call.session, name);
        return json_answer(200, list ? Json{{"value", Json::array({settings})}} : settings);
    }
    if (list) refuse_method(call);
    if (method == "PUT" || method == "PATCH")
        return json_answer(200,
                           arm::put_hierarchy_settings(call.session, name, call.body(), method == "PUT"));
    if (method != "DELETE") refuse_method(call);
    return empty_answer(arm::delete_hierarchy_settings(call.session, name) ? 200 : 204);
}

// POSTs right below the provider.
std::optional<http::Response> serve_question(const ArmCall& call) {
    const std::string what = call.word(2);
    if (call.request.method != "POST") return {};
    if (what == "getentities") {
        const std::vector<Json> entities = arm::list_entities(call.session);
        return json_answer(200, {{"value", entities}, {"count", entities.size()}});
    }
    if (what == "checknameavailability")
        return json_answer(200, arm::check_management_group_name(call.session, text_at(call.body(), "name")));
    if (what == "tenantbackfillstatus" || what == "starttenantbackfill")
        return json_answer(200, arm::tenant_backfill_status(call.session));
    return {};
}

}  // namespace

std::optional<http::Response> serve_management(const ArmCall& call) {
    if (call.word(0) != "providers" || call.word(1) != "microsoft.management") return {};
    const std::size_t count = call.pieces.size();
    if (count == 3 && call.word(2) != "managementgroups") return serve_question(call);
    if (call.word(2) != "managementgroups") return {};
    if (count == 3) {
        if (call.request.method != "GET") refuse_method(call);
        return values_answer(arm::list_management_groups(call.session));
    }
    const std::string& name = call.pieces[3];
    if (count == 4) return serve_group(call, name);
    const std::string below = call.word(4);
    if (below == "descendants" && count == 5 && call.request.method == "GET")
        return values_answer(arm::list_descendants(call.session, name));
    if (below == "subscriptions" && count <= 6) return serve_subscriptions(call, name);
    if (below == "settings" && count <= 6) return serve_settings(call, name);
    return {};
}

}  // namespace azid::front_door
