"""What a Markdown note says of its source in the lines before its text."""

import json
import re
from contextlib import suppress

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_NAMES = {"title": "title", "source": "url", "url": "url", "link": "url", "pullquote": "article"}


def divided(note: str) -> tuple[dict[str, str], str]:
    """What is known of the source (`title`, `url`, our own `article`), and the note's own text."""
    note = note.replace("\r\n", "\n")
    front = _FRONT.match(note)
    if not front:
        return {}, note
    about = dict[str, str]()
    for line in front[1].split("\n"):
        key, _, value = line.partition(":")
        name = _NAMES.get(key.strip().lower())
        if name and value.strip():
            about.setdefault(name, _unquoted(value.strip()))
    return about, note[front.end() :]


def _unquoted(value: str) -> str:
    """A YAML scalar on one line."""
    if value.startswith('"'):
        with suppress(ValueError):
            return str(json.loads(value))
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value.strip("\"'")
