// The deleted items of Microsoft Graph.
#include "core/entra/deleted_items.hpp"
#include "core/entra/graph_call.hpp"
#include "core/entra/wire.hpp"

#include <nlohmann/json.hpp>

namespace azid::entra {

namespace {

template <const char* type>
GraphAnswer list_items(const GraphCall& call) {
    return list_answer(call, "directoryObjects", deleted_items(call.session, type));
}

GraphAnswer show_item(const GraphCall& call) {
    return entity_answer(call, "directoryObjects", deleted_item(call.session, call.holes[0]));
}

GraphAnswer restore_item(const GraphCall& call) {
    return answer_of(200, entity("directoryObjects", restore_deleted_item(call.session, call.holes[0])));
}

GraphAnswer purge_item(const GraphCall& call) {
    purge_deleted_item(call.session, call.holes[0]);
    return nothing();
}

constexpr char any[] = "";
constexpr char application[] = "application";
constexpr char group[] = "group";
constexpr char principal[] = "servicePrincipal";
constexpr char user[] = "user";

constexpr GraphRoute routes[] = {
    {"GET", "directory/deletedItems", list_items<any>},
    {"GET", "directory/deletedItems/microsoft.graph.application", list_items<application>},
    {"GET", "directory/deletedItems/microsoft.graph.group", list_items<group>},
    {"GET", "directory/deletedItems/microsoft.graph.servicePrincipal", list_items<principal>},
    {"GET", "directory/deletedItems/microsoft.graph.user", list_items<user>},
    {"GET", "directory/deletedItems/{}", show_item},
    {"DELETE", "directory/deletedItems/{}", purge_item},
    {"POST", "directory/deletedItems/{}/restore", restore_item},
};

}  // namespace

std::span<const GraphRoute> deleted_routes() { return routes; }

}  // namespace azid::entra
