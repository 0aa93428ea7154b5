// What App Service answers beyond what its client chose. Addresses and host names are names only: nothing
// listens.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <cstddef>
#include <string>

namespace azid::web {

// ARM's JSON of an app. App settings are not shown: App Service gives them to a request of their own only.
Json site_wire(Session& session, const arm::Resource& site);
// ARM's JSON of a plan with so many apps on it.
Json plan_wire(const arm::Resource& plan, std::size_t apps);
// The app's whole configuration, as GET sites/x/config/web answers it.
Json config_wire(const arm::Resource& site);
// "West Europe": App Service shows regions by their display names.
std::string shown_location(const arm::Resource& resource);
// Where files of the app are put over FTP.
std::string ftp_url(const arm::Resource& site);

}  // namespace azid::web
