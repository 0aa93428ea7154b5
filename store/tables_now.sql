-- All tables as the migrations leave them. Generated: AZID_UPDATE_SCRIPTS=1 azid_tests -tc="*at once*"
-- version 6
CREATE TABLE tenants (
  id             TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  display_name   TEXT NOT NULL,
  default_domain TEXT NOT NULL COLLATE NOCASE UNIQUE   -- "contoso.onmicrosoft.com"
) STRICT;
CREATE TABLE users (
  id                  TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- the object id
  tenant_id           TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  user_principal_name TEXT NOT NULL COLLATE NOCASE,
  display_name        TEXT NOT NULL,
  given_name          TEXT,
  surname             TEXT,
  mail                TEXT,
  mail_nickname       TEXT,
  enabled             INTEGER NOT NULL,
  created             TEXT NOT NULL,
  UNIQUE (tenant_id, user_principal_name)
) STRICT;
CREATE TABLE groups (
  id            TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- the object id; display names need not be unique
  tenant_id     TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  display_name  TEXT NOT NULL,
  mail_nickname TEXT,
  description   TEXT,
  created       TEXT NOT NULL
) STRICT;
CREATE TABLE group_members (
  group_id    TEXT NOT NULL COLLATE NOCASE REFERENCES groups (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  member_id   TEXT NOT NULL COLLATE NOCASE,   -- of users, groups or service_principals
  member_type TEXT NOT NULL CHECK (member_type IN ('User', 'Group', 'ServicePrincipal')),
  PRIMARY KEY (group_id, member_id)
) STRICT;
CREATE INDEX group_members_by_member ON group_members (member_id);
CREATE TABLE service_principals (
  -- What an application, or a managed identity, is within a tenant.
  id            TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- the object id: what Azure calls principalId
  tenant_id     TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  app_id        TEXT NOT NULL COLLATE NOCASE,               -- what Azure calls clientId
  display_name  TEXT NOT NULL,
  type          TEXT NOT NULL,                              -- 'ManagedIdentity' or 'Application'
  resource_id   TEXT COLLATE NOCASE,                        -- the resource whose managed identity this is
  user_assigned INTEGER NOT NULL,                           -- 1: of a user-assigned identity, 0: system-assigned
  enabled       INTEGER NOT NULL,
  created       TEXT NOT NULL, properties TEXT,
  UNIQUE (tenant_id, app_id)
) STRICT;
CREATE INDEX service_principals_by_resource ON service_principals (resource_id);
CREATE TABLE service_principal_names (
  service_principal_id TEXT NOT NULL COLLATE NOCASE
    REFERENCES service_principals (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position             INTEGER NOT NULL,
  name                 TEXT NOT NULL COLLATE NOCASE,        -- the appId first, then URIs
  PRIMARY KEY (service_principal_id, position)
) STRICT;
CREATE INDEX service_principal_names_by_name ON service_principal_names (name);
CREATE TABLE applications (
  id              TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- the object id of the app registration
  tenant_id       TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  app_id          TEXT NOT NULL COLLATE NOCASE,
  display_name    TEXT NOT NULL,
  identifier_uris TEXT NOT NULL,                              -- JSON array
  app_roles       TEXT,                                       -- JSON array
  created         TEXT NOT NULL, properties TEXT,
  UNIQUE (tenant_id, app_id)
) STRICT;
CREATE TABLE client_secrets (
  -- Client secrets and passwords: only their hashes.
  key_id       TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  owner_id     TEXT NOT NULL COLLATE NOCASE,   -- of applications, service_principals or users
  display_name TEXT,
  hint         TEXT,                           -- the first three characters, as Azure shows them
  hash         TEXT NOT NULL,
  start        TEXT NOT NULL,
  "end"        TEXT NOT NULL
) STRICT;
CREATE INDEX client_secrets_by_owner ON client_secrets (owner_id);
CREATE TABLE directory_role_assignments (
  -- Roles in the directory (Global Administrator ...). They give nothing in Azure's resources: see role_assignments.
  id               TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  tenant_id        TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  principal_id     TEXT NOT NULL COLLATE NOCASE,
  role_template_id TEXT NOT NULL COLLATE NOCASE,
  directory_scope  TEXT NOT NULL
) STRICT;
CREATE INDEX directory_role_assignments_by_principal ON directory_role_assignments (principal_id);
CREATE TABLE app_role_assignments (
  -- Application permissions: what a principal may do in an API, shown as "roles" in its tokens.
  id             TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  principal_id   TEXT NOT NULL COLLATE NOCASE,
  resource_id    TEXT NOT NULL COLLATE NOCASE,   -- the service principal of the API
  app_role_id    TEXT NOT NULL COLLATE NOCASE,
  app_role_value TEXT,
  created        TEXT NOT NULL
) STRICT;
CREATE INDEX app_role_assignments_by_principal ON app_role_assignments (principal_id);
CREATE TABLE token_signing_keys (
  -- The keys that sign access tokens.
  kid         TEXT NOT NULL PRIMARY KEY,
  tenant_id   TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  private_key TEXT NOT NULL,   -- PEM
  certificate BLOB,            -- DER
  created     TEXT NOT NULL
) STRICT;
CREATE TABLE management_groups (
  name         TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  tenant_id    TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  display_name TEXT NOT NULL,
  parent       TEXT COLLATE NOCASE REFERENCES management_groups (name) DEFERRABLE INITIALLY DEFERRED,
  created      TEXT NOT NULL
, changed TEXT, changed_by TEXT COLLATE NOCASE, version INTEGER) STRICT;
CREATE TABLE subscriptions (
  id               TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  tenant_id        TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  name             TEXT NOT NULL,
  state            TEXT NOT NULL,   -- 'Enabled' ...
  management_group TEXT COLLATE NOCASE
    REFERENCES management_groups (name) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
, tags TEXT) STRICT;
CREATE TABLE resource_groups (
  subscription_id TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
  name            TEXT NOT NULL COLLATE NOCASE,
  location        TEXT NOT NULL,
  tags            TEXT,   -- JSON object
  managed_by      TEXT,
  created         TEXT NOT NULL,
  PRIMARY KEY (subscription_id, name)
) STRICT;
CREATE TABLE resources (
  -- Every resource of every type. What only some types have stands in tables of their own.
  id                  TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  subscription_id     TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
  resource_group      TEXT COLLATE NOCASE,
  type                TEXT NOT NULL COLLATE NOCASE,   -- 'Microsoft.Compute/virtualMachines'
  name                TEXT NOT NULL COLLATE NOCASE,
  location            TEXT,
  system_principal_id TEXT COLLATE NOCASE,            -- the service principal of its system-assigned identity
  tags                TEXT,                           -- JSON object
  kind                TEXT,
  sku                 TEXT,                           -- JSON object
  zones               TEXT,                           -- JSON array
  plan                TEXT,                           -- JSON object
  managed_by          TEXT,
  properties          TEXT,                           -- JSON object, as a client sent it
  created_by          TEXT,
  created_by_name     TEXT,
  created_by_type     TEXT,
  created             TEXT NOT NULL,
  changed             TEXT NOT NULL,
  etag                TEXT,
  FOREIGN KEY (subscription_id, resource_group)
    REFERENCES resource_groups (subscription_id, name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX resources_by_group ON resources (subscription_id, resource_group, type);
CREATE INDEX resources_by_type ON resources (subscription_id, type);
CREATE TABLE identity_assignments (
  -- Which user-assigned identities a virtual machine (or another host) has. An entry outlives its identity.
  host_id      TEXT NOT NULL COLLATE NOCASE
    REFERENCES resources (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  identity_id  TEXT NOT NULL COLLATE NOCASE,
  position     INTEGER NOT NULL,
  principal_id TEXT COLLATE NOCASE,
  client_id    TEXT COLLATE NOCASE,
  PRIMARY KEY (host_id, identity_id)
) STRICT;
CREATE INDEX identity_assignments_by_identity ON identity_assignments (identity_id);
CREATE TABLE locks (
  id    TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  scope TEXT NOT NULL COLLATE NOCASE,
  name  TEXT NOT NULL COLLATE NOCASE,
  level TEXT NOT NULL,   -- 'CanNotDelete' or 'ReadOnly'
  notes TEXT
, owners TEXT, system_data TEXT) STRICT;
CREATE INDEX locks_by_scope ON locks (scope);
CREATE TABLE virtual_machines (
  resource_id    TEXT NOT NULL PRIMARY KEY COLLATE NOCASE
    REFERENCES resources (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  vm_id          TEXT NOT NULL COLLATE NOCASE,   -- the machine's own GUID
  power_state    TEXT NOT NULL,                  -- 'running', 'stopped', 'deallocated'
  size           TEXT,
  os_type        TEXT,                           -- 'Linux' or 'Windows'
  image          TEXT,
  computer_name  TEXT,
  admin_username TEXT,
  created        TEXT NOT NULL
, generalized INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE VIEW user_assigned_identities AS
  SELECT resources.id, resources.subscription_id, resources.resource_group, resources.name, resources.location,
         service_principals.id AS principal_id, service_principals.app_id AS client_id, service_principals.tenant_id
    FROM resources LEFT JOIN service_principals ON service_principals.resource_id = resources.id
   WHERE resources.type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
CREATE TABLE certificates (
  -- What an identity's service principal proves itself with. Key and certificate are made when they are first needed.
  key_id       TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  principal_id TEXT NOT NULL COLLATE NOCASE
    REFERENCES service_principals (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  not_before   TEXT NOT NULL,
  not_after    TEXT NOT NULL,
  private_key  TEXT,   -- PEM
  certificate  BLOB,   -- DER
  thumbprint   TEXT    -- SHA-1, upper-case hexadecimal
) STRICT;
CREATE INDEX certificates_by_principal ON certificates (principal_id);
CREATE TABLE federated_credentials (
  -- Whose tokens, instead of a secret, a user-assigned identity accepts.
  identity_id TEXT NOT NULL COLLATE NOCASE
    REFERENCES resources (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name        TEXT NOT NULL COLLATE NOCASE,
  issuer      TEXT NOT NULL,
  subject     TEXT NOT NULL,
  audience    TEXT NOT NULL, claims_expression TEXT, claims_expression_version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (identity_id, name)
) STRICT;
CREATE TABLE imds_tokens (
  -- The tokens that a machine's metadata service holds until they expire.
  host_id      TEXT NOT NULL COLLATE NOCASE
    REFERENCES resources (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  principal_id TEXT NOT NULL COLLATE NOCASE,
  resource     TEXT NOT NULL,   -- what the token is for, as it was asked
  access_token TEXT NOT NULL,
  not_before   TEXT NOT NULL,
  expires      TEXT NOT NULL,
  PRIMARY KEY (host_id, principal_id, resource)
) STRICT;
CREATE INDEX imds_tokens_by_principal ON imds_tokens (principal_id);
CREATE TABLE role_definitions (
  name              TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- a GUID
  role_name         TEXT NOT NULL COLLATE NOCASE,               -- "Contributor"
  type              TEXT NOT NULL,                              -- 'BuiltInRole' or 'CustomRole'
  description       TEXT,
  permissions       TEXT NOT NULL,                              -- JSON array of {actions, notActions, ...}
  assignable_scopes TEXT NOT NULL,                              -- JSON array
  tenant_id         TEXT COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  created           TEXT NOT NULL,
  updated           TEXT NOT NULL,
  created_by        TEXT,
  updated_by        TEXT
) STRICT;
CREATE INDEX role_definitions_by_role_name ON role_definitions (role_name);
CREATE TABLE role_assignments (
  -- Who has which role, and where. An assignment outlives its principal: it is orphaned then.
  name               TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- a GUID
  scope              TEXT NOT NULL COLLATE NOCASE,               -- '/subscriptions/...', and everything below it
  role_definition    TEXT NOT NULL COLLATE NOCASE
    REFERENCES role_definitions (name) DEFERRABLE INITIALLY DEFERRED,
  principal_id       TEXT NOT NULL COLLATE NOCASE,
  principal_type     TEXT NOT NULL,                              -- 'User', 'Group', 'ServicePrincipal'
  description        TEXT,
  condition          TEXT,
  condition_version  TEXT,
  delegated_identity TEXT,
  created            TEXT NOT NULL,
  updated            TEXT NOT NULL,
  created_by         TEXT,
  updated_by         TEXT
, counts_from TEXT) STRICT;
CREATE INDEX role_assignments_by_principal ON role_assignments (principal_id);
CREATE TABLE deny_assignments (
  name                         TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- a GUID
  display_name                 TEXT NOT NULL,
  description                  TEXT,
  permissions                  TEXT NOT NULL,                              -- JSON array of {actions, notActions, ...}
  scope                        TEXT NOT NULL COLLATE NOCASE,
  do_not_apply_to_child_scopes INTEGER NOT NULL,
  principals                   TEXT NOT NULL,                              -- JSON array of {id, type}
  exclude_principals           TEXT NOT NULL,                              -- JSON array of {id, type}
  is_system_protected          INTEGER NOT NULL,
  created                      TEXT NOT NULL
) STRICT;
CREATE TABLE vaults (
  -- The name of a vault is taken, in all of Azure, until the vault is purged.
  name            TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  resource_id     TEXT NOT NULL COLLATE NOCASE,
  subscription_id TEXT NOT NULL COLLATE NOCASE,
  location        TEXT,
  deleted         TEXT,   -- NULL while it lives
  scheduled_purge TEXT,
  resource        TEXT    -- of a deleted vault: the resource to bring back, JSON object
) STRICT;
CREATE TABLE secrets (
  vault           TEXT NOT NULL COLLATE NOCASE
    REFERENCES vaults (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name            TEXT NOT NULL COLLATE NOCASE,
  version         TEXT NOT NULL COLLATE NOCASE,
  value           TEXT NOT NULL,
  content_type    TEXT,
  tags            TEXT,   -- JSON object
  enabled         INTEGER NOT NULL,
  not_before      TEXT,
  expires         TEXT,
  created         TEXT NOT NULL,
  updated         TEXT NOT NULL,
  deleted         TEXT,   -- NULL while it lives
  scheduled_purge TEXT,
  PRIMARY KEY (vault, name, version)
) STRICT;
CREATE TABLE storage_accounts (
  name        TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- unique in all of Azure
  resource_id TEXT NOT NULL COLLATE NOCASE
) STRICT;
CREATE TABLE blob_containers (
  account  TEXT NOT NULL COLLATE NOCASE
    REFERENCES storage_accounts (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name     TEXT NOT NULL,
  metadata TEXT,   -- JSON object
  etag     TEXT,
  changed  TEXT NOT NULL,
  PRIMARY KEY (account, name)
) STRICT;
CREATE TABLE blobs (
  account      TEXT NOT NULL COLLATE NOCASE,
  container    TEXT NOT NULL,
  name         TEXT NOT NULL,   -- case matters here
  content      BLOB,
  content_type TEXT,
  metadata     TEXT,            -- JSON object
  etag         TEXT,
  created      TEXT NOT NULL,
  changed      TEXT NOT NULL, settings TEXT, tags     TEXT, tier     TEXT,
  PRIMARY KEY (account, container, name),
  FOREIGN KEY (account, container)
    REFERENCES blob_containers (account, name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE state_file (
  -- One row, by which azid notices that this file was replaced by a copy while the log (-wal) beside it is still the
  -- replaced file's.
  mark        TEXT NOT NULL,      -- drawn anew at the first change after a checkpoint
  former_mark TEXT NOT NULL,
  is_retired  INTEGER NOT NULL,   -- 1: copies of the file may have this mark
  commits     INTEGER NOT NULL
) STRICT;
CREATE TABLE signed_in_accounts (
  -- Who is signed in, on which subscription.
  subscription_id   TEXT NOT NULL COLLATE NOCASE,   -- the tenant's id for an account without subscription
  principal_id      TEXT NOT NULL COLLATE NOCASE,
  user_name         TEXT NOT NULL,
  sign_in           TEXT NOT NULL CHECK (sign_in IN ('user', 'service_principal', 'managed_identity')),
  assigned_identity TEXT,
  tenant_id         TEXT NOT NULL COLLATE NOCASE,
  name              TEXT NOT NULL,                  -- of the subscription, when the account signed in
  is_default        INTEGER NOT NULL,
  PRIMARY KEY (subscription_id, principal_id)
) STRICT;
CREATE TABLE settings (
  section TEXT NOT NULL COLLATE NOCASE,
  name    TEXT NOT NULL COLLATE NOCASE,
  value   TEXT NOT NULL,
  PRIMARY KEY (section, name)
) STRICT;
CREATE TABLE key_credentials (
  -- Certificates of applications and service principals. Those of managed identities are in certificates.
  key_id       TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  owner_id     TEXT NOT NULL COLLATE NOCASE,   -- of applications or service_principals
  display_name TEXT,
  certificate  BLOB NOT NULL,                  -- DER
  thumbprint   TEXT NOT NULL,                  -- SHA-1, hexadecimal
  start        TEXT NOT NULL,
  "end"        TEXT NOT NULL
) STRICT;
CREATE INDEX key_credentials_by_owner ON key_credentials (owner_id);
CREATE TABLE federated_identities (
  -- Outside issuers' subjects that applications trust. Those of managed identities are in federated_credentials.
  id             TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  application_id TEXT NOT NULL COLLATE NOCASE REFERENCES applications (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name           TEXT NOT NULL,
  issuer         TEXT NOT NULL,
  subject        TEXT NOT NULL,
  description    TEXT,
  audience       TEXT NOT NULL
) STRICT;
CREATE INDEX federated_identities_by_application ON federated_identities (application_id);
CREATE TABLE trusted_issuers (
  -- Public keys of outside token issuers: azid has no network to fetch them.
  issuer TEXT NOT NULL PRIMARY KEY,
  keys   TEXT NOT NULL,   -- JSON Web Key Set
  added  TEXT NOT NULL
) STRICT;
CREATE TABLE owners (
  object_id TEXT NOT NULL COLLATE NOCASE,   -- of applications, service_principals or groups
  owner_id  TEXT NOT NULL COLLATE NOCASE,   -- of users or service_principals
  PRIMARY KEY (object_id, owner_id)
) STRICT;
CREATE INDEX owners_by_owner ON owners (owner_id);
CREATE TABLE permission_grants (
  -- Consent to delegated permissions.
  id           TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  client_id    TEXT NOT NULL COLLATE NOCASE,   -- the client's service principal
  consent_type TEXT NOT NULL,                  -- 'AllPrincipals' or 'Principal'
  principal_id TEXT COLLATE NOCASE,
  resource_id  TEXT NOT NULL COLLATE NOCASE,   -- the API's service principal
  scope        TEXT NOT NULL
) STRICT;
CREATE TABLE management_group_settings (
  tenant_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  settings  TEXT NOT NULL   -- JSON object
) STRICT;
CREATE TABLE tag_names (
  -- Tag names that a subscription offers, whether or not anything bears them.
  subscription_id TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
  name            TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (subscription_id, name)
) STRICT;
CREATE TABLE tag_values (
  subscription_id TEXT NOT NULL COLLATE NOCASE,
  name            TEXT NOT NULL COLLATE NOCASE,
  value           TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (subscription_id, name, value),
  FOREIGN KEY (subscription_id, name)
    REFERENCES tag_names (subscription_id, name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE provider_registrations (
  -- Only what somebody has changed: azid's own providers are registered from the beginning.
  subscription_id TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
  provider        TEXT NOT NULL COLLATE NOCASE,   -- 'Microsoft.Compute'
  state           TEXT NOT NULL,                  -- 'Registered' or 'Unregistered'
  PRIMARY KEY (subscription_id, provider)
) STRICT;
CREATE TABLE activity_log (
  -- Management operations that changed something, or were refused.
  id          INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,
  action      TEXT NOT NULL COLLATE NOCASE,   -- 'Microsoft.Compute/virtualMachines/write'
  scope       TEXT NOT NULL COLLATE NOCASE,
  caller      TEXT,
  caller_id   TEXT COLLATE NOCASE,
  tenant_id   TEXT COLLATE NOCASE,
  correlation TEXT NOT NULL COLLATE NOCASE,
  status      TEXT NOT NULL,                  -- 'Succeeded' or 'Failed'
  code        TEXT,
  message     TEXT
) STRICT;
CREATE TABLE vault_keys (
  vault           TEXT NOT NULL COLLATE NOCASE
    REFERENCES vaults (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name            TEXT NOT NULL COLLATE NOCASE,
  version         TEXT NOT NULL COLLATE NOCASE,
  kind            TEXT NOT NULL,   -- 'RSA', 'EC', 'RSA-HSM', 'EC-HSM'
  operations      TEXT NOT NULL,   -- JSON array
  private_key     TEXT NOT NULL,   -- PEM
  tags            TEXT,            -- JSON object
  enabled         INTEGER NOT NULL,
  not_before      TEXT,
  expires         TEXT,
  created         TEXT NOT NULL,
  updated         TEXT NOT NULL,
  deleted         TEXT,            -- NULL while it lives
  scheduled_purge TEXT,
  PRIMARY KEY (vault, name, version)
) STRICT;
CREATE TABLE key_rotation_policies (
  vault   TEXT NOT NULL COLLATE NOCASE
    REFERENCES vaults (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name    TEXT NOT NULL COLLATE NOCASE,
  policy  TEXT NOT NULL,   -- JSON object
  created TEXT,
  updated TEXT,
  PRIMARY KEY (vault, name)
) STRICT;
CREATE TABLE storage_account_keys (
  account TEXT NOT NULL COLLATE NOCASE
    REFERENCES storage_accounts (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name    TEXT NOT NULL,   -- 'key1', 'key2'
  value   TEXT NOT NULL,   -- base64
  created TEXT NOT NULL,
  PRIMARY KEY (account, name)
) STRICT;
CREATE TABLE tls_authority (
  -- What signs the TLS certificates of a served state; one row at most.
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  key         TEXT NOT NULL,   -- PEM, a secret
  certificate TEXT NOT NULL    -- PEM
) STRICT;
CREATE TABLE clock (
  -- Without a row the clock is the machine's.
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  stands_at    TEXT,               -- it stands still there; NULL: it runs
  ahead        INTEGER NOT NULL,   -- by how many microseconds it is ahead of the machine's where it runs
  seeded_start TEXT                -- of a seeded state: where it began
) STRICT;
CREATE TABLE own_settings (
  -- How this simulated Azure behaves (azid settings list), as far as that is not the default.
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE seed (
  -- Of a state that gives the same in every run: what its ids, secrets and keys are drawn from.
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  seed  TEXT NOT NULL,
  drawn INTEGER NOT NULL   -- how many transactions have drawn so far: each has a stream of its own
) STRICT;
CREATE TABLE removed_role_assignments (
  -- Erased ones that count until their removal has spread.
  name           TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,   -- a GUID, as all below of what it was
  scope          TEXT NOT NULL COLLATE NOCASE,
  role_definition TEXT NOT NULL COLLATE NOCASE,
  principal_id   TEXT NOT NULL COLLATE NOCASE,
  principal_type TEXT NOT NULL,
  condition      TEXT,
  created        TEXT NOT NULL,
  counts_until   TEXT NOT NULL
) STRICT;
CREATE TABLE replicating_principals (
  -- Service principals that Microsoft Graph does not show before an instant (entra.replication).
  id           TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  visible_from TEXT NOT NULL
) STRICT;
CREATE TABLE deleted_objects (
  -- The directory's deleted items, kept for 30 days.
  id        TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  tenant_id TEXT NOT NULL COLLATE NOCASE REFERENCES tenants (id) DEFERRABLE INITIALLY DEFERRED,
  type      TEXT NOT NULL,   -- 'application', 'group', 'servicePrincipal', 'user'
  deleted   TEXT NOT NULL,
  shown     TEXT NOT NULL,   -- JSON object: what Microsoft Graph showed of it
  rows      TEXT NOT NULL    -- JSON object: what the tables held of it, by table
) STRICT;
CREATE TABLE recent_requests (
  -- What a rate limit counts (throttle), by the machine's monotonic clock.
  bucket TEXT NOT NULL,      -- 'identities/SUBSCRIPTION/REGION'
  at     INTEGER NOT NULL,   -- nanoseconds since the machine started
  number INTEGER NOT NULL,   -- among those of one moment
  PRIMARY KEY (bucket, at, number)
) STRICT;
CREATE TABLE undo_log (
  -- What the newest commands changed, so that it can be taken back.
  number  INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  name    TEXT NOT NULL,      -- of the command or request
  run     INTEGER NOT NULL,   -- the number of the first transaction of the same command
  is_note INTEGER NOT NULL,   -- 1: only tokens that wait at an IMDS
  changes BLOB                -- SQLite's change set; NULL: too much to keep
) STRICT;
CREATE TABLE "deployments" (
  number          INTEGER PRIMARY KEY,
  subscription_id TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
  resource_group  TEXT COLLATE NOCASE,   -- NULL: a deployment of the subscription
  name            TEXT NOT NULL COLLATE NOCASE,
  properties      TEXT NOT NULL,         -- JSON object
  created         TEXT NOT NULL,
  FOREIGN KEY (subscription_id, resource_group)
    REFERENCES resource_groups (subscription_id, name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX deployments_by_name ON deployments (subscription_id, ifnull(resource_group, ''), name);
CREATE TABLE journal (
  -- Commands and requests that set something in motion; the newest thousand of them.
  id          INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,
  kind        TEXT NOT NULL,                  -- 'command' or 'request'
  line        TEXT NOT NULL,                  -- its words without secret values; method, host and path
  caller      TEXT,
  caller_id   TEXT COLLATE NOCASE,
  correlation TEXT NOT NULL COLLATE NOCASE,   -- as the activity log has it
  status      TEXT NOT NULL,                  -- 'Succeeded' or 'Failed'
  code        TEXT,                           -- of a failed one, the error's code
  message     TEXT                            -- and what was said, where it was refused
, steps       TEXT   /* JSON array of objects: what the systems did for it, in order */) STRICT;
CREATE TABLE operations (
  id              TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  subscription_id TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED,
  provider        TEXT,                  -- NULL: Resource Manager's own
  location        TEXT,
  target          TEXT NOT NULL COLLATE NOCASE,  -- the id of what is worked on
  state           TEXT,                  -- its provisioningState meanwhile
  principal_id    TEXT COLLATE NOCASE,   -- who began it
  started         TEXT NOT NULL,
  ends            TEXT NOT NULL,
  answer          TEXT,                  -- JSON, given at the end
  answer_status   INTEGER NOT NULL,
  machine_end     INTEGER NOT NULL       -- by the machine's monotonic clock, in nanoseconds: while the clock stands still
) STRICT;
CREATE INDEX operations_by_target ON operations (target);
CREATE INDEX role_assignments_by_scope ON role_assignments (scope, principal_id);
CREATE INDEX role_assignments_spreading ON role_assignments (counts_from) WHERE counts_from IS NOT NULL;
CREATE INDEX service_principals_by_display_name ON service_principals (display_name COLLATE NOCASE);
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
INSERT INTO state_file SELECT mark, mark, 1, 0
  FROM (SELECT 'azid-mark:' || lower(hex(randomblob(16))) AS mark);
