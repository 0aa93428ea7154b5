-- Copies the rows that big_state.sh had the program make. "wanted" says how many.
PRAGMA foreign_keys = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
PRAGMA locking_mode = EXCLUSIVE;
BEGIN;

-- Made-up GUIDs: printf(shape, spread number, kind, number % 4096, number / 4096, number).
CREATE TEMP TABLE shape AS SELECT '%08x-%04x-4%03x-a%03x-%012x' AS guid;
CREATE TEMP VIEW one_machine AS SELECT * FROM resources WHERE type = 'Microsoft.Compute/virtualMachines' AND name = 'zzmachine';

CREATE TEMP TABLE machines (i INTEGER PRIMARY KEY, name TEXT, grp TEXT, vm_id TEXT, system INTEGER, user INTEGER);
INSERT INTO machines
  WITH RECURSIVE counted (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted, wanted WHERE i + 1 < vms)
  SELECT i, printf('vm%06d', i), printf('big-%04d', i / 100),
         printf(guid, (i * 2654435761) & 4294967295, 1, i & 4095, i >> 12, i),
         i % 10 = 0 AND (i / 10 % 2 = 0 OR i / 10 % 4 = 3), i % 10 = 0 AND i / 10 % 2 = 1
    FROM counted, shape;

-- Whoever gets roles: of every tenth machine the system-assigned identity or its user-assigned one. One row more
-- for machines with both.
CREATE TEMP TABLE principals (i INTEGER, grp TEXT, name TEXT, is_user INTEGER, id TEXT, app TEXT, resource TEXT);
INSERT INTO principals
  SELECT i, grp, name, 0, printf(guid, (i * 2246822519) & 4294967295, 2, i & 4095, i >> 12, i),
         printf(guid, (i * 3266489917) & 4294967295, 3, i & 4095, i >> 12, i),
         replace(replace(one.resource_id, '/zzgroup/', '/' || grp || '/'), '/zzwith', '/' || name)
    FROM machines, shape, (SELECT resource_id FROM service_principals WHERE display_name = 'zzwith') AS one WHERE system;
INSERT INTO principals
  SELECT i, grp, printf('ua%05d', i / 10), 1, printf(guid, (i * 2246822519) & 4294967295, 4, i & 4095, i >> 12, i),
         printf(guid, (i * 3266489917) & 4294967295, 5, i & 4095, i >> 12, i),
         replace(replace(one.resource_id, '/zzgroup/', '/' || grp || '/'), '/zzidentity', printf('/ua%05d', i / 10))
    FROM machines, shape, (SELECT resource_id FROM service_principals WHERE display_name = 'zzidentity') AS one WHERE user;

INSERT INTO resource_groups (subscription_id, name, location, tags, managed_by, created)
  SELECT DISTINCT subscription_id, grp, location, tags, managed_by, created FROM resource_groups, machines
   WHERE resource_groups.name = 'zzgroup';

INSERT INTO service_principals (id, tenant_id, app_id, display_name, type, resource_id, user_assigned, enabled, created)
  SELECT principals.id, tenant_id, app, name, type, resource, is_user, enabled, created
    FROM principals, (SELECT * FROM service_principals WHERE display_name = 'zzwith');
-- The second name is in truth a digest of the resource's id.
INSERT INTO service_principal_names (service_principal_id, position, name) SELECT id, 0, app FROM principals;
INSERT INTO service_principal_names (service_principal_id, position, name)
  SELECT id, 1, 'https://identity.azure.net/' || substr(hex(randomblob(22)), 1, 43) || '=' FROM principals;
INSERT INTO certificates (key_id, principal_id, not_before, not_after)
  SELECT printf(guid, (i * 668265263) & 4294967295, 6 + is_user, i & 4095, i >> 12, i), principals.id, not_before, not_after
    FROM principals, shape, (SELECT not_before, not_after FROM certificates LIMIT 1);

INSERT INTO resources (id, subscription_id, resource_group, type, name, location, tags, kind, sku, zones, plan, managed_by,
    properties, created_by, created_by_name, created_by_type, created, changed, etag)
  SELECT replace(replace(one.id, '/zzgroup/', '/' || grp || '/'), '/zzidentity', '/' || principals.name), subscription_id,
         grp, type, principals.name, location, tags, kind, sku, zones, plan, managed_by,
         json_set(properties, '$.principalId', principals.id, '$.clientId', app), created_by, created_by_name,
         created_by_type, created, changed, etag
    FROM principals, (SELECT * FROM resources WHERE name = 'zzidentity') AS one WHERE is_user;

