// Sends one HTTP request again and again over connections that stay open: keepalive ADDRESS PORT CONNECTIONS SECONDS
// Reads the request from stdin. Prints how many were answered 2xx or as the first was, how many otherwise, and the
// seconds it took. For Linux.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { room = 65536 };

struct connection {
    int socket;
    size_t have;
    char buffer[room];
};

static char request[room];
static size_t request_size;
static char first_status[4];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char* what) {
    perror(what);
    exit(1);
}

static void ask(const struct connection* to) {
    if (send(to->socket, request, request_size, MSG_NOSIGNAL) != (ssize_t)request_size) fail("send");
}

// The length of the whole answer, or 0 where more is to come.
static size_t answer_size(const struct connection* from) {
    const char* const body = memmem(from->buffer, from->have, "\r\n\r\n", 4);
    if (body == NULL) return 0;
    size_t length = 0;
    for (const char* line = from->buffer; line < body; line = strchr(line, '\n') + 1)
        if (strncasecmp(line, "content-length:", 15) == 0) length = strtoul(line + 15, NULL, 10);
    const size_t size = (size_t)(body + 4 - from->buffer) + length;
    return size <= from->have ? size : 0;
}

int main(int count, char** words) {
    if (count != 5) return 2;
    const int connections = atoi(words[3]);
    const double seconds = atof(words[4]);
    request_size = fread(request, 1, sizeof request, stdin);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[2]))};
    if (inet_pton(AF_INET, words[1], &address.sin_addr) != 1) return 2;
    const int events = epoll_create1(0);
    struct connection* all = calloc((size_t)connections, sizeof *all);
    for (int i = 0; i < connections; ++i) {
        const int one = 1;
        all[i].socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(all[i].socket, (struct sockaddr*)&address, sizeof address) != 0) fail("connect");
        setsockopt(all[i].socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(events, EPOLL_CTL_ADD, all[i].socket, &event);
        ask(&all[i]);
    }
    unsigned long good = 0;
    unsigned long bad = 0;
    const double begin = now();
    while (now() - begin < seconds) {
        struct epoll_event ready[64];
        const int some = epoll_wait(events, ready, 64, 1000);
        for (int i = 0; i < some; ++i) {
            struct connection* const from = ready[i].data.ptr;
            const ssize_t got = recv(from->socket, from->buffer + from->have, room - from->have, 0);
            if (got <= 0) fail("receive");
            from->have += (size_t)got;
            const size_t size = answer_size(from);
            if (size == 0) continue;
            if (first_status[0] == 0) memcpy(first_status, from->buffer + 9, 3);
            if (memcmp(from->buffer + 9, first_status, 3) == 0)
                ++good;
            else
                ++bad;
            from->have -= size;
            memmove(from->buffer, from->buffer + size, from->have);
            ask(from);
        }
    }
    printf("%s %lu %lu %.6f\n", first_status, good, bad, now() - begin);
    return 0;
}
