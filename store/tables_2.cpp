// What version 2 of the state file adds to version 1 (tables.cpp).
namespace azid::store {

extern const char version_2[];

const char version_2[] = R"sql(
-- Microsoft Entra ID

-- Azure Resource Manager

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
