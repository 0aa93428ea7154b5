# Completion of azid for PowerShell 7.3 and newer. Written by `azid generate completion powershell`.
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
