// What on_demand.cmake puts in the place of other libraries' functions. The slots are kept where the loader
// has made memory read-only (RELRO), and are so again once they are filled.
#include <dlfcn.h>
#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

// A jump is made with the caller's arguments as they are; before a slot is filled they are kept meanwhile.
asm(R"(
.macro on_demand name, library
.globl \name
.hidden \name
.type \name, @function
\name:
    .cfi_startproc
    jmp *.Lslot_\name(%rip)
.Lfirst_\name:
    call azid_call_load_\library
    jmp *.Lslot_\name(%rip)
    .cfi_endproc
.size \name, . - \name
.endm

.macro load_keeping_arguments library
azid_call_load_\library:
    .cfi_startproc
    push %rdi
    push %rsi
    push %rdx
    push %rcx
    push %r8
    push %r9
    push %rax
    .cfi_adjust_cfa_offset 56
    sub $136, %rsp
    .cfi_adjust_cfa_offset 136
    movups %xmm0, (%rsp)
    movups %xmm1, 16(%rsp)
    movups %xmm2, 32(%rsp)
    movups %xmm3, 48(%rsp)
    movups %xmm4, 64(%rsp)
    movups %xmm5, 80(%rsp)
    movups %xmm6, 96(%rsp)
    movups %xmm7, 112(%rsp)
    call azid_load_\library
    movups (%rsp), %xmm0
    movups 16(%rsp), %xmm1
    movups 32(%rsp), %xmm2
    movups 48(%rsp), %xmm3
    movups 64(%rsp), %xmm4
    movups 80(%rsp), %xmm5
    movups 96(%rsp), %xmm6
    movups 112(%rsp), %xmm7
    add $136, %rsp
    .cfi_adjust_cfa_offset -136
    pop %rax
    pop %r9
    pop %r8
    pop %rcx
    pop %rdx
    pop %rsi
    pop %rdi
    .cfi_adjust_cfa_offset -56
    ret
    .cfi_endproc
.endm

.text
load_keeping_arguments crypto
load_keeping_arguments ssl
load_keeping_arguments m
@jumps@
.section .data.rel.ro, "aw", @progbits
.balign 8
.globl azid_crypto_slots, azid_ssl_slots, azid_m_slots
.hidden azid_crypto_slots, azid_ssl_slots, azid_m_slots
azid_crypto_slots:
@crypto_slots@
azid_ssl_slots:
@ssl_slots@
azid_m_slots:
@m_slots@
.text
)");

extern "C" {
extern __attribute__((visibility("hidden"))) void* azid_crypto_slots[];
extern __attribute__((visibility("hidden"))) void* azid_ssl_slots[];
extern __attribute__((visibility("hidden"))) void* azid_m_slots[];
}

namespace {

struct Library {
    const char* file;
    const char* package;
    const char* names;  // of the functions that belong into its slots, each with a NUL at its end
    void** slots;
    std::once_flag loaded{};
};

constexpr char openssl[] = "OpenSSL 3 (Debian's package libssl3)";

// There before anything runs: what is made at the program's start may call any of the functions.
constinit Library crypto{"libcrypto.so.3", openssl, "@crypto_names@", azid_crypto_slots};
constinit Library ssl{"libssl.so.3", openssl, "@ssl_names@", azid_ssl_slots};
constinit Library m{"libm.so.6", "all of the C library", "@m_names@", azid_m_slots};

[[noreturn]] void give_up(const Library& library, const char* what, const char* of) {
    std::fprintf(stderr, "ERROR: This needs %s: %s %s.\n", library.package, what, of);
    std::fflush(stderr);
    std::_Exit(1);
}

// Makes the memory of the slots writable, or no longer so.
void protect(const Library& library, std::size_t count, int how) {
    const std::uintptr_t page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(library.slots) / page * page;
    const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(library.slots + count);
    if (mprotect(reinterpret_cast<void*>(begin), end - begin, how) != 0)
        give_up(library, "no memory for", library.file);
}

// Fills the slots. Libraries share pages, so one after the other.
void fill(const Library& library) {
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock(one_at_a_time);
    void* const opened = dlopen(library.file, RTLD_LAZY | RTLD_LOCAL);
    if (opened == nullptr) give_up(library, "there is no", library.file);
    std::size_t count = 0;
    for (const char* name = library.names; *name != '\0'; name += std::strlen(name) + 1) ++count;
    protect(library, count, PROT_READ | PROT_WRITE);
    void** slot = library.slots;
    for (const char* name = library.names; *name != '\0'; name += std::strlen(name) + 1) {
        void* const found = dlsym(opened, name);
        if (found == nullptr) give_up(library, "it lacks", name);
        __atomic_store_n(slot++, found, __ATOMIC_RELEASE);
    }
    protect(library, count, PROT_READ);
}

// Without the texts of its errors, which azid does not show, and without the machine's openssl.cnf: a third
// of the time that OpenSSL takes to get ready.
void begin_crypto() {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

}  // namespace

// What the slots lead to at first.
extern "C" {

__attribute__((used, visibility("hidden"))) void azid_load_crypto() {
    std::call_once(crypto.loaded, [] {
        fill(crypto);
        begin_crypto();
    });
}

__attribute__((used, visibility("hidden"))) void azid_load_ssl() {
    std::call_once(ssl.loaded, [] { fill(ssl); });
}

__attribute__((used, visibility("hidden"))) void azid_load_m() {
    std::call_once(m.loaded, [] { fill(m); });
}
}
