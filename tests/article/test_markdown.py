"""Markdown is read as it is rendered, with what its header says, whoever's program wrote it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.article.front_matter import fields
from pullquote.article.markdown import from_markdown
from pullquote.article.source import load
from pullquote.formats import export
from pullquote.formats.markdown import escaped, line
from pullquote.notes.annotations import annotate
from pullquote.notes.reading import derived
from pullquote.settings import Settings
from pullquote.text import clean


def quoted(article: Article) -> list[tuple[str, str]]:
    return [(part.by, article.text[slice(*part.span)]) for part in article.parts]


OBSIDIAN_CLIPPER = """\
---
title: "Council: harbour to close"
source: "https://example.org/news/harbour"
author:
  - "[[Sam Roe]]"
  - "[[people/Ann Cole|Ann Cole]]"
published: 2026-03-03
created: 2026-03-04
tags:
  - "clippings"
---
The council voted.
"""
MARKDOWNLOAD = """\
---
created: 2026-03-04T10:00:00 (UTC +01:00)
tags: []
source: https://example.org/news/harbour
author: Sam Roe, Ann Cole
date: 3 March 2026
title: Council: harbour to close
---

# Another

The council voted.
"""
HUGO = """\
---
title: 'Council: harbour to close'
date: 2026-03-03T09:12:44+01:00
authors: [{name: Sam Roe, url: https://x.example}, {name: Ann Cole}]
canonicalURL: https://example.org/news/harbour
lang: en_GB
draft: false
...
The council voted.
"""
READWISE = """\
---
Title: "Council: harbour to close"
Authors: ["Sam Roe", "Ann Cole"]
Publication Date: 2026-03-03
Source URL: "[the page](https://example.org/news/harbour)"
Source: The Norton Post
---
The council voted.
"""


@pytest.mark.parametrize("source", [OBSIDIAN_CLIPPER, MARKDOWNLOAD, HUGO, READWISE])
def test_what_clippers_write_is_known_of_the_article(source: str) -> None:
    article = from_markdown(source)
    assert article.title == "Council: harbour to close"
    assert article.byline == "Sam Roe, Ann Cole"
    assert article.published == "2026-03-03"
    assert article.url == "https://example.org/news/harbour"
    assert article.text.split("\n")[-1] == "The council voted."


def test_the_rest_of_a_header_is_known_too() -> None:
    assert from_markdown(HUGO).language == "en-GB"
    assert from_markdown(READWISE).site == "The Norton Post"


def test_of_several_dates_the_day_of_publication_counts_and_none_is_made_up() -> None:
    assert fields({"date": "2026-03-04", "published": "2026-03-03"})["published"] == "2026-03-03"
    assert fields({"created": "2026-03-04", "date": "some time", "author": None, "url": "x"}) == {}
    assert fields({"source": "The Norton Post", "by": 7, "title": True}) == {
        "site": "The Norton Post",
        "byline": "7",
    }


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nThe council voted.\n\n---\n",
        "---\n- a list\n---\nThe council voted.",
        "--- \n: {[\n",
    ],
)
def test_a_rule_is_no_header(source: str) -> None:
    article = from_markdown(source)
    assert not article.title
    assert re.findall(r"\w+", article.text) == re.findall(r"\w+", source)


def test_block_quotations_are_quotations_with_who_is_named_below() -> None:
    source = (
        "The mayor wrote:\n\n> I was wrong.\n>\n> I am *sorry*.\n\nTom answered:\n\n> No comment.\n>\n"
        "> — Tom Ashby, docker\n\n> “It is over,” said Joan Fry.\n> She left.\n\n> It is.\n> -- Lee Chan\n"
    )
    article = from_markdown(source)
    assert quoted(article) == [
        ("", "“I was wrong.\n“I am sorry.”"),
        ("Tom Ashby", "“No comment.” — Tom Ashby, docker"),
        ("", "“It is over,” said Joan Fry. She left."),
        ("Lee Chan", "“It is.” — Lee Chan"),
    ]


def test_callouts_are_what_their_kind_says() -> None:
    source = (
        "> [!note] Beware\n> The harbour is closed.\n\n> [!WARNING]\n> No swimming.\n\n"
        "> [!quote]- Anna Petrov\n> It is over.\n\n> [!info]\n> She said:\n> > It is.\n"
    )
    article = from_markdown(source)
    assert article.text.split("\n") == [
        "Beware",
        "The harbour is closed.",
        "No swimming.",
        "“It is over.” — Anna Petrov",
        "She said:",
        "“It is.”",
    ]
    assert [by for by, _ in quoted(article)] == ["Anna Petrov", ""]


def test_pieces_of_html_are_read_as_in_a_page() -> None:
    source = (
        "<blockquote><p>We could not go on.</p></blockquote>\n\n<p>“A relief,” said <b>Irene</b> Falk.</p>\n\n"
        "<!-- a comment -->\n\n<details><summary>More</summary>\n\nHidden *but* real.\n\n</details>\n\n"
        "<script>alert('no')</script>\n\n<h2>Next</h2>\n\nShe said <q>no</q>,<br>and <i>left</i>.\n"
    )
    article = from_markdown(source)
    assert article.text.split("\n") == [
        "“We could not go on.”",
        "“A relief,” said Irene Falk.",
        "More",
        "Hidden but real.",
        "Next",
        "She said “no”, and left.",
    ]
    assert quoted(article) == [("", "“We could not go on.”")]
    assert [article.text[slice(*span)] for span in article.headings] == ["Next"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It is ==over *now*== and ==so==.", "It is over now and so."),
        ("a == b and c == d, ====", "a == b and c == d, ===="),
        (r"\=\=not marked\=\=", "==not marked=="),
        ("`==code==`", "==code=="),
        ("See [[Wiki link|shown words]], [[Notes#Part]] and [[Sam Roe]].", "See shown words, Notes > Part and Sam Roe."),
        (r"\[\[not a link\]\]", "[[not a link]]"),
        ("Before ![[picture.png]] and ![a quay](q.png) after.", "Before and after."),
        ("A note[^1] here.\n\n[^1]: It says so.", "A note here.\nIt says so."),
        ("Inline^[It says so.] here.", "Inline here.\nIt says so."),
        ("- [ ] one\n- [x] two\n", "one\ntwo"),
        ("Seen. %%not seen%% Seen.\n\n%%\nnor this\n%%\n\n100%% of 50%% is.", "Seen. Seen.\n100%% of 50%% is."),
        ("A paragraph. ^ab12cd\n\nE = mc ^2\n\n^pq-1234abcd", "A paragraph.\nE = mc ^2"),
        ("~~gone~~ kept", "kept"),
        ("| Who | What |\n|---|---|\n| Petrov | “No *choice*” |", "Who | What\nPetrov | “No choice”"),
        ("1. one\n2. two\n   - three", "one\ntwo\nthree"),
        ("“First line,  \nsecond line,” said Ben.", "“First line, second line,” said Ben."),
        ("```\ncode\n  here\n```", "code\nhere"),
        ("AT&amp;T <https://x.example> ok", "AT&T https://x.example ok"),
    ],
)  # fmt: skip
def test_marks_of_github_and_obsidian_become_their_words(source: str, text: str) -> None:
    assert from_markdown(source).text == text


sentences = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" =[]|*%^>#-<&`~"), min_size=1, max_size=40
).filter(lambda text: re.search(r"\w", text) is not None)  # fmt: skip


@given(sentences)
def test_what_we_write_as_markdown_reads_as_it_was(text: str) -> None:
    assert from_markdown(f"{line(clean(text))}\n").text == " ".join(clean(text).split())


@given(st.lists(sentences.map(escaped), max_size=5).map("\n\n> ".join))
def test_no_letter_is_lost_and_all_spans_lie_in_the_text(source: str) -> None:
    article = from_markdown(clean(source))
    spans = [*article.headings, *(part.span for part in article.parts)]
    assert all(0 <= start < end <= len(article.text) for start, end in spans)


@pytest.mark.parametrize("form", ["markdown", "obsidian"])
def test_our_own_export_opens_again_as_it_was(form: str, tmp_path: Path) -> None:
    about = {
        "title": "Council: “harbour” to [[close]] #1",
        "byline": "Sam Roe, Ann Cole",
        "site": "The Norton Post",
        "url": "https://example.org/news/harbour",
        "published": "2026-03-03",
    }
    article = Article(text="The council *voted* to ==close== [[it]] at 100%% on Monday.", **about)
    reading = derived(
        article, None, (annotate(article.text, (0, len(article.text)), comment="so?"),)
    )
    path = tmp_path / "export.md"
    written = export([reading], form, Settings())
    assert isinstance(written, str)
    path.write_text(written)
    again = load(str(path))
    assert {name: getattr(again, name) for name in about} == about
    assert f"“{article.text}”" in again.text.split("\n")
    assert "so?" in again.text.split("\n")
