"""`python -m pullquote` is `pullquote`."""

from pullquote.cli import main

main(prog_name="pullquote")
