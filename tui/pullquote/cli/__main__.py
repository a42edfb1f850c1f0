"""`python -m pullquote.cli` is `pullquote`."""

from pullquote.cli import main

main(prog_name="pullquote")
