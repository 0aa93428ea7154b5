#include "cli/render/completion.hpp"

#include <algorithm>
#include <array>

// `azid completion suggest -- WORDS` answers one candidate a line, with its help behind a tab, or ":files"
// where the shell should offer file names.
namespace azid::render {
namespace {

struct Script {
    std::string_view shell;
    std::string_view text;
};

constexpr std::array scripts{
    Script{"bash", R"~(# Completion of azid for bash. Written by `azid generate completion bash`.
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
)~"},
    Script{"zsh", R"~(#compdef azid
# Completion of azid for zsh. Written by `azid generate completion zsh`.
_azid() {
    local line
    local -a candidates
    for line in "${(@f)$(azid completion suggest -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        if [[ $line == ":files" ]]; then
            _files
            return
        fi
        candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    _describe azid candidates
}
if [[ $funcstack[1] == _azid ]]; then
    _azid "$@"
else
    compdef _azid azid
fi
)~"},
    Script{"fish", R"~(# Completion of azid for fish. Written by `azid generate completion fish`.
function __azid_suggest
    set -l words (commandline -opc) (commandline -ct | string collect --allow-empty)
    azid completion suggest -- $words[2..-1] 2>/dev/null
end
complete -c azid -f
complete -c azid -n 'not __azid_suggest | string match -q :files' -a '(__azid_suggest)'
complete -c azid -n '__azid_suggest | string match -q :files' -F
)~"},
    Script{
        "powershell",
        R"~(# Completion of azid for PowerShell 7.3 and newer. Written by `azid generate completion powershell`.
Register-ArgumentCompleter -Native -CommandName azid -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text.Trim("'", '"') })
    if ($wordToComplete -eq '') { $words += '' }
    azid completion suggest -- @words 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
        $text, $help = $_ -split "`t", 2
        $shown = if ($text -match '\s') { "'$text'" } else { $text }
        if (-not $help) { $help = $text }
        [System.Management.Automation.CompletionResult]::new($shown, $text, 'ParameterValue', $help)
    }
}
)~"},
};

}  // namespace

std::string_view completion_script(std::string_view shell) {
    const auto found = std::find_if(scripts.begin(), scripts.end(),
                                    [&](const Script& script) { return script.shell == shell; });
    return found == scripts.end() ? std::string_view() : found->text;
}

}  // namespace azid::render
