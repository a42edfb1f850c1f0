"""Search all notes and articles of the library by the words in them.

SQLite's full-text index (FTS5) knows words that have spaces between them; what is written without
is looked for as it stands.
"""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from pullquote.notes.annotations import Annotation
from pullquote.text import one_line

Rows = Callable[..., list[tuple[Any, ...]]]  # asks the library's file
Read = Callable[[str, bytes], Annotation | None]  # an annotation of an id, out of its row


class Hit(msgspec.Struct, frozen=True):
    """A place that a search found: in a note, which comes with it, or in an article's own words."""

    article: str
    title: str
    words: str  # around what was found, which stands between « and »
    note: Annotation | None = None


def search(rows: Rows, read: Read, query: str, limit: int) -> tuple[Hit, ...]:
    """Where all words of `query` stand: in the reader's notes, then in the newest articles."""
    words = query.replace('"', " ").split()
    if not words:
        return ()
    if _CUT_BY_SPACES.fullmatch(query):
        return _search_words(rows, read, " ".join(f'"{word}"*' for word in words), limit)
    return _search_characters(rows, read, words, limit)


def _search_words(rows: Rows, read: Read, match: str, limit: int) -> tuple[Hit, ...]:
    # The newest first, which the index can do without looking at all that match.
    notes = rows(
        "SELECT annotations.article, articles.title, snippet(note_words, -1, '«', '»', '…', 16), "
        "annotations.id, CAST(annotations.json AS BLOB) "
        "FROM note_words JOIN annotations ON annotations.number = note_words.rowid "
        "JOIN articles ON articles.id = annotations.article WHERE note_words MATCH ? "
        "ORDER BY note_words.rowid DESC LIMIT ?",
        match,
        limit,
    )
    texts = rows(
        "SELECT articles.id, articles.title, snippet(article_words, -1, '«', '»', '…', 16) "
        "FROM article_words JOIN articles ON articles.number = article_words.rowid "
        "WHERE article_words MATCH ? "
        "ORDER BY article_words.rowid DESC LIMIT ?",
        match,
        limit,
    )
    return _hits(read, [*notes, *texts])


def _search_characters(rows: Rows, read: Read, words: list[str], limit: int) -> tuple[Hit, ...]:
    """For scripts that put no spaces between words, which the index knows nothing of."""
    piece = "substr({0}, max(1, instr({0}, ?1) - 20), 60)"
    numbers = range(1, len(words) + 1)
    in_note = " AND ".join(f"instr(words, ?{number})" for number in numbers)
    in_text = " AND ".join(
        f"(instr(text, ?{number}) OR instr(title, ?{number}))" for number in numbers
    )
    notes = rows(
        f"SELECT article, title, {piece.format('words')}, id, CAST(json AS BLOB) FROM ("
        "SELECT annotations.article, title, annotations.id, annotations.json, modified, "
        "exact || ' ' || comment || ' ' || tags || ' ' || verdict AS words "
        "FROM annotations JOIN articles ON articles.id = annotations.article) "
        f"WHERE {in_note} ORDER BY modified DESC LIMIT ?",
        *words,
        limit,
    )
    texts = rows(
        f"SELECT id, title, {piece.format('text')} FROM articles WHERE {in_text} "
        "ORDER BY number DESC LIMIT ?",
        *words,
        limit,
    )
    marked = re.compile("|".join(map(re.escape, words)))
    return _hits(
        read, [(*row[:2], marked.sub(r"«\g<0>»", row[2]), *row[3:]) for row in (*notes, *texts)]
    )


def _hits(read: Read, found: list[tuple[Any, ...]]) -> tuple[Hit, ...]:
    """What was found in articles, and in the notes that can be read."""
    hits = []
    for article, title, words, *row in found:
        note = read(*row) if row else None
        if note or not row:
            hits.append(Hit(article, title, one_line(words), note))
    return tuple(hits)


# What the index can cut into words: no script that is written without spaces between them.
_CUT_BY_SPACES = re.compile(
    "[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]*"
)
