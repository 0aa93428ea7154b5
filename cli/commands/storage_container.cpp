#include "cli/commands/storage.hpp"
#include "cli/commands/storage_data.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/storage/faults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

bool is(const Error& error, const Fault& fault) { return error.fault().code == fault.code; }

// Containers that anybody may read are what an account forbids, or what azid has not.
void check_public_access(const arm::Resource& account, const std::string& asked) {
    if (asked.empty() || asked == "off") return;
    if (!Json::parse(account.properties).value("allowBlobPublicAccess", false))
        throw Error(fault::public_access_not_permitted,
                    "Public access is not permitted on this storage account.");
    throw Error(fault::not_modelled, "azid has no containers that anybody may read.");
}

}  // namespace

Json storage_container_create(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
        check_public_access(account, context.args.text("public_access"));
        try {
            storage::create_container(context.session(), account, place.container, metadata_of(context.args));
        } catch (const Error& error) {
            if (!is(error, fault::container_already_exists) || context.args.flag("fail_on_exist")) throw;
            return {{"created", false}};
        }
        return {{"created", true}};
    });
}

Json storage_container_delete(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
        try {
            storage::delete_container(context.session(), account, place.container,
                                      precondition_of(context.args));
        } catch (const Error& error) {
            if (!is(error, fault::container_not_found) || context.args.flag("fail_not_exist")) throw;
            return {{"deleted", false}};
        }
        return {{"deleted", true}};
    });
}

Json storage_container_exists(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) -> Json {
        try {
            storage::get_container(context.session(), account, place.container);
        } catch (const Error& error) {
            if (!is(error, fault::container_not_found)) throw;
            return {{"exists", false}};
        }
        return {{"exists", true}};
    });
}

Json storage_container_show(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace& place) {
        return shaped_container(storage::get_container(context.session(), account, place.container), false,
                                true);
    });
}

Json storage_container_list(app::Context& context) {
    return at_blob_place(context, false, [&](const arm::Resource& account, const BlobPlace&) {
        const std::string prefix = context.args.text("prefix");
        std::vector<storage::Container> found;
        std::vector<std::string> names;
        for (const storage::Container& container : storage::list_containers(context.session(), account)) {
            if (!container.name.starts_with(prefix)) continue;
            found.push_back(container);
            names.push_back(container.name);
        }
        const ListPage page = page_of(context.args, names);
        Json list = Json::array();
        for (std::size_t at = page.first; at < page.end; ++at)
            list.push_back(shaped_container(found[at], true, context.args.flag("include_metadata")));
        add_next_marker(context, list, page);
        return list;
    });
}

}  // namespace azid::commands