-- What belongs to a machine (its disk, its network interface), and the machine itself.
INSERT INTO resources (id, subscription_id, resource_group, type, name, location, system_principal_id, tags, kind, sku,
    zones, plan, managed_by, properties, created_by, created_by_name, created_by_type, created, changed, etag)
  SELECT replace(replace(one.id, '/zzgroup/', '/' || machines.grp || '/'), '/zzmachine', '/' || machines.name),
         subscription_id, machines.grp, type, replace(one.name, 'zzmachine', machines.name), location,
         iif(one.name = 'zzmachine', principals.id, NULL), tags, kind, sku, zones, plan,
         replace(replace(managed_by, '/zzgroup/', '/' || machines.grp || '/'), '/zzmachine', '/' || machines.name),
         replace(replace(replace(replace(properties, '/zzgroup/', '/' || machines.grp || '/'), 'zzmachine', machines.name),
           (SELECT vm_id FROM virtual_machines WHERE computer_name = 'zzmachine'), machines.vm_id),
           '"10.0.0.4"', printf('"10.0.%d.%d"', machines.i / 200 % 250, machines.i % 200 + 10)),
         created_by, created_by_name, created_by_type, created, changed, etag
    FROM machines, wanted, (SELECT * FROM resources WHERE name GLOB 'zzmachine*' ORDER BY rowid) AS one
         LEFT JOIN principals ON principals.i = machines.i AND NOT is_user
   WHERE wanted.parts OR one.name = 'zzmachine';

INSERT INTO virtual_machines (resource_id, vm_id, power_state, size, os_type, image, computer_name, admin_username, created,
    generalized)
  SELECT replace(replace(resource_id, '/zzgroup/', '/' || grp || '/'), '/zzmachine', '/' || name), machines.vm_id,
         power_state, size, os_type, image, name, admin_username, created, generalized
    FROM machines, (SELECT * FROM virtual_machines WHERE computer_name = 'zzmachine');
INSERT INTO identity_assignments (host_id, identity_id, position, principal_id, client_id)
  SELECT replace(replace(host_id, '/zzgroup/', '/' || grp || '/'), '/zzmachine', printf('/vm%06d', i)),
         replace(replace(identity_id, '/zzgroup/', '/' || grp || '/'), '/zzidentity', '/' || name), position, id, app
    FROM principals, (SELECT * FROM identity_assignments WHERE host_id LIKE '%/zzmachine') WHERE is_user;

-- Round after round each principal gets a role: at the subscription, then at groups, then at machines.
CREATE TEMP TABLE roles AS
  SELECT row_number() OVER (ORDER BY role_name) - 1 AS number, name FROM role_definitions
   WHERE role_name IN ('Reader', 'Contributor', 'Virtual Machine Contributor', 'Key Vault Secrets User', 'Storage Blob Data Reader');
CREATE TEMP TABLE holders (number INTEGER PRIMARY KEY, id TEXT);
INSERT INTO holders SELECT row_number() OVER (ORDER BY i) - 1, id FROM principals WHERE is_user OR i / 10 % 2 = 0;
CREATE TEMP TABLE counts AS
  SELECT (SELECT count(*) FROM holders) AS holders, vms, (vms + 99) / 100 AS grps FROM wanted;
INSERT INTO role_assignments (name, scope, role_definition, principal_id, principal_type, created, updated, created_by, updated_by)
  WITH RECURSIVE counted (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted, wanted WHERE i + 1 < assignments),
    placed AS (SELECT i, i % holders AS holder, i / holders AS round, vms, grps FROM counted, counts)
  SELECT printf(guid, (placed.i * 2654435761) & 4294967295, 8, placed.i & 4095, placed.i >> 12, placed.i),
         CASE WHEN round < 2 THEN subscription
              WHEN round < 50 THEN printf('%s/resourceGroups/big-%04d', subscription, (holder * 7 + round * 13) % grps)
              ELSE printf('%s/resourceGroups/big-%04d/providers/Microsoft.Compute/virtualMachines/vm%06d', subscription,
                (holder * 31 + round * 997) % vms / 100, (holder * 31 + round * 997) % vms) END,
         roles.name, holders.id, one.principal_type, one.created, one.updated, one.created_by, one.updated_by
    FROM placed, shape JOIN holders ON holders.number = holder JOIN roles ON roles.number = round % 5,
         (SELECT *, substr(scope, 1, 51) AS subscription FROM role_assignments WHERE scope LIKE '%/zzgroup') AS one;
COMMIT;
PRAGMA locking_mode = NORMAL;
