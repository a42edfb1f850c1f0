"""Highlights made in other programs come in: files in just the form that those write."""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.errors import PullquoteError
from pullquote.formats import export
from pullquote.formats.importers import NotThisFormat, read
from pullquote.formats.lua import NotATable, table
from pullquote.formats.registry import IMPORTERS
from pullquote.notes.annotations import Annotation
from pullquote.notes.incoming import Incoming
from pullquote.notes.reading import derived
from pullquote.settings import Settings
from tests.readings import note

TEXT = "“The quays belong to the town,” said Anna Petrov. Nobody asked the union, she added."
ARTICLE = Article(text=TEXT, title="Council: harbour to close", url="https://example.org/harbour")


def came(text: str | bytes) -> list[Incoming]:
    """The items of a file that became notes."""
    data = text.encode() if isinstance(text, str) else text
    return [one for one in read(data).notes if one.annotation]


def notes(text: str | bytes) -> list[Annotation]:
    return [one.annotation for one in came(text) if one.annotation]


def left_out(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [one.skipped or one.refused for one in read(data).notes if not one.annotation]


# --- Kindle

LINES = {
    "en": (
        "- Your Highlight on page 12 | Location 170-172 | Added on Friday, March 1, 2024 9:34:56 PM",
        "- Your Note on page 12 | Location 172 | Added on Friday, March 1, 2024 9:35:10 PM",
        "- Your Bookmark on page 12 | Location 172 | Added on Friday, March 1, 2024 9:36:00 PM",
    ),
    "en-GB": (
        "- Your Highlight at location 170-172 | Added on Friday, 1 March 2024 21:34:56",
        "- Your Note at location 172 | Added on Friday, 1 March 2024 21:35:10",
        "- Your Bookmark at location 172 | Added on Friday, 1 March 2024 21:36:00",
    ),
    "old": (
        "- Highlight Loc. 170-72  | Added on Friday, March 01, 2024, 09:34:56 PM",
        "- Note Loc. 172  | Added on Friday, March 01, 2024, 09:35:10 PM",
        "- Bookmark Loc. 172  | Added on Friday, March 01, 2024, 09:36:00 PM",
    ),
    "de": (
        "- Ihre Markierung auf Seite 12 | bei Position 170-172 | Hinzugefügt am Freitag, 1. März 2024 21:34:56",
        "- Ihre Notiz auf Seite 12 | bei Position 172 | Hinzugefügt am Freitag, 1. März 2024 21:35:10",
        "- Ihr Lesezeichen auf Seite 12 | bei Position 172 | Hinzugefügt am Freitag, 1. März 2024 21:36:00",
    ),
    "es": (
        "- La subrayado en la página 12 | posición 170-172 | Añadido el viernes, 1 de marzo de 2024 21:34:56",
        "- La nota en la página 12 | posición 172 | Añadido el viernes, 1 de marzo de 2024 21:35:10",
        "- El marcador en la página 12 | posición 172 | Añadido el viernes, 1 de marzo de 2024 21:36:00",
    ),
    "fr": (
        "- Votre surlignement sur la page 12 | Emplacement 170-172 | Ajouté le vendredi 1 mars 2024 à 21:34:56",
        "- Votre note sur la page 12 | Emplacement 172 | Ajouté le vendredi 1 mars 2024 à 21:35:10",
        "- Votre signet sur la page 12 | Emplacement 172 | Ajouté le vendredi 1 mars 2024 à 21:36:00",
    ),
    "it": (
        "- La tua evidenziazione a pagina 12 | posizione 170-172 | Aggiunto in data venerdì 1 marzo 2024 21:34:56",
        "- La tua nota a pagina 12 | posizione 172 | Aggiunto in data venerdì 1 marzo 2024 21:35:10",
        "- Il tuo segnalibro a pagina 12 | posizione 172 | Aggiunto in data venerdì 1 marzo 2024 21:36:00",
    ),
    "pt": (
        "- Seu destaque na página 12 | posição 170-172 | Adicionado: sexta-feira, 1 de março de 2024 21:34:56",
        "- Sua nota ou posição 172 | Adicionado: sexta-feira, 1 de março de 2024 21:35:10",
        "- Seu marcador ou posição 172 | Adicionado: sexta-feira, 1 de março de 2024 21:36:00",
    ),
    "ru": (
        "– Ваш выделенный отрывок на странице 12 | Место 170–172 | Добавлено: пятница, 1 марта 2024 г. в 21:34:56",
        "– Ваша заметка в месте 172 | Добавлено: пятница, 1 марта 2024 г. в 21:35:10",
        "– Ваша закладка в месте 172 | Добавлено: пятница, 1 марта 2024 г. в 21:36:00",
    ),
    "ja": (
        "- 12ページ|位置No. 170-172のハイライト |作成日: 2024年3月1日金曜日 21:34:56",
        "- 12ページ|位置No. 172のメモ |作成日: 2024年3月1日金曜日 21:35:10",
        "- 12ページ|位置No. 172のブックマーク |作成日: 2024年3月1日金曜日 21:36:00",
    ),
    "zh": (
        "- 您在第 12 页（位置 #170-172）的标注 | 添加于 2024年3月1日星期五 下午9:34:56",
        "- 您在位置 #172 的笔记 | 添加于 2024年3月1日星期五 下午9:35:10",
        "- 您在位置 #172 的书签 | 添加于 2024年3月1日星期五 下午9:36:00",
    ),
}


def clippings(
    *ones: tuple[str, str], title: str = "Council: harbour to close (The Courier)"
) -> str:
    """A file as the device writes it: CRLF, and a mark at each title."""
    return "".join(
        f"\ufeff{title}\r\n{line}\r\n\r\n{words}\r\n==========\r\n" for line, words in ones
    )


@pytest.mark.parametrize("language", LINES)
def test_a_clipping_comes_in_with_its_note_in_whatever_language_the_device_speaks(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    highlight, comment, bookmark = LINES[language]
    text = clippings(
        (highlight, "The quays belong to the town"), (comment, "who says?"), (bookmark, "")
    )
    (one,) = notes(text)
    assert (one.target.exact, one.comment, one.highlight) == (
        "The quays belong to the town",
        "who says?",
        1,
    )
    assert one.created == _local("2024-03-01T21:34:56")
    assert one.modified == _local("2024-03-01T21:35:10")
    assert came(text)[0].title == "Council: harbour to close"
    assert left_out(text) == ["bookmark"]


def _local(moment: str) -> str:
    from datetime import UTC, datetime

    local = datetime.fromisoformat(moment).astimezone()
    return local.astimezone(UTC).isoformat(timespec="milliseconds")


def at(place: str, kind: str = "Highlight") -> str:
    return f"- Your {kind} at location {place} | Added on Friday, 1 March 2024 21:34:56"


def test_a_highlight_that_was_made_longer_counts_in_its_last_form() -> None:
    text = clippings(
        (at("170-171"), "The quays belong"), (at("170-172"), "The quays belong to the town")
    )
    assert [one.target.exact for one in notes(text)] == ["The quays belong to the town"]
    assert left_out(text) == ["earlier form of a clipping"]


def test_a_note_goes_to_the_highlight_it_ends_and_one_without_stands_alone() -> None:
    text = clippings(
        (at("170-180"), "a long one"),
        (at("178-182"), "the next one"),
        (at("182", "Note"), "on the next"),
        (at("900", "Note"), "on the whole"),
    )
    assert [(one.target.exact, one.comment) for one in notes(text)] == [
        ("a long one", ""),
        ("the next one", "on the next"),
        ("", "on the whole"),
    ]
    assert [one.whole for one in came(text)] == [False, False, True]


def test_what_the_publisher_does_not_let_out_is_left_out() -> None:
    text = clippings(
        (at("1-2"), "<You have reached the clipping limit for this item>"), (at("3-4"), "yes")
    )
    assert left_out(text) == ["clipping over the publisher's limit"]


def test_a_clipping_of_no_known_kind_costs_itself_alone() -> None:
    text = clippings(("- Twoje zaznaczenie 3-4 | Dodano 1", "x"), (at("3-4"), "yes"))
    assert [one.target.exact for one in notes(text)] == ["yes"]
    assert left_out(text)[0].startswith("a clipping of no known kind: - Twoje")


# --- KOReader

NEW = r"""-- /mnt/onboard/news/harbour.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Harbour",
            ["color"] = "yellow",
            ["datetime"] = "2024-03-01 21:34:56",
            ["datetime_updated"] = "2024-03-01 21:40:00",
            ["drawer"] = "lighten",
            ["note"] = "who says?\
really",
            ["page"] = "/body/DocFragment[6]/body/p[3]/text().0",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[6]/body/p[3]/text().0",
            ["pos1"] = "/body/DocFragment[6]/body/p[3]/text().25",
            ["text"] = "“The quays \"belong\" to the town,”",
        },
        [2] = {
            ["datetime"] = "2024-03-01 21:50:00",
            ["page"] = "/body/DocFragment[6]/body/p[30]/text().0",
            ["text"] = "in Harbour",
        },
    },
    ["doc_pages"] = 20,
    ["doc_props"] = {
        ["authors"] = "The Courier",
        ["title"] = "Council: harbour to close",
    },
    ["percent_finished"] = 0.050656660412758,
    ["summary"] = {
        ["modified"] = "2024-03-01",
        ["status"] = "reading",
    },
}
"""

OLD = r"""-- we can read Lua syntax here!
return {
    ["bookmarks"] = {
        [1] = {
            ["chapter"] = "",
            ["datetime"] = "2022-03-01 21:34:56",
            ["highlighted"] = true,
            ["notes"] = "The quays belong to the town",
            ["page"] = 3,
            ["pos0"] = {
                ["page"] = 3,
                ["x"] = 101.40549545288,
                ["y"] = -4.5e-05,
            },
            ["text"] = "who says?",
        },
        [2] = {
            ["datetime"] = "2022-03-01 21:44:56",
            ["highlighted"] = true,
            ["notes"] = "Nobody asked the union",
            ["page"] = 3,
            ["text"] = "Page 3 Nobody asked the union @ 2022-03-01 21:44:56",
        },
        [3] = {
            ["datetime"] = "2022-03-01 21:54:56",
            ["page"] = 5,
            ["text"] = "Page 5 @ 2022-03-01 21:54:56",
        },
    },
    ["highlight"] = {
        [3] = {
            [1] = {
                ["datetime"] = "2022-03-01 21:34:56",
                ["drawer"] = "lighten",
                ["text"] = "The quays belong to the town",
            },
            [2] = {
                ["datetime"] = "2022-03-01 22:00:00",
                ["drawer"] = "underscore",
                ["text"] = "she added",
            },
        },
    },
    ["stats"] = {
        ["title"] = "Council: harbour to close",
    },
}
"""


def test_koreaders_annotations_come_in_in_their_new_form() -> None:
    (one,) = notes(NEW)
    assert (one.target.exact, one.comment) == (
        '“The quays "belong" to the town,”',
        "who says?\nreally",
    )
    assert (one.created, one.modified) == (
        _local("2024-03-01T21:34:56"),
        _local("2024-03-01T21:40"),
    )
    assert came(NEW)[0].title == "Council: harbour to close"
    assert left_out(NEW) == ["bookmark"]


def test_and_in_their_old_form_without_the_lines_that_the_program_made_up() -> None:
    assert [(one.target.exact, one.comment) for one in notes(OLD)] == [
        ("The quays belong to the town", "who says?"),
        ("Nobody asked the union", ""),
        ("she added", ""),
    ]
    assert left_out(OLD) == ["bookmark"]


def test_a_document_without_a_title_is_called_by_its_file() -> None:
    text = NEW.replace('["title"] = "Council: harbour to close"', '["language"] = "en"')
    text = text.replace('["doc_pages"] = 20', '["doc_path"] = "/mnt/news/Harbour to close.epub"')
    assert came(text)[0].title == "Harbour to close"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('return { ["annotations"] = os.execute("rm") }', 1),
        ('return {\n["annotations"] = { [1] = { ["text"] = "a" .. "b" } }\n}', 2),
        ('return {\n\n["annotations"] = { [1] = { ["text"] = "never ends } }\n}', 3),
        ('return { ["annotations"] = {} } os.exit()', 1),
        ('return { ["annotations"] = { [{}] = 1 } }', 1),
    ],
)
def test_what_is_more_than_a_table_is_refused_with_its_line_and_never_run(
    text: str, line: int
) -> None:
    with pytest.raises(NotThisFormat, match=f"metadata of KOReader .*line {line}$"):
        read(text.encode())


