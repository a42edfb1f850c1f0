"""Search all notes and articles of the library by the words in them.

SQLite's full-text index (FTS5) knows words that have spaces between them; what is written without
is looked for as it stands. Soft hyphens and ligatures hide no word (pullquote/folding.py).
"""

import re
from typing import Any

import msgspec

from pullquote.folding import folded
from pullquote.library.database import Database
from pullquote.library.notes import Notes
from pullquote.notes.annotations import Annotation
from pullquote.notes.questions import CUT_BY_SPACES
from pullquote.text import one_line


class Hit(msgspec.Struct, frozen=True):
    """A place that a search found: in a note, which comes with it, or in an article's own words."""

    article: str
    title: str
    words: str  # around what was found, which stands between « and »
    note: Annotation | None = None


def search(database: Database, notes: Notes, query: str, limit: int) -> tuple[Hit, ...]:
    """Where all words of `query` stand: in the reader's notes, then in the newest articles."""
    words = folded(query).replace('"', " ").split()
    if not words:
        return ()
    rows = _with_words if CUT_BY_SPACES.fullmatch(query) else _with_characters
    hits = []
    for article, title, passage, *row in rows(database, words, limit):
        note = notes.decoded(*row) if row else None
        if note or not row:  # a damaged note is no hit
            hits.append(Hit(article, title, one_line(passage), note))
    return tuple(hits)


def titled(database: Database, query: str, limit: int) -> tuple[tuple[str, str, str, str], ...]:
    """Articles whose titles have all words of `query`, or whose id begins with it, newest first."""
    words = folded(query).replace('"', " ").split()
    if not words:
        return ()
    columns = "SELECT id, title, site, published FROM articles"
    if CUT_BY_SPACES.fullmatch(query):
        where = "number IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
        values = ["title : (" + " AND ".join(f'"{word}"*' for word in words) + ")"]
    else:
        where = " AND ".join(["instr(title, ?)"] * len(words))
        values = words
    rows = database.rows(
        f"{columns} WHERE {where} OR substr(id, 1, ?) = ? ORDER BY number DESC LIMIT ?",
        *values,
        len(query.strip()),
        query.strip().lower(),
        limit,
    )
    return tuple((row[0], one_line(row[1]), one_line(row[2]), row[3]) for row in rows)


def _with_words(database: Database, words: list[str], limit: int) -> list[tuple[Any, ...]]:
    """The article, its title, the passage and, of a note, its id and JSON."""
    match = " ".join(f'"{word}"*' for word in words)
    # The newest first, which the index can do without looking at all that match.
    notes = database.rows(
        "SELECT annotations.article, articles.title, snippet(note_words, -1, '«', '»', '…', 16), "
        "annotations.id, CAST(annotations.json AS BLOB) "
        "FROM note_words JOIN annotations ON annotations.number = note_words.rowid "
        "JOIN articles ON articles.id = annotations.article WHERE note_words MATCH ? "
        "ORDER BY note_words.rowid DESC LIMIT ?",
        match,
        limit,
    )
    texts = database.rows(
        "SELECT articles.id, articles.title, snippet(article_words, -1, '«', '»', '…', 16) "
        "FROM article_words JOIN articles ON articles.number = article_words.rowid "
        "WHERE article_words MATCH ? "
        "ORDER BY article_words.rowid DESC LIMIT ?",
        match,
        limit,
    )
    return [*notes, *texts]


def _with_characters(database: Database, words: list[str], limit: int) -> list[tuple[Any, ...]]:
    """The same for scripts that put no spaces between words, which the index knows nothing of."""
    piece = "substr({0}, max(1, instr({0}, ?1) - 20), 60)"
    numbers = range(1, len(words) + 1)
    in_note = " AND ".join(f"instr(words, ?{number})" for number in numbers)
    in_text = " AND ".join(
        f"(instr(text, ?{number}) OR instr(title, ?{number}))" for number in numbers
    )
    notes = database.rows(
        f"SELECT article, title, {piece.format('words')}, id, CAST(json AS BLOB) FROM ("
        "SELECT annotations.article, title, annotations.id, annotations.json, modified, "
        "exact || ' ' || comment || ' ' || tags || ' ' || verdict AS words "
        "FROM annotations JOIN articles ON articles.id = annotations.article) "
        f"WHERE {in_note} ORDER BY modified DESC LIMIT ?",
        *words,
        limit,
    )
    texts = database.rows(
        f"SELECT id, title, {piece.format('text')} FROM articles WHERE {in_text} "
        "ORDER BY number DESC LIMIT ?",
        *words,
        limit,
    )
    marked = re.compile("|".join(map(re.escape, words)))
    return [(*row[:2], marked.sub(r"«\g<0>»", row[2]), *row[3:]) for row in (*notes, *texts)]
