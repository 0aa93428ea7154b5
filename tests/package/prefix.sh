#!/bin/bash
# "cmake --install" puts everything where it belongs, whatever the prefix, and real shells find the completions there:
# prefix.sh BUILD
set -euo pipefail
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset DESTDIR XDG_DATA_DIRS
export AZID_STATE=$work/state.db HOME=$work
fail() { echo "prefix.sh: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/plain" >/dev/null
cmake --install "$build" --prefix "$work/stripped" --strip >/dev/null
DESTDIR=$work/root cmake --install "$build" --prefix /elsewhere >/dev/null
diff <(cd "$work/plain" && find . | sort) <(cd "$work/root/elsewhere" && find . | sort) || fail "DESTDIR changes what is installed"
diff <(cd "$work/plain" && find . | sort) <(cd "$work/stripped" && find . | sort) || fail "--strip changes what is installed"
[ "$(stat -c %s "$work/stripped/bin/azid")" -le "$(stat -c %s "$work/plain/bin/azid")" ] || fail "--strip strips nothing"
outside=$(find "$work/root" -type f ! -path "$work/root/elsewhere/*")
[ -z "$outside" ] || fail "outside the prefix: $outside"

prefix=$work/stripped
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
"$prefix/bin/azid" --version | grep -E "^azid +$version\$" >"$work/version" || fail "azid --version does not say $version"
for file in share/man/man1/azid.1 share/man/man1/azid-vm-create.1 share/bash-completion/completions/azid share/doc/azid/LICENSE \
    share/zsh/site-functions/_azid share/fish/vendor_completions.d/azid.fish share/doc/azid/README.md share/doc/azid/CHANGELOG.md; do
    [ -s "$prefix/$file" ] || fail "$file is missing"
done
source=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt")
diff <(cd "$source/man" && ls) <(cd "$prefix/share/man/man1" && ls) || fail "these man pages are missing or strange"
strange=$(find "$prefix" ! -perm -u=rw,go=r -o -type f ! -path '*/bin/*' -perm /111)
[ -z "$strange" ] || fail "wrong modes: $strange"
if command -v man >/dev/null; then
    MANPATH=$prefix/share/man man -w azid vm-create >/dev/null 2>&1 || MANPATH=$prefix/share/man man -w azid >/dev/null ||
        fail "man does not find azid"
fi

# Each shell completes a command, then a name that stands in the state, with nothing but its search path leading here.
export PATH=$prefix/bin:$PATH
azid group create -n rg-prefix -l westeurope -o none
expect() { [ "$2" = "$3" ] || fail "$1 completes '$2' for '$3'"; }

loader=/usr/share/bash-completion/bash_completion
if [ -r $loader ]; then
    bash_completes() {
        XDG_DATA_DIRS=$prefix/share bash --norc -c '. "$0"; words=("$@"); _completion_loader azid || [ $? = 124 ]
            function=$(complete -p azid); function=${function##*-F }; function=${function%% *}
            COMP_WORDS=(azid "${words[@]}") COMP_CWORD=${#words[@]}; $function; printf "%s\n" "${COMPREPLY[@]}"' $loader "$@"
    }
    expect bash "$(bash_completes group exi)" exists
    expect bash "$(bash_completes group show -n rg-)" rg-prefix
else
    echo "prefix.sh: skipped for bash: there is no bash-completion"
fi
if command -v zsh >/dev/null; then
    found=$(zsh -f -c 'fpath=('"$prefix"'/share/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -D; print -r -- $_comps[azid]; autoload +X -Uz _azid; print -r -- $functions_source[_azid]')
    expect zsh "$found" "_azid"$'\n'"$prefix/share/zsh/site-functions/_azid"
    # A zsh on a terminal of its own, to which somebody types.
    timeout 60 zsh -f -c 'zmodload zsh/zpty; zpty shell TERM=dumb zsh -f -i
        zpty -w shell "fpath=($0/share/zsh/site-functions \$fpath); autoload -Uz compinit; compinit -u -D; print rea\"\"dy"
        zpty -r shell out "*ready*"; zpty -w -n shell "azid group exi"$'"'\t'"'; zpty -r shell out "*sts *"' "$prefix" ||
        fail "zsh does not complete group exists"
else
    echo "prefix.sh: skipped for zsh: it is not here"
fi
if command -v fish >/dev/null; then
    fish_completes() { XDG_DATA_DIRS=$prefix/share XDG_CONFIG_HOME=$work fish -c "complete -C '$1'" | cut -f 1; }
    expect fish "$(fish_completes 'azid group exi')" exists
    expect fish "$(fish_completes 'azid group show -n rg-')" rg-prefix
else
    echo "prefix.sh: skipped for fish: it is not here"
fi
