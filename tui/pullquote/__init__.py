"""pullquote: a terminal reader for news that shows who says what."""

__version__ = "0.1.0"
