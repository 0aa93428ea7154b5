# Completion of azid for bash. Written by `azid generate completion bash`.
_azid() {
    local line
    local -a words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    local last=$((${#words[@]} - 1))
    # bash makes three words of --name=value.
    if ((last > 0)) && [ "${words[last]}" = "=" ]; then
        words[last]=""
    elif ((last > 1)) && [ "${words[last - 1]}" = "=" ]; then
        unset "words[last - 1]"
    fi
    COMPREPLY=()
    while IFS= read -r line; do
        if [ "$line" = ":files" ]; then
            compopt -o default
            COMPREPLY=()
            return
        fi
        COMPREPLY+=("$(printf '%q' "${line%%$'\t'*}")")
    done < <(azid completion suggest -- "${words[@]}" 2>/dev/null)
}
complete -F _azid azid
