// What version 5 of the state file takes from version 4 (tables_4.cpp): an index that every command wrote to,
// for what is seldom asked of a thousand rows.
namespace azid::store {

extern const char version_5[];

const char version_5[] = R"sql(
DROP INDEX IF EXISTS journal_by_correlation;
)sql";

}  // namespace azid::store
