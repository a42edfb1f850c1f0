"""The command that shows the reader in a browser."""

import sys

import click

from pullquote.cli import completing, opening
from pullquote.cli.opening import data_option, one_line_errors, refuse, tell
from pullquote.errors import installing
from pullquote.settings import data_dir


@click.command("serve")
@click.argument("source", required=False, metavar="[ARTICLE]", shell_complete=completing.sources)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default="any that is free",
    help="The port on this machine.",
)
@data_option
def serve(source: str | None, port: int, data: str | None) -> None:
    """Show the reader in a browser on this machine.

    ARTICLE is a file, a URL, or an article's id in the library. Prints the address to open. It
    works on this machine alone, and has a secret in it: whoever knows it can read and write in the
    library as long as the command runs. Each tab is a reader of its own. Ctrl+C ends all of them.
    """
    try:
        from pullquote.cli.pages import HOST, Pages
    except ModuleNotFoundError as error:
        if error.name in {"aiohttp", "textual_serve", "aiohttp_jinja2"}:
            refuse(f"serve needs textual-serve; {installing('serve')} installs it")
        raise
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        named = [opening.article(source, settings, library, is_opened=True).id] if source else []
        library.close()
        folder = str(data_dir(data).resolve())
        command = [sys.executable, "-P", "-m", "pullquote", "read", *named, "--data", folder]
        try:
            pages = Pages(command, port)
        except OSError as error:
            refuse(f"{HOST}:{port}: {error.strerror}; choose another --port")
        click.echo(pages.address)
        tell("open this address in a browser; Ctrl+C ends")
        sys.stdout.flush()
        pages.run()
