// What version 3 of the state file adds to version 2 (tables_2.cpp).
namespace azid::store {

extern const char version_3[];

const char version_3[] = R"sql(
-- Time

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

-- From when on a role assignment counts, where it takes time to spread (rbac.propagation). NULL: from the beginning.
ALTER TABLE role_assignments ADD COLUMN counts_from TEXT;

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

-- What happened

CREATE TABLE undo_log (
  -- What the newest commands changed, so that it can be taken back.
  number  INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  name    TEXT NOT NULL,      -- of the command or request
  run     INTEGER NOT NULL,   -- the number of the first transaction of the same command
  is_note INTEGER NOT NULL,   -- 1: only tokens that wait at an IMDS
  changes BLOB                -- SQLite's change set; NULL: too much to keep
) STRICT;

-- A key, so that what deployments change can be taken back.
CREATE TABLE deployments_3 (
  number          INTEGER PRIMARY KEY,
  subscription_id TEXT NOT NULL COLLATE NOCASE REFERENCES subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
  resource_group  TEXT COLLATE NOCASE,   -- NULL: a deployment of the subscription
  name            TEXT NOT NULL COLLATE NOCASE,
  properties      TEXT NOT NULL,         -- JSON object
  created         TEXT NOT NULL,
  FOREIGN KEY (subscription_id, resource_group)
    REFERENCES resource_groups (subscription_id, name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO deployments_3 (subscription_id, resource_group, name, properties, created)
  SELECT subscription_id, resource_group, name, properties, created FROM deployments ORDER BY rowid;
DROP TABLE deployments;
ALTER TABLE deployments_3 RENAME TO deployments;
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
) STRICT;
CREATE INDEX journal_by_correlation ON journal (correlation);

ALTER TABLE events ADD COLUMN journal_id INTEGER REFERENCES journal (id)
  DEFERRABLE INITIALLY DEFERRED;                           -- NULL: from before azid kept a journal
ALTER TABLE events ADD COLUMN actor_name TEXT;
ALTER TABLE events ADD COLUMN sender     TEXT;             -- from which system the step goes: 'client', 'arm'
ALTER TABLE events ADD COLUMN receiver   TEXT;             -- to which
CREATE INDEX events_by_journal ON events (journal_id);

-- Long-running operations

-- Whether one is still going is told by its end and the clock.
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
)sql";

}  // namespace azid::store
