"""Where a corpus lies, as the commands are told it: the option for what fsspec has to know."""

import click


def pairs(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Options written as name=value."""
    pairs = [one.partition("=") for one in given]
    for name, sign, _ in pairs:
        if not name.strip() or not sign:
            raise click.BadParameter(f"{name}: write it as name=value", ctx, option)
    return {name.strip(): value.strip() for name, _, value in pairs}


storage_option = click.option(
    "--storage-option",
    "storage",
    callback=pairs,
    multiple=True,
    metavar="NAME=VALUE",
    help="What fsspec is told of the place, where it is none of this machine: anon=true.",
)
