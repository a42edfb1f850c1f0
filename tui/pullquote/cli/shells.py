"""How bash, zsh and fish ask for completions, and are answered.

A script in each shell's own language (`shell_scripts/`) passes the line up to the cursor in
`COMP_LINE` and reads a line for each word back: what it is (`plain`, `file`, `dir`), the word, and
what is shown beside it, with tabs between. The names of files are left to the shell, which knows
how to quote and colour them. Words come unquoted; only bash leaves quoting them to the program.
"""

import os
import re
import shlex
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

from pullquote.text import one_line

_SCRIPTS = Path(__file__).parent / "shell_scripts"
_CURSOR = "\x00"  # marks where the line ends: no argument has it
_LISTED = {"33", "63", "64"}  # bash lists the words: '!', '?' and '@' (COMP_TYPE)


class Typed(NamedTuple):
    """What stands on the line before the cursor."""

    words: list[str]  # without the program and the last one
    last: str  # the word that is begun, without its quotes
    quote: str  # the quotation mark that is open in it; "" for none


def typed(line: str) -> Typed:
    """What is typed in `line`, as a shell reads it; quotation marks may be open at its end."""
    words: list[str] = []
    lexer = shlex.shlex(f"{line}{_CURSOR}", posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    quote = ""
    try:
        words.extend(lexer)
    except ValueError:  # a quotation mark is open
        words.append(lexer.token)
        state = str(getattr(lexer, "state", ""))  # no part of its types
        quote = state if state in ('"', "'") else ""
    *before, last = words or [""]
    return Typed(before[1:], last.partition(_CURSOR)[0], quote)


class _Completes(ShellComplete):
    script: ClassVar[str]

    @classmethod
    def script_text(cls) -> str:
        """The script that the shell reads."""
        return (_SCRIPTS / cls.script).read_text(encoding="utf-8")

    def source(self) -> str:
        return self.script_text()

    def get_completion_args(self) -> tuple[list[str], str]:
        return typed(os.environ.get("COMP_LINE", ""))[:2]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Each word once, what is a file before all others."""
        unique: dict[tuple[str, str], CompletionItem[Any]] = {}
        for one in super().get_completions(args, incomplete):
            unique.setdefault((one.type, one.value if one.type == "plain" else ""), one)
        return sorted(unique.values(), key=lambda one: one.type == "plain")

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return "\t".join((item.type, str(item.value), one_line(item.help or "")))


@add_completion_class
class Zsh(_Completes):
    """Zsh quotes words itself."""

    name = "zsh"
    script = "_pullquote"


@add_completion_class
class Fish(_Completes):
    """Fish quotes words itself, and leaves out those that do not fit."""

    name = "fish"
    script = "pullquote.fish"

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Of `--option=value` the option is a part of the word."""
        found = super().get_completions(args, incomplete)
        option, equals, _ = incomplete.partition("=")
        if option.startswith("--") and equals:
            for one in found:
                one.value = f"{option}={one.value}" if one.type == "plain" else one.value
        return found


@add_completion_class
class Bash(_Completes):
    """Bash replaces what it takes for the word by ours: from the last : or = on, and quoted."""

    name = "bash"
    script = "pullquote.bash"

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        found = super().get_completions(args, incomplete)
        if any(one.type != "plain" for one in found):  # it quotes them all as names of files
            return found
        line = typed(os.environ.get("COMP_LINE", ""))
        begun = [one for one in found if _folded(one.value).startswith(_folded(line.last))]
        found = begun or found
        lists = len(found) > 1 and os.environ.get("COMP_TYPE") in _LISTED
        for one in found:
            word = quoted(_from_last_break(one.value, line), line.quote)
            one.value = f"{word}  ({one_line(one.help)})" if lists and one.help else word
        return found


def _folded(word: str) -> str:
    return word.casefold()


def _from_last_break(word: str, line: Typed) -> str:
    """What bash replaces of a word: it begins anew at some marks outside of quotation marks."""
    if line.quote:
        return word
    marks = re.escape("".join(set(os.environ.get("COMP_WORDBREAKS", "")) & set(":=@")))
    found = re.match(f"(?s:.*[{marks}])", line.last) if marks else None
    return word.removeprefix(found[0]) if found else word


def quoted(word: str, quote: str = "") -> str:
    """A word as it is to be typed in a shell, after an open quotation mark or without one."""
    if quote == "'":
        return word.replace("'", r"'\''")
    if quote == '"':
        return re.sub(r'([\\"$`])', r"\\\1", word)
    return re.sub(r"([^\w@%+:,./=-])", r"\\\1", word)
