// The commands of "az ad".
#pragma once

#include "cli/app/context.hpp"

namespace azid::commands {

Json ad_sp_show(app::Context& context);
Json ad_sp_list(app::Context& context);
Json ad_sp_delete(app::Context& context);

Json ad_user_create(app::Context& context);
Json ad_user_show(app::Context& context);
Json ad_user_list(app::Context& context);
Json ad_user_update(app::Context& context);
Json ad_user_delete(app::Context& context);
Json ad_user_get_member_groups(app::Context& context);
Json ad_signed_in_user_show(app::Context& context);

Json ad_group_create(app::Context& context);
Json ad_group_show(app::Context& context);
Json ad_group_list(app::Context& context);
Json ad_group_delete(app::Context& context);
Json ad_group_get_member_groups(app::Context& context);
Json ad_group_member_add(app::Context& context);
Json ad_group_member_list(app::Context& context);
Json ad_group_member_remove(app::Context& context);
Json ad_group_member_check(app::Context& context);

}  // namespace azid::commands