def test_tables_in_tables_have_an_end() -> None:
    with pytest.raises(NotThisFormat, match="more than 40 tables in one another"):
        read(('return { ["annotations"] = ' + "{" * 100_000).encode())


@given(
    st.recursive(
        st.text(st.characters(codec="utf-8")) | st.integers(-(10**12), 10**12) | st.booleans(),
        lambda inside: st.dictionaries(
            st.text(max_size=5) | st.integers(1, 99), inside, max_size=4
        ),
        max_leaves=12,
    ).filter(lambda value: isinstance(value, dict))
)
@example({"": "\0" + "0", "\r1": "\r2"})
def test_a_table_is_read_as_it_was_written(value: dict[Any, Any]) -> None:
    assert table(f"-- a file\nreturn {_lua(value)}\n") == value


def _lua(value: Any) -> str:
    """As KOReader's own writer has it (Lua's %q)."""
    if isinstance(value, dict):
        return "{" + "".join(f"[{_lua(key)}] = {_lua(one)},\n" for key, one in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\n")
    # with three digits, since a digit may follow
    return f'"{quoted.replace(chr(13), chr(92) + "013").replace(chr(0), chr(92) + "000")}"'


@given(st.text(max_size=60))
def test_any_text_is_a_table_or_said_to_be_none(text: str) -> None:
    with suppress(NotATable):
        assert isinstance(table(f"return {text}"), dict)


# --- Readwise

READWISE = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\n"
    '"The quays belong to the town",Council: harbour to close,The Courier,,"who says?\n'
    'really",yellow,"climate change, harbour",order,3,2024-03-01 21:34:56+00:00,\n'
    '"She said ""no"" to it.",Council: harbour to close,The Courier,,.h1 heading,,,order,7,,\n'
    ",Council: harbour to close,The Courier,,,,,,,,\n"
)


