#!/bin/bash
# Whether the program is hardened as a release should be: hardened.sh PROGRAM COMPILE_COMMANDS. What is linked from the
# distribution is so in any case; of azid's own sources the commands tell. Exit status 77 without readelf.
set -euo pipefail
command -v readelf >/dev/null || { echo "skipped: no readelf"; exit 77; }
program=$1
commands=$2
failed=0

holds() {
    if ! grep -qE "$2" <<<"$3"; then
        echo "not so: $1"
        failed=1
    fi
}

headers=$(readelf -hlW "$program")
dynamic=$(readelf -dW "$program")
holds "it can lie at any address (PIE)" 'Type:.*DYN' "$headers"
holds "its relocations are read-only once made (RELRO)" 'GNU_RELRO' "$headers"
holds "all of them are made at the start (BIND_NOW)" '(FLAGS.*BIND_NOW|FLAGS_1.*NOW|\(BIND_NOW\))' "$dynamic"
holds "its stack is no code" 'GNU_STACK .* RW +0x' "$headers"
if awk '/"command"/ && / -c .*\/core\// && !/-D_FORTIFY_SOURCE=3 -fstack-clash-protection -fstack-protector-strong -D_GLIBCXX_ASSERTIONS/ {found = 1} END {exit !found}' "$commands"; then
    echo "not so: all of core is compiled with what cmake/hardened.cmake says"
    failed=1
fi
if grep -qE 'LOAD .* RWE ' <<<"$headers"; then
    echo "not so: no memory is written and run"
    failed=1
fi
if grep -qE '\((RPATH|RUNPATH|TEXTREL)\)' <<<"$dynamic"; then
    echo "not so: no search path, no relocations in code"
    failed=1
fi
exit $failed
