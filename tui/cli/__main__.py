"""`python -m tui.cli` is `pullquote`."""

from tui.cli import main

main(prog_name="pullquote")
