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

-- What happened

-- Long-running operations
)sql";

}  // namespace azid::store
