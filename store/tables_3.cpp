// What version 3 of the state file adds to version 2 (tables_2.cpp).
namespace azid::store {

extern const char version_3[];

const char version_3[] = R"sql(
-- Time

-- What happened

-- Long-running operations
)sql";

}  // namespace azid::store
