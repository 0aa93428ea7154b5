// What version 2 of the state file adds to version 1 (tables.cpp).
namespace azid::store {

extern const char version_2[];

const char version_2[] = R"sql(
-- Microsoft Entra ID

ALTER TABLE service_principals ADD COLUMN properties TEXT;   -- JSON object: what else Microsoft Graph shows, as set
ALTER TABLE applications ADD COLUMN properties TEXT;         -- the same of an application

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

-- A credential matches by an expression over the token's claims where it has no subject.
ALTER TABLE federated_credentials ADD COLUMN claims_expression TEXT;
ALTER TABLE federated_credentials ADD COLUMN claims_expression_version INTEGER NOT NULL DEFAULT 0;

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

-- Azure Resource Manager

ALTER TABLE subscriptions ADD COLUMN tags TEXT;   -- JSON object

ALTER TABLE locks ADD COLUMN owners TEXT;        -- JSON array
ALTER TABLE locks ADD COLUMN system_data TEXT;   -- JSON object

ALTER TABLE management_groups ADD COLUMN changed TEXT;
ALTER TABLE management_groups ADD COLUMN changed_by TEXT COLLATE NOCASE;
ALTER TABLE management_groups ADD COLUMN version INTEGER;

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
CREATE INDEX activity_log_by_time ON activity_log (at);

-- Compute

ALTER TABLE virtual_machines ADD COLUMN generalized INTEGER NOT NULL DEFAULT 0;  -- 1: an image is made of it

-- Key Vault

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

-- Storage

CREATE TABLE storage_account_keys (
  account TEXT NOT NULL COLLATE NOCASE
    REFERENCES storage_accounts (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  name    TEXT NOT NULL,   -- 'key1', 'key2'
  value   TEXT NOT NULL,   -- base64
  created TEXT NOT NULL,
  PRIMARY KEY (account, name)
) STRICT;

-- What a client says of a blob's content beyond its type, and what it is found by.
ALTER TABLE blobs ADD COLUMN settings TEXT;   -- JSON object: cacheControl, contentEncoding...
ALTER TABLE blobs ADD COLUMN tags     TEXT;   -- JSON object
ALTER TABLE blobs ADD COLUMN tier     TEXT;   -- NULL: the account's

-- azid itself

CREATE TABLE tls_authority (
  -- What signs the TLS certificates of a served state; one row at most.
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  key         TEXT NOT NULL,   -- PEM, a secret
  certificate TEXT NOT NULL    -- PEM
) STRICT;
)sql";

}  // namespace azid::store
