// The commands of "az storage".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json storage_account_create(app::Context& context);
Json storage_account_show(app::Context& context);
Json storage_account_list(app::Context& context);
Json storage_account_delete(app::Context& context);
Json storage_account_update(app::Context& context);
Json storage_account_keys_list(app::Context& context);
Json storage_account_keys_renew(app::Context& context);
Json storage_account_show_connection_string(app::Context& context);
Json storage_account_check_name(app::Context& context);

Json storage_container_create(app::Context& context);
Json storage_container_delete(app::Context& context);
Json storage_container_exists(app::Context& context);
Json storage_container_show(app::Context& context);
Json storage_container_list(app::Context& context);

Json storage_blob_upload(app::Context& context);
Json storage_blob_download(app::Context& context);
Json storage_blob_show(app::Context& context);
Json storage_blob_exists(app::Context& context);
Json storage_blob_delete(app::Context& context);
Json storage_blob_list(app::Context& context);

}  // namespace azid::commands
