"""`pullquote corpus`: the analysis of any number of articles, and questions to what is found.

Each command is in a module of its own, imported when it is called.
"""

from importlib import import_module

import click

# Module and function of each command.
_COMMANDS: dict[str, tuple[str, str]] = {
    "analyze": ("corpus_analyzing", "analyze"),
    "audit": ("corpus_tables", "audit"),
    "from-library": ("corpus_library", "from_library"),
    "said": ("corpus_said", "said"),
    "sql": ("corpus_tables", "sql"),
    "to-library": ("corpus_library", "to_library"),
    "voices": ("corpus_voices", "voices"),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, function = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"pullquote.cli.{module}"), function)
        return command


@click.group("corpus", cls=_Commands)
def corpus() -> None:
    """Analyse any number of articles into tables, and ask them.

    `analyze` writes a folder of Parquet tables, which every data tool reads; the other commands
    answer questions from it. Needs pip install 'pullquote[corpus]'. docs/corpus.md tells more.
    """
