"""Annotations that come in from a file: what a format's reader hands over, before they are placed in an article."""

import msgspec

from tui.library.annotations import Annotation

NOWHERE = -1  # the start and end of a target for which the file gives no position


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a file: an annotation with what is known of its article, or why there is none."""

    annotation: Annotation | None = None
    refused: str = ""  # one line: what is wrong with the item
    article: str = ""  # the article's id in the library that wrote the file, where it says
    url: str = ""
    title: str = ""


class NotThisFormat(Exception):
    """A file that is not of the format at all; the message is one line that says what is wrong."""
