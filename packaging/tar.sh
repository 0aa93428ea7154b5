#!/bin/bash
# Makes an archive of a finished build, to be unpacked over /usr/local or another prefix: tar.sh BUILD [FOLDER]. Prints its
# path. The same commit and program give the same bytes.
set -euo pipefail
umask 022
build=$(realpath "$1")
out=$(realpath "${2:-$build}")
source=$(realpath "$(dirname "$0")/..")
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
date=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct 2>/dev/null || stat -c %Y "$source/CHANGELOG.md")}
name=azid-$version-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/$name" --strip >/dev/null
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$date" --mode=u=rwX,go=rX -cf - "$name" |
    gzip -9n >"$out/$name.tar.gz"
echo "$out/$name.tar.gz"
