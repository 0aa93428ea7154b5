#!/bin/sh
# The arrows of the architecture: cli -> core <- store, and only cli/main.cpp names store/. Headers keep the heavy
# libraries out. Prints every include that runs the wrong way; status 1 where there is one.
bad=0
complain() {
    [ -z "$2" ] || { bad=1; printf '%s:\n%s\n' "$1" "$2"; }
}
includes() { # pattern, folders...
    pattern=$1
    shift
    grep -rnE "^#include [<\"]($pattern)" "$@" --include='*.hpp' --include='*.cpp'
}
complain "core must not know cli or store" "$(includes '(cli|store)/' core)"
complain "store must not know cli" "$(includes 'cli/' store)"
complain "only cli/main.cpp may name store" "$(includes 'store/' cli | grep -v '^cli/main\.cpp:')"
complain "only cli/parse may use CLI11" "$(includes 'CLI/' cli core store | grep -v '^cli/parse/')"
complain "only store may use SQLite" "$(includes 'sqlite3' cli core)"
complain "base must not know the systems" "$(includes 'core/' core/base | grep -vE 'core/(base|events)/')"
complain "core must not touch the outside" \
    "$(includes 'unistd|fstream|sys/|iostream|filesystem|thread' core | grep -v 'core/crypto/')"
complain "heavy headers do not belong in a header" \
    "$(grep -rnE '^#include [<"](nlohmann/json\.hpp|CLI/|sqlite3|curl/|openssl/)' cli core store --include='*.hpp' |
        grep -vE '^(core/crypto/(openssl|certificate_parts)\.hpp|store/)')"
complain "a source file stays under 600 lines" \
    "$(find cli core store -name '*.?pp' -exec wc -l {} + | awk '$1 > 600 && $2 != "total"')"
exit $bad
