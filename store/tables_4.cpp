// What version 4 of the state file adds to version 3 (tables_3.cpp): what is asked of a big state by value.
namespace azid::store {

extern const char version_4[];

const char version_4[] = R"sql(
-- Whether somebody has a role there is one look, however many have one there. A role is hardly ever deleted: who
-- has it may then be searched for.
DROP INDEX IF EXISTS role_assignments_by_scope;
DROP INDEX IF EXISTS role_assignments_by_role;
CREATE INDEX role_assignments_by_scope ON role_assignments (scope, principal_id);
CREATE INDEX role_assignments_spreading ON role_assignments (counts_from) WHERE counts_from IS NOT NULL;

CREATE INDEX service_principals_by_display_name ON service_principals (display_name COLLATE NOCASE);

-- Which resource names another in its properties. Those with several places for it are few, and listed apart.
CREATE INDEX machines_by_interface
  ON resources (json_extract(properties, '$.networkProfile.networkInterfaces[0].id') COLLATE NOCASE)
  WHERE type = 'Microsoft.Compute/virtualMachines';
CREATE INDEX machines_of_several_interfaces ON resources (subscription_id)
  WHERE type = 'Microsoft.Compute/virtualMachines'
    AND json_array_length(properties, '$.networkProfile.networkInterfaces') > 1;
CREATE INDEX interfaces_by_subnet
  ON resources (json_extract(properties, '$.ipConfigurations[0].properties.subnet.id') COLLATE NOCASE)
  WHERE type = 'Microsoft.Network/networkInterfaces';
CREATE INDEX interfaces_by_public_address
  ON resources (json_extract(properties, '$.ipConfigurations[0].properties.publicIPAddress.id') COLLATE NOCASE)
  WHERE type = 'Microsoft.Network/networkInterfaces';
CREATE INDEX interfaces_by_security_group
  ON resources (json_extract(properties, '$.networkSecurityGroup.id') COLLATE NOCASE)
  WHERE type = 'Microsoft.Network/networkInterfaces';
CREATE INDEX interfaces_of_several_configurations ON resources (subscription_id)
  WHERE type = 'Microsoft.Network/networkInterfaces' AND json_array_length(properties, '$.ipConfigurations') > 1;
CREATE INDEX public_addresses_by_number
  ON resources (json_extract(properties, '$.ipAddress') COLLATE NOCASE)
  WHERE type = 'Microsoft.Network/publicIPAddresses';
)sql";

}  // namespace azid::store
