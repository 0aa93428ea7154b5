# Completion of azid for bash. Written by `azid generate completion bash`.
_azid() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [ "$line" = ":files" ]; then
            compopt -o default
            COMPREPLY=()
            return
        fi
        COMPREPLY+=("$(printf '%q' "${line%%$'\t'*}")")
    done < <(azid completion suggest -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _azid azid
