# Completion of pullquote in fish; `pullquote completion install` puts it where fish finds it.

function __pullquote_complete
    for line in (_PULLQUOTE_COMPLETE=fish_complete COMP_LINE=(commandline -cp | string collect) command pullquote 2>/dev/null)
        set -l parts (string split -m 2 \t -- $line)
        switch $parts[1]
            case plain
                printf '%s\t%s\n' $parts[2] $parts[3]
            case file
                complete -C "'' "(commandline -ct | string collect)
            case dir
                __fish_complete_directories (commandline -ct)
        end
    end
end

complete --command pullquote --no-files --keep-order --arguments '(__pullquote_complete)'
