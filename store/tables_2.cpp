// What version 2 of the state file adds to version 1 (tables.cpp).
namespace azid::store {

extern const char version_2[];

const char version_2[] = R"sql(
-- Microsoft Entra ID

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

-- Storage

-- azid itself

CREATE TABLE tls_authority (
  -- What signs the TLS certificates of a served state; one row at most.
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  key         TEXT NOT NULL,   -- PEM, a secret
  certificate TEXT NOT NULL    -- PEM
) STRICT;
)sql";

}  // namespace azid::store
