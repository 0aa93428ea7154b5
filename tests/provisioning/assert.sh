# What the scripts here check themselves with.

# same EXPECTED ACTUAL WHAT: ends the script when they differ.
same() {
    [ "$1" = "$2" ] && return 0
    printf '%s: expected "%s", not "%s"\n' "$3" "$1" "$2" >&2
    exit 1
}

# refused WHAT COMMAND...: ends the script when the command succeeds.
refused() {
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then
        printf '%s: should have been refused: %s\n' "$what" "$*" >&2
        exit 1
    fi
}

# as_machine VM-ID: whatever az does from here on, it does inside that machine, as its managed identity.
as_machine() {
    export AZID_VM=$1
    shift
    az login --identity "$@" --allow-no-subscriptions --output none
}

# as_myself: back at the desk of whoever provisions.
as_myself() {
    unset AZID_VM
    az login --output none
}