def test_readwises_own_export_comes_in_with_its_tags() -> None:
    first, second = notes(READWISE)
    assert (first.target.exact, first.comment) == (
        "The quays belong to the town",
        "who says?\nreally",
    )
    assert first.tags == ("climate change", "harbour")
    assert first.created == "2024-03-01T21:34:56.000+00:00"
    assert second.target.exact == 'She said "no" to it.'
    assert came(READWISE)[0].title == "Council: harbour to close"
    assert left_out(READWISE) == ["row without a highlight"]


def test_what_readwise_imports_comes_in_with_its_address_and_place() -> None:
    text = (
        "Highlight,Title,Author,URL,Note,Location,Date\r\n"
        "The quays belong,Council: harbour to close,,https://example.org/harbour,"
        "'=so,1,2024-03-01 21:34:56\r\n"
    )
    (one,) = came(text)
    assert one.annotation
    assert (one.url, one.annotation.comment) == ("https://example.org/harbour", "=so")
    assert one.annotation.target.span == (1, 17)


def test_our_table_of_annotations_is_not_taken_for_readwises() -> None:
    text = str(export([derived(ARTICLE, None, ())], "csv", Settings()))
    with pytest.raises(NotThisFormat, match="none of the formats that can be imported"):
        read(text.encode())


