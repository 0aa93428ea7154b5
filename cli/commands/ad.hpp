// The commands of "az ad".
#pragma once

#include "cli/app/context.hpp"

#include <string>
#include <string_view>

namespace azid::commands {

Json ad_sp_show(app::Context& context);
Json ad_sp_list(app::Context& context);
Json ad_sp_delete(app::Context& context);
Json ad_sp_create(app::Context& context);
Json ad_sp_create_for_rbac(app::Context& context);
// Throws Error (fault::client), az's text, for --role without --scopes and the other way round.
void check_create_for_rbac(const app::Args& args, app::Messages& messages);
Json ad_sp_update(app::Context& context);
Json ad_sp_owner_list(app::Context& context);
Json ad_sp_credential_list(app::Context& context);
Json ad_sp_credential_delete(app::Context& context);
Json ad_sp_credential_reset(app::Context& context);

Json ad_app_create(app::Context& context);
Json ad_app_show(app::Context& context);
Json ad_app_list(app::Context& context);
Json ad_app_update(app::Context& context);
Json ad_app_delete(app::Context& context);
Json ad_app_credential_list(app::Context& context);
Json ad_app_credential_delete(app::Context& context);
Json ad_app_credential_reset(app::Context& context);
Json ad_app_federated_create(app::Context& context);
Json ad_app_federated_update(app::Context& context);
Json ad_app_federated_show(app::Context& context);
Json ad_app_federated_list(app::Context& context);
Json ad_app_federated_delete(app::Context& context);
Json ad_app_owner_list(app::Context& context);
Json ad_app_owner_add(app::Context& context);
Json ad_app_owner_remove(app::Context& context);
Json ad_app_permission_add(app::Context& context);
Json ad_app_permission_delete(app::Context& context);
Json ad_app_permission_list(app::Context& context);
Json ad_app_permission_grant(app::Context& context);
Json ad_app_permission_list_grants(app::Context& context);
Json ad_app_permission_admin_consent(app::Context& context);

Json ad_user_create(app::Context& context);
Json ad_user_show(app::Context& context);
Json ad_user_list(app::Context& context);
Json ad_user_update(app::Context& context);
Json ad_user_delete(app::Context& context);
Json ad_user_get_member_groups(app::Context& context);
Json ad_signed_in_user_show(app::Context& context);
Json ad_signed_in_user_list_owned(app::Context& context);

Json ad_group_create(app::Context& context);
Json ad_group_show(app::Context& context);
Json ad_group_list(app::Context& context);
Json ad_group_delete(app::Context& context);
Json ad_group_get_member_groups(app::Context& context);
Json ad_group_member_add(app::Context& context);
Json ad_group_member_list(app::Context& context);
Json ad_group_member_remove(app::Context& context);
Json ad_group_member_check(app::Context& context);
Json ad_group_owner_list(app::Context& context);
Json ad_group_owner_add(app::Context& context);
Json ad_group_owner_remove(app::Context& context);

// The object id of the group that an option names: by object id, a whole display name, or the beginning of
// just one (az's rule). Throws Error (fault::client), az's texts.
std::string group_given(app::Context& context, std::string_view option);

}  // namespace azid::commands
