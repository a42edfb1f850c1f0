"""`pullquote corpus`: the analysis of any number of articles, and questions to what is found.

Each command is in a module of its own, imported when it is called.
"""

import click

from pullquote.cli.lazy import LazyGroup

# module and function of each
_COMMANDS = {
    "analyze": ("corpus_analyzing", "analyze"),
    "audit": ("corpus_tables", "audit"),
    "from-library": ("corpus_library", "from_library"),
    "said": ("corpus_said", "said"),
    "sql": ("corpus_tables", "sql"),
    "to-library": ("corpus_library", "to_library"),
    "voices": ("corpus_voices", "voices"),
}


@click.group("corpus", cls=LazyGroup, lazy=_COMMANDS)
def corpus() -> None:
    """Analyse any number of articles into tables, and ask them.

    `analyze` writes a folder of Parquet tables, which every data tool reads; the other commands
    answer questions from it. Needs pullquote[corpus] to be installed. docs/corpus.md tells more.
    """
