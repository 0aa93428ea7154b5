/* The least that a durable change takes: write_row FILE NAME. Commits one row with synchronous=FULL, a write-ahead log
   that stays and no checkpoint when the file is closed; the table is there already. With ROWS as third argument it makes
   the file anew, with a table of so many rows of 1 KiB, in one transaction. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

static void run(const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    exit(1);
}

static void insert(const char *name, int rows) {
    char text[1025];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = 0;
    sqlite3_stmt *row;
    if (sqlite3_prepare_v2(db, "INSERT INTO rows (name, number, text) VALUES (?, ?, ?)", -1, &row, NULL) != SQLITE_OK)
        exit(1);
    for (int i = 0; i < rows; ++i) {
        sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_int(row, 2, i);
        sqlite3_bind_text(row, 3, text, rows == 1 ? 64 : -1, SQLITE_STATIC);
        if (sqlite3_step(row) != SQLITE_DONE) exit(1);
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
}

int main(int argc, char **argv) {
    const int rows = argc > 3 ? atoi(argv[3]) : 1;
    const int flags = SQLITE_OPEN_READWRITE | (argc > 3 ? SQLITE_OPEN_CREATE : 0);
    if (argc < 3 || sqlite3_open_v2(argv[1], &db, flags, NULL) != SQLITE_OK) return 1;
    int keep = 1;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (argc > 3) run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("BEGIN IMMEDIATE");
    if (argc > 3) run("CREATE TABLE rows (name TEXT NOT NULL, number INTEGER, text TEXT, PRIMARY KEY (name, number))");
    insert(argv[2], rows);
    run("COMMIT");
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
