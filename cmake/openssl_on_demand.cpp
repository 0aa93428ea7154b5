// What openssl_on_demand.cmake puts in the place of OpenSSL's functions. The slots are kept where the loader
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
@jumps@
.section .data.rel.ro, "aw", @progbits
.balign 8
.globl azid_crypto_slots, azid_ssl_slots
.hidden azid_crypto_slots, azid_ssl_slots
azid_crypto_slots:
@crypto_slots@
azid_ssl_slots:
@ssl_slots@
.text
)");

namespace {

constexpr char crypto_names[] = "@crypto_names@";
constexpr char ssl_names[] = "@ssl_names@";

[[noreturn]] void give_up(const char* what, const char* of) {
    std::fprintf(stderr, "ERROR: This needs OpenSSL 3: %s %s (Debian's package libssl3).\n", what, of);
    std::fflush(stderr);
    std::_Exit(1);
}

// Makes the memory of the slots writable, or no longer so.
void protect(void** slots, std::size_t count, int how) {
    const std::uintptr_t page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(slots) / page * page;
    const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(slots + count);
    if (mprotect(reinterpret_cast<void*>(begin), end - begin, how) != 0) give_up("no memory for", "it");
}

// Fills the slots with the functions of these names, each of which ends with a NUL.
void load(const char* file, const char* names, void** slots) {
    void* const library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) give_up("there is no", file);
    std::size_t count = 0;
    for (const char* name = names; *name != '\0'; name += std::strlen(name) + 1) ++count;
    protect(slots, count, PROT_READ | PROT_WRITE);
    for (const char* name = names; *name != '\0'; name += std::strlen(name) + 1) {
        void* const found = dlsym(library, name);
        if (found == nullptr) give_up("it lacks", name);
        __atomic_store_n(slots++, found, __ATOMIC_RELEASE);
    }
    protect(slots - count, count, PROT_READ);
}

// Without the texts of its errors, which azid does not show, and without the machine's openssl.cnf: a third of the time
// that OpenSSL takes to get ready.
void begin_crypto() {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

std::once_flag crypto_once;
std::once_flag ssl_once;

}  // namespace

extern "C" {

extern __attribute__((visibility("hidden"))) void* azid_crypto_slots[];
extern __attribute__((visibility("hidden"))) void* azid_ssl_slots[];

__attribute__((used, visibility("hidden"))) void azid_load_crypto() {
    std::call_once(crypto_once, [] {
        load("libcrypto.so.3", crypto_names, azid_crypto_slots);
        begin_crypto();
    });
}

__attribute__((used, visibility("hidden"))) void azid_load_ssl() {
    std::call_once(ssl_once, [] { load("libssl.so.3", ssl_names, azid_ssl_slots); });
}
}
