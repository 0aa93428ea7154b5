# Completion of azid for fish. Written by `azid generate completion fish`.
function __azid_suggest
    set -l words (commandline -opc) (commandline -ct | string collect --allow-empty)
    azid completion suggest -- $words[2..-1] 2>/dev/null
end
complete -c azid -f
complete -c azid -n 'not __azid_suggest | string match -q :files' -a '(__azid_suggest)'
complete -c azid -n '__azid_suggest | string match -q :files' -F
