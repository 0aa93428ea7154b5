#!/bin/bash
# The package on a Debian 12 that has nothing but its base: it installs, an ordinary user plays the demo, it goes without
# a trace. clean_debian.sh DEB; the system is $AZID_DEBIAN (a folder that debootstrap filled; made if it is not there).
# Needs root and debootstrap. Exit status 77 where there is neither them nor the folder.
set -euo pipefail
deb=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
base=${AZID_DEBIAN:-/var/cache/azid-debian-12}
skip() { echo "clean_debian.sh: skipped: $*"; exit 77; }
fail() { echo "clean_debian.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || skip "this needs root"
if [ ! -x "$base/usr/bin/dpkg" ]; then
    command -v debootstrap >/dev/null || skip "there is no debootstrap"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | sort -u | head -1)
    mkdir -p "$base.new"
    # shellcheck disable=SC2086 # without a mirror here, debootstrap has one of its own
    debootstrap --variant=minbase bookworm "$base.new" $mirror >"$base.log" 2>&1 || skip "debootstrap failed: $(tail -1 "$base.log")"
    mv "$base.new" "$base"
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp -a "$base/." "$root"
cp "$deb" "$root/tmp/azid.deb"
# What "apt install" would get besides: there is no network inside.
(cd "$root/tmp" && apt-get download -qq libssl3 2>/dev/null) || skip "libssl3 cannot be downloaded"
cp "$here/../demo.sh" "$root/tmp/demo.sh"
chmod 755 "$root/tmp/demo.sh"

# In namespaces of its own: nothing of it reaches this machine, nor another.
inside() { unshare --mount --net --pid --fork bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" \
    /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() { inside su learner -c "$1"; }
# All but what dpkg and the passing of time write.
listing() { (cd "$root" && find . \( -path ./proc -o -path ./tmp -o -path ./home -o -path ./var/lib/dpkg -o -path ./var/log \) -prune -o -print |
    LC_ALL=C sort); }

[ ! -e "$root/usr/bin/azid" ] || fail "the system is not clean"
[ -z "$(ls "$root"/usr/lib/*/libcurl.so* 2>/dev/null)" ] || fail "the system is not bare: it has libcurl"
inside useradd -m learner
before=$(listing)
inside sh -c "dpkg -i /tmp/*.deb" || fail "it does not install"
[ "$(inside dpkg-query -W -f '${db:Status-Abbrev}' azid)" = "ii " ] || fail "it is not installed"
inside dpkg --verify azid || fail "the files are not those of the package"

as_user "azid --version" || fail "it does not start"
as_user "/tmp/demo.sh /usr/bin/azid" >"$root/tmp/demo" || fail "the demo failed: $(tail -3 "$root/tmp/demo")"
tail -2 "$root/tmp/demo"
grep 'Server=db;Password=gone' "$root/tmp/demo" >/dev/null || fail "the demo's vault did not answer"
as_user "azid group list -o table && test -f ~/.local/state/azid/state.db" || fail "no state for an ordinary user"
as_user 'azid serve --listen 127.0.0.1:0 >/tmp/ready & server=$!
    while [ ! -s /tmp/ready ] && kill -0 $server; do :; done; kill -TERM $server && wait $server' >"$root/tmp/out" 2>&1 ||
    [ $? = 143 ] || fail "the server does not serve: $(cat "$root/tmp/out")"
said=$(as_user "azid token get --endpoint https://127.0.0.1:1 --resource https://vault.azure.net" 2>&1) && fail "a request without libcurl"
[[ "$said" == *libcurl4* ]] || fail "without libcurl it says: $said"
inside dpkg --force-depends --remove libssl3 || fail "libssl3 does not go"
as_user "azid group create -n later -l westeurope -o none" || fail "without OpenSSL it does nothing"
said=$(as_user "azid token keys" 2>&1) && fail "keys without OpenSSL"
[[ "$said" == *libssl3* ]] || fail "without OpenSSL it says: $said"

inside dpkg --purge azid libssl3 || fail "it does not go"
diff <(echo "$before") <(listing) || fail "it leaves something behind, or took something with it"
echo "clean_debian.sh: installed, played and removed on Debian $(cat "$root/etc/debian_version")"
