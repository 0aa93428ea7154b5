#!/bin/bash
# What the Debian package holds and says of itself, and that the same sources make the same bytes: deb.sh BUILD
# Exit status 77 where there are no tools for Debian packages.
set -euo pipefail
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
command -v dpkg-shlibdeps >/dev/null || { echo "deb.sh: skipped: there is no dpkg-shlibdeps"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "deb.sh: $*" >&2; exit 1; }

mkdir "$work/one" "$work/two"
deb=$("$source/packaging/deb.sh" "$build" "$work/one")
archive=$("$source/packaging/tar.sh" "$build" "$work/one")
# Again later, with another umask and under another name for the time.
again=$(umask 077; TZ=Asia/Tokyo "$source/packaging/deb.sh" "$build" "$work/two")
archive_again=$(umask 077; TZ=Asia/Tokyo "$source/packaging/tar.sh" "$build" "$work/two")
cmp "$deb" "$again" || fail "the second package differs from the first"
cmp "$archive" "$archive_again" || fail "the second archive differs from the first"

field() { dpkg-deb -f "$deb" "$1"; }
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
[ "$(field Version)" = "$version-1" ] || fail "Version: $(field Version)"
[[ "$(field Depends)" == *"libc6 (>= 2."* ]] || fail "Depends: $(field Depends)"
[[ "$(field Depends)" != *libcurl* ]] || fail "libcurl is loaded when first used; it is no dependency"
[[ "$(field Recommends)" == *libcurl4* ]] || fail "Recommends: $(field Recommends)"
dpkg-deb -f "$deb" | grep -E '@[A-Z]+@|^ *$' && fail "something was left to fill in"

strange=$(dpkg-deb -c "$deb" | awk '$2 != "root/root" || ($1 != "drwxr-xr-x" && $1 != "-rw-r--r--" && $6 != "./usr/bin/azid")')
[ -z "$strange" ] || fail "owner or mode: $strange"
dpkg-deb -x "$deb" "$work/tree"
dpkg-deb -e "$deb" "$work/control"
(cd "$work/tree" && md5sum --quiet -c "$work/control/md5sums") || fail "md5sums do not hold"
diff <(cd "$work/tree" && find usr -type f | sort) <(cut -c 35- "$work/control/md5sums" | sort) || fail "md5sums leave files out"
"$work/tree/usr/bin/azid" --version | grep -E "^azid +$version\$" >"$work/version" || fail "the program says another version"
for file in bash-completion/completions/azid zsh/vendor-completions/_azid fish/vendor_completions.d/azid.fish \
    man/man1/azid.1.gz doc/azid/copyright doc/azid/changelog.gz doc/azid/changelog.Debian.gz; do
    [ -s "$work/tree/usr/share/$file" ] || fail "$file is missing"
done
for licence in Expat Apache-2.0 BSD-3-clause; do
    grep -x "License: $licence" "$work/tree/usr/share/doc/azid/copyright" >"$work/found" || fail "no licence $licence"
done
mkdir "$work/unpacked"
tar -C "$work/unpacked" --strip-components=1 -xzf "$archive"
cmp "$work/unpacked/bin/azid" "$work/tree/usr/bin/azid" || fail "the archive holds another program than the package"

if command -v lintian >/dev/null; then
    # Nobody asked Debian for this package; and this lintian does not know the field yet, dpkg does.
    # The man pages, which all come from one generator, would take it minutes.
    lintian --allow-root -X documentation/manual --fail-on error,warning \
        --suppress-tags initial-upload-closes-no-bugs,unknown-field "$deb" || fail "lintian is not content"
else
    echo "deb.sh: without lintian: it is not here"
fi
