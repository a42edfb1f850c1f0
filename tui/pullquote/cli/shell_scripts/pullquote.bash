# Completion of pullquote in bash; `pullquote completion install` puts it where bash finds it.

_pullquote() {
    local program kind word beside file begun
    program=$(type -P pullquote) || program=$1
    COMPREPLY=()
    while IFS=$'\t' read -r kind word beside; do
        case $kind in
            plain) COMPREPLY+=("$word") ;;
            file | dir) file=$kind; begun=$word ;;
        esac
    done < <(
        _PULLQUOTE_COMPLETE=bash_complete COMP_LINE=${COMP_LINE:0:COMP_POINT} \
            COMP_TYPE=$COMP_TYPE COMP_WORDBREAKS=$COMP_WORDBREAKS "$program" 2>/dev/null
    )
    if [[ $file == dir ]]; then
        compopt -o dirnames 2>/dev/null
    elif [[ $file && ${#COMPREPLY[@]} == 0 ]]; then
        compopt -o default 2>/dev/null
    elif [[ $file ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do
            COMPREPLY+=("$word")
        done < <(compgen -f -- "$begun")
    fi
}

complete -o nosort -F _pullquote pullquote 2>/dev/null || complete -F _pullquote pullquote
