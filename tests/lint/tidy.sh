#!/bin/sh
# The short list of .clang-tidy over the sources: lint/tidy.sh CLANG_TIDY BUILD_FOLDER
# clang cannot read g++'s precompiled header, so a copy of the compile commands without it is used.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -E 's/-include [^ ]*cmake_pch\.hxx//g; s/-Winvalid-pch//g; s/-fpch-[a-z]*//g' "$2/compile_commands.json" >"$work/compile_commands.json"
find cli core store -name '*.cpp' -print0 | xargs -0 -P "$(nproc)" -n 4 "$1" --quiet -p "$work" 2>/dev/null >"$work/found"
status=$?
cat "$work/found"
exit $status
