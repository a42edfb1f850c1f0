"""What can be wrong, told in one line: all that we raise for a reader to see is one of these.

The message names the thing, the place and a way out; the command line prints it and ends with
status 2, the screen shows it where it happened.
"""


class PullquoteError(Exception):
    """Something that a reader can be told of; the message is one line."""
