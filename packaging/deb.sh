#!/bin/bash
# Makes a Debian package of a finished build: deb.sh BUILD [FOLDER], FOLDER being where it goes (default BUILD). Prints its
# path. The same commit and program give the same bytes: dates are $SOURCE_DATE_EPOCH, by default the commit's.
set -euo pipefail
umask 022
build=$(realpath "$1")
out=$(realpath "${2:-$build}")
source=$(realpath "$(dirname "$0")/..")
for tool in dpkg-deb dpkg-shlibdeps readelf; do
    command -v $tool >/dev/null || { echo "$0: $tool is missing (Debian's packages dpkg-dev and binutils)" >&2; exit 1; }
done

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct 2>/dev/null || stat -c %Y "$source/CHANGELOG.md")}
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
package=$out/azid_$version-1_$architecture.deb
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work/stage

DESTDIR=$stage cmake --install "$build" --prefix /usr --strip >/dev/null
# Debian's zsh looks for packages' completions in a folder of its own.
mkdir -p "$stage/usr/share/zsh/vendor-completions"
mv "$stage/usr/share/zsh/site-functions/_azid" "$stage/usr/share/zsh/vendor-completions/"
rmdir "$stage/usr/share/zsh/site-functions"

documents=$stage/usr/share/doc/azid
rm "$documents/LICENSE"
mv "$documents/CHANGELOG.md" "$documents/changelog"
cp "$source/packaging/copyright" "$documents/copyright"
{
    printf 'azid (%s-1) unstable; urgency=medium\n\n' "$version"
    printf '  * Package version %s; changelog.gz says what is new in it.\n\n' "$version"
    printf ' -- %s  %s\n' "$(sed -n 's/^Maintainer: //p' "$source/packaging/control")" \
        "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
} >"$documents/changelog.Debian"
gzip -9n "$documents/changelog" "$documents/changelog.Debian" "$stage"/usr/share/man/man1/*.1

# What the program needs to start, and OpenSSL where it loads that when first used; libcurl, for requests to other
# machines only, is in the control file.
mkdir -p "$work/debian" "$stage/DEBIAN"
cp "$source/packaging/control" "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$stage/usr/bin/azid" 2>"$work/shlibdeps" | sed -n 's/^shlibs:Depends=//p') ||
    { cat "$work/shlibdeps" >&2; exit 1; }
# dpkg-shlibdeps does not see what packed relocations ask of the loader: the C library 2.36.
if readelf -V "$stage/usr/bin/azid" | grep GLIBC_ABI_DT_RELR >"$work/packed"; then
    depends=$(sed -E 's/libc6 \(>= 2\.([0-9]|[12][0-9]|3[0-5])(\.[0-9]+)*\)/libc6 (>= 2.36)/' <<<"$depends")
fi
# The sources of what was linked in statically, so that a flaw in one of them can be traced to this package.
libraries=(libsqlite3-dev libfmt-dev nlohmann-json3-dev libcli11-dev 'libboost1.8[1-9]-dev' 'libstdc++-1[2-9]-dev')
if grep -q 'libcrypto\.so\.3' "$stage/usr/bin/azid"; then
    depends+=", libssl3"
else
    libraries+=(libssl-dev)
fi
built_using=$({ dpkg-query -W -f '${db:Status-Status} ${source:Package} (= ${source:Version})\n' "${libraries[@]}" 2>/dev/null ||
    true; } | sed -n 's/^installed //p' | LC_ALL=C sort -u | paste -sd, | sed 's/,/, /g')
size=$(find "$stage" -type f -printf '%s\n' | awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }')
sed -e '/^Source:/d' -e "s/@VERSION@/$version-1/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
    -e "s/@SIZE@/$size/" -e "s/@BUILT_USING@/$built_using/" -e '/^$/d' "$source/packaging/control" >"$stage/DEBIAN/control"
(cd "$stage" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)

chmod -R u=rwX,go=rX "$stage"
find "$stage" -print0 | xargs -0 touch -h -d "@$SOURCE_DATE_EPOCH"
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$stage" "$package" >/dev/null
echo "$package"
