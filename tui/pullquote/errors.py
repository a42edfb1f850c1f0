"""The base of all errors that a user is meant to see.

The message is one line that names the thing, the place and a way out. The command line prints it
and exits with status 2; the screen shows it where it happened.
"""


class PullquoteError(Exception):
    """An error to show to the user; the message is one line."""
