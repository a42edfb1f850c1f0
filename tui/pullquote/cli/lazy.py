"""Groups of commands that are imported only when they are called: reading needs none of them."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that knows its commands by name.

    Args:
        lazy: The module in `pullquote.cli` and the function in it of each.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted((*super().list_commands(ctx), *self._lazy))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return _told_in_full(super().get_command(ctx, cmd_name))
        module, function = self._lazy[cmd_name]
        return _told_in_full(getattr(import_module(f"pullquote.cli.{module}"), function))


def _told_in_full(command: click.Command | None) -> click.Command | None:
    """Have lists of commands, in help and in the shell, say the whole sentence of what each does.

    Click cuts it after 45 characters for a shell.
    """
    if command is not None:
        command.short_help = command.short_help or (command.help or "").partition("\n\n")[0]
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _told_in_full(one)
    return command