# --- Zotero

ZOTERO = """# Annotations\x20\x20
(3/1/2024, 9:34:56 PM)

“The quays belong to the town” ([Petrov, 2024, p. 3](zotero://select/library/items/ABCD2345)) ([pdf](zotero://open-pdf/library/items/EFGH6789?page=3&annotation=IJKL2345)) who says?

<mark style="background: #5fb236">Nobody asked “the union”</mark> [(p. 4)](zotero://open-pdf/library/items/EFGH6789?page=4&annotation=MNPQ2345)

([Petrov, 2024, p. 5](zotero://select/groups/123/items/ABCD2345)) ([snapshot](zotero://open/groups/123/items/EFGH6789?annotation=RSTU2345)) a comment on no words

- "she added" ([Petrov, 2024](zotero://select/library/items/ABCD2345)) ([pdf](zotero://open-pdf/library/items/EFGH6789?page=5&annotation=VWXY2345))

([Petrov, 2024](zotero://select/library/items/ABCD2345))
"""


def test_zoteros_annotations_come_in_with_what_was_written_behind_them() -> None:
    assert [(one.target.exact, one.comment) for one in notes(ZOTERO)] == [
        ("The quays belong to the town", "who says?"),
        ("Nobody asked “the union”", ""),
        ("", "a comment on no words"),
        ("she added", ""),
    ]
    assert left_out(ZOTERO) == ["citation without words"]
    assert {one.title for one in came(ZOTERO)} == {""}


