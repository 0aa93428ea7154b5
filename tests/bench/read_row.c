/* The least that reading a managed identity takes: read_row STATE ID. Opens the state file, reads the identity's row and
   prints it. The write-ahead log stays as it is. */
#include <sqlite3.h>
#include <stdio.h>

int main(int argc, char **argv) {
    static const char sql[] =
        "SELECT r.id, r.name, r.location, r.tags, r.type, i.principal_id, i.client_id FROM resources r "
        "JOIN user_assigned_identities i ON i.id = r.id WHERE r.id = ?";
    sqlite3 *db;
    sqlite3_stmt *row;
    if (argc != 3 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) return 1;
    int keep = 1;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        return 1;
    }
    sqlite3_bind_text(row, 1, argv[2], -1, SQLITE_STATIC);
    if (sqlite3_step(row) != SQLITE_ROW) return 1;
    for (int i = 0; i < sqlite3_column_count(row); ++i) {
        const unsigned char *text = sqlite3_column_text(row, i);
        printf("%s\n", text == NULL ? (const unsigned char *)"" : text);
    }
    sqlite3_finalize(row);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
