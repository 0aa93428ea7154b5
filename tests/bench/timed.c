/* Runs a command and notes how long it took and how it ended: timed FILE COMMAND [WORD ...]. The command keeps its
   terminal, its output and its status. */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

int main(int argc, char **argv) {
    struct timespec begin;
    struct timespec end;
    pid_t child;
    int status;
    if (argc < 3) return 2;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ) != 0) {
        perror(argv[2]);
        return 127;
    }
    if (waitpid(child, &status, 0) < 0) return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    FILE *log = fopen(argv[1], "a");
    if (log == NULL) return 1;
    fprintf(log, "%.3f %d\n", (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) / 1e6, code);
    return fclose(log) == 0 ? code : 1;
}