def test_several_of_zoteros_annotations_in_one_paragraph_are_told_apart() -> None:
    link = "([Petrov, 2024, p. 3](zotero://select/library/items/ABCD2345))"
    text = f"# Harbour papers\n\n“one of them” {link} first comment “another one” {link} second\n"
    assert [(one.target.exact, one.comment) for one in notes(text)] == [
        ("one of them", "first comment"),
        ("another one", "second"),
    ]
    assert {one.title for one in came(text)} == {"Harbour papers"}


# --- Obsidian

CLIPPED = """---
title: "Council: harbour to close"
source: https://example.org/harbour?utm_source=x
author:
  - "[[Sam Roe]]"
tags:
  - clippings
---
# Council

> [!note] Kept
> Nothing ==here is **bold**== of it.

“==The [quays](https://example.org/q) belong to the town==%%who says?%%,” said Anna Petrov. a == b, x==1.
She added ==that nobody==[^1] had asked.

```
if a ==b== c
```

[^1]: not even the union
"""


def test_marked_words_of_a_clipped_page_come_in_with_those_around_them() -> None:
    assert [(one.target.exact, one.comment) for one in notes(CLIPPED)] == [
        ("here is bold", ""),
        ("The quays belong to the town", "who says?"),
        ("that nobody", "not even the union"),
    ]
    quays = notes(CLIPPED)[1]
    assert quays.target.suffix.startswith(",” said Anna Petrov.")
    (about,) = {(one.url, one.title) for one in came(CLIPPED)}
    assert about == ("https://example.org/harbour?utm_source=x", "Council: harbour to close")


@pytest.mark.parametrize(
    "text", ["# a\n\nx ==marked== y\n", "if a ==b and c== d:\n", "---\ntitle: T\n---\nplain\n"]
)
def test_a_text_that_names_no_source_or_has_no_marks_is_no_note(text: str) -> None:
    with pytest.raises(NotThisFormat, match=r"what can be imported: .*kindle.*zotero$"):
        read(text.encode())


plain_words = st.text(st.sampled_from("abc déf “x” 漢*_[]#=%"), min_size=1, max_size=30).map(
    lambda words: " ".join(words.split())
)


@pytest.mark.parametrize("form", ["obsidian", "readwise"])
@given(
    comment=st.lists(st.text(st.sampled_from("abc déf ,!?"), min_size=1), max_size=2).map(
        lambda ones: "\n\n".join(" ".join(one.split()) for one in ones if one.strip())
    ),
    tags=st.lists(st.sampled_from(("war", "首都", "a-b", "x_y")), unique=True, max_size=3),
    words=plain_words.filter(lambda words: any(char.isalnum() for char in words)),
)
def test_what_we_wrote_for_people_keeps_words_tags_and_comments(
    form: str, comment: str, tags: list[str], words: str
) -> None:
    article = Article(text=f"He said {words} then.", title="T", url="https://example.org/a")
    one = note(1, (8, 8 + len(words)), article.text, highlight=2, comment=comment, tags=tuple(tags))
    text = str(export([derived(article, None, (one,))], form, Settings()))
    (back,) = notes(text)
    assert back.target.exact == words
    assert back.comment == comment
    assert back.tags == tuple(tags)
    assert back.highlight == 2
    assert came(text)[0].url == article.url


# --- Hypothesis


def annotation(number: int, **more: Any) -> dict[str, Any]:
    """A row of the API's answer."""
    selectors = [
        {"type": "TextQuoteSelector", "exact": "The quays belong", "prefix": "“", "suffix": " to"}
    ]
    return {
        "id": f"mQwKpYJhEe2f8ZdCqQ3k{number:02}",
        "created": "2024-03-01T21:34:56.123456+00:00",
        "updated": "2024-03-01T21:34:56.123456+00:00",
        "user": "acct:ada@hypothes.is",
        "uri": "https://example.org/harbour",
        "text": "who says?",
        "tags": ["climate change", "harbour"],
        "group": "__world__",
        "target": [{"source": "https://example.org/harbour", "selector": selectors}],
        "document": {"title": ["Council: harbour to close"]},
        "flagged": False,
        "hidden": False,
    } | more


PAGE = annotation(2, text="read it again", target=[{"source": "https://example.org/harbour"}])
REPLY = annotation(
    3,
    text="the mayor",
    references=[annotation(1)["id"]],
    target=[{"source": "https://example.org/harbour"}],
)


