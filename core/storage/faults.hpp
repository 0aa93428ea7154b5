// Rows of the error table for Blob Storage's own surface: code, HTTP status, exit code. Source: the Blob
// service's error codes and the recorded answers of Azure's SDKs.
#pragma once

#include "core/base/error.hpp"

namespace azid::fault {

inline constexpr Fault blob_authentication_failed{"AuthenticationFailed", 403, 1, Surface::storage};
inline constexpr Fault no_authentication_information{"NoAuthenticationInformation", 401, 1, Surface::storage};
inline constexpr Fault invalid_authentication_info{"InvalidAuthenticationInfo", 401, 1, Surface::storage};
inline constexpr Fault public_access_not_permitted{"PublicAccessNotPermitted", 409, 1, Surface::storage};
inline constexpr Fault blob_resource_not_found{"ResourceNotFound", 404, 3, Surface::storage};
inline constexpr Fault authorization_permission_mismatch{"AuthorizationPermissionMismatch", 403, 1,
                                                         Surface::storage};
inline constexpr Fault container_not_found{"ContainerNotFound", 404, 3, Surface::storage};
inline constexpr Fault blob_not_found{"BlobNotFound", 404, 3, Surface::storage};
inline constexpr Fault container_already_exists{"ContainerAlreadyExists", 409, 1, Surface::storage};
inline constexpr Fault blob_already_exists{"BlobAlreadyExists", 409, 1, Surface::storage};
inline constexpr Fault condition_not_met{"ConditionNotMet", 412, 1, Surface::storage};
inline constexpr Fault not_modified{"ConditionNotMet", 304, 1, Surface::storage};
inline constexpr Fault missing_required_header{"MissingRequiredHeader", 400, 1, Surface::storage};
inline constexpr Fault invalid_header_value{"InvalidHeaderValue", 400, 1, Surface::storage};
inline constexpr Fault blob_invalid_resource_name{"InvalidResourceName", 400, 1, Surface::storage};
inline constexpr Fault out_of_range_input{"OutOfRangeInput", 400, 1, Surface::storage};
inline constexpr Fault md5_mismatch{"Md5Mismatch", 400, 1, Surface::storage};
inline constexpr Fault out_of_range_query{"OutOfRangeQueryParameterValue", 400, 1, Surface::storage};
inline constexpr Fault invalid_range{"InvalidRange", 416, 1, Surface::storage};
inline constexpr Fault key_authentication_not_permitted{"KeyBasedAuthenticationNotPermitted", 403, 1,
                                                        Surface::storage};
inline constexpr Fault blob_not_implemented{"NotImplemented", 501, 1, Surface::storage};

}  // namespace azid::fault
