// What version 2 of the state file adds to version 1 (tables.cpp).
namespace azid::store {

extern const char version_2[];

const char version_2[] = R"sql(
-- Microsoft Entra ID

-- Azure Resource Manager

-- Compute

-- Key Vault

-- Storage

-- azid itself
)sql";

}  // namespace azid::store