@pytest.mark.parametrize("form", ["rows", "lines", "list"])
def test_the_apis_answers_and_lines_of_json_come_in(form: str) -> None:
    items = [annotation(1), PAGE, REPLY]
    text = {
        "rows": json.dumps({"total": 3, "rows": items}),
        "lines": "".join(f"{json.dumps(one)}\n" for one in items),
        "list": json.dumps(items),
    }[form]
    assert [(one.target.exact, one.comment) for one in notes(text)] == [
        ("The quays belong", "who says?"),
        ("", "read it again"),
        ("The quays belong", "the mayor"),
    ]
    assert [one.whole for one in came(text)] == [False, True, False]
    assert notes(text)[0].tags == ("climate change", "harbour")


def test_a_reply_to_a_note_that_is_not_there_is_on_the_page() -> None:
    (one,) = came(json.dumps({"total": 1, "rows": [REPLY]}))
    assert one.whole


def test_half_a_character_costs_its_own_item() -> None:
    bad = annotation(1, text="half: \ud83d")
    for text in (
        json.dumps({"total": 2, "rows": [bad, annotation(2)]}).encode(),
        f"{json.dumps(bad)}\n{json.dumps(annotation(2))}\n".encode(),
        json.dumps({"rows": [bad, annotation(2)]}, ensure_ascii=False).encode(
            errors="surrogatepass"
        ),
    ):
        assert len(notes(text)) == 1
        assert "half a character in it" in left_out(text)[0]


def test_a_line_that_is_cut_off_costs_its_own_item() -> None:
    text = f"{json.dumps(annotation(1))}\n{json.dumps(annotation(2))[:-40]}\n"
    assert len(notes(text)) == 1
    assert left_out(text)[0].startswith("annotation 2: ")


# --- whatever stands in them

FILES = (
    clippings((at("1-2"), "words"), (at("2", "Note"), "so")).encode(),
    NEW.encode(),
    OLD.encode(),
    READWISE.encode(),
    ZOTERO.encode(),
    CLIPPED.encode(),
    json.dumps({"total": 3, "rows": [annotation(1), PAGE, REPLY]}).encode(),
)


def read_or_refused(content: bytes) -> Sequence[Incoming]:
    """What a file holds; if it is refused, why, in one line."""
    try:
        return read(content).notes
    except PullquoteError as error:
        return [Incoming(refused=str(error))]


@given(st.data())
def test_no_bytes_are_a_traceback(data: st.DataObject) -> None:
    """A file with pieces of it taken out, put in or doubled is read or refused in one line."""
    content = bytearray(data.draw(st.sampled_from(FILES)))
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 40)))
        content[start:end] = data.draw(
            st.binary(max_size=6) | st.just(bytes(content[start:end]) * 2) | st.sampled_from(PIECES)
        )
    for one in read_or_refused(bytes(content)):
        assert bool(one.annotation) != bool(one.refused or one.skipped)
        assert "\n" not in one.refused


PIECES = (
    b'"',
    b"{",
    b"]",
    b"\\",
    b"\n==========\n",
    b"==",
    b"[^1]",
    b"%%",
    b"\xed\xa0\x80",
    b"\x00",
    b"|",
    b"- ",
)


@pytest.mark.parametrize(
    "hard",
    [
        "T (" * 100_000 + "\n- Your Highlight at location 1-2 | Added on 1\n\nx\n==========\n",
        "".join(f"T\n{at('1-2')}\n\nw{number}\n==========\n" for number in range(20_000)),
        "return {" + '["annotations"] = {' * 30 + '"' + "\\" * 400_000,
        "---\nurl: https://example.org/a\n---\n" + "==a " * 200_000,
        "---\nurl: https://example.org/a\n---\n" + "==[[a " * 200_000 + "b==",
        "[a](zotero://select/library/items/A) “b " * 40_000,
        "Highlight,Title\n" + '"a' * 200_000,
    ],
    ids=("authors", "clippings", "tables", "marks", "links", "zotero", "cells"),
)
def test_no_file_takes_longer_than_its_length_says(hard: str) -> None:
    """Each of these would not end if a pattern were worse than linear."""
    read_or_refused(hard.encode())


def test_all_that_comes_in_declares_what_it_carries() -> None:
    assert set(IMPORTERS) == {"kindle", "koreader", "zotero"}
    assert all(one.carries for one in IMPORTERS.working()[0])
