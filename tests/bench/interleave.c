/* Times commands in turn: interleave ROUNDS SEPARATOR COMMAND [WORD ...] [SEPARATOR COMMAND [WORD ...]] ...
   Each round runs every command once, so that whatever else the machine does meets all of them alike. "{}" within a word
   is the number of the round. Prints a line a run: command, wall ns, user us, system us, peak memory in KiB, status.
   What the commands print is thrown away. In C, because the peak memory and the start of a process depend on how large
   the program is that starts it. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static long long microseconds(struct timeval t) { return t.tv_sec * 1000000LL + t.tv_usec; }

/* The word with the number of the round in it; the same word where it has no place for one. */
static char *filled(char *word, int round) {
    char *place = strstr(word, "{}");
    if (place == NULL) return word;
    char *whole = malloc(strlen(word) + 16);
    sprintf(whole, "%.*s%d%s", (int)(place - word), word, round, place + 2);
    return whole;
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    const int rounds = atoi(argv[1]);
    char **commands[64];
    int count = 0;
    for (int i = 2; i < argc; ++i) {
        if (strcmp(argv[i], argv[2]) != 0) continue;
        if (count == 64) return 2;
        commands[count++] = argv + i + 1;
        if (i > 2) argv[i] = NULL;
    }
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < count; ++i) {
            const int which = (i + round) % count; /* nobody is always first */
            char *words[256];
            int n = 0;
            for (char **word = commands[which]; *word != NULL && n < 255; ++word) words[n++] = filled(*word, round);
            words[n] = NULL;
            const long long begin = now();
            pid_t child;
            if (posix_spawnp(&child, words[0], &quiet, NULL, words, environ) != 0) {
                perror(words[0]);
                return 1;
            }
            int status;
            struct rusage used;
            if (wait4(child, &status, 0, &used) < 0) return 1;
            const long long wall = now() - begin;
            printf("%d %lld %lld %lld %ld %d\n", which, wall, microseconds(used.ru_utime),
                   microseconds(used.ru_stime), used.ru_maxrss,
                   WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
            for (int k = 0; k < n; ++k)
                if (words[k] != commands[which][k]) free(words[k]);
        }
    }
    return 0;
}
