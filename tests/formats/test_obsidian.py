"""The note for Obsidian: valid, and exported again without harm to what is around it."""

import re
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.formats.marked import loaded
from pullquote.formats.obsidian import NoMarkers, merged, obsidian
from pullquote.notes.annotations import Annotation
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from tests.readings import note, readings, seed_reading

SETTINGS = Settings()
TEXT = "They said so. And so it was."
HOSTILE = (
    "%% pullquote:end %%",
    "\n%% pullquote:end %%\n",
    "one %% two",
    "```\nno end",
    "- ```\n  no end",
    "~~~~\nno end\n~~~",
    "# A heading",
    "A heading\n===",
    "A heading\n---",
    "---\ntitle: mine\n---",
    "<script>alert(1)</script>",
    "one <!-- two",
    "\\<img src=x>",
    "$$ no end",
    "![](https://e.org/pixel)",
    "![[Secret]]",
    "words ^pq-00000000",
    "[words]: https://e.org/",
    "[^1]: a note",
    "[so](javascript:alert(1))",
    "1. a\n---\n   ```\n <b>\n```",
    "\r\n%% pullquote:end %%\u2028%% pullquote:end %%",
)


def written(comment: str = "", text: str = TEXT, **bodies: object) -> str:
    reading = derived(
        Article(text=text), None, (note(1, (0, len(text)), text, comment=comment, **bodies),)
    )
    return obsidian(reading, SETTINGS)


def structure(markdown: str) -> list[tuple[str, str]]:
    """The outermost blocks, and the kind of everything that is not text."""
    body = markdown.split("\n---\n", 1)[1]
    return [
        (token.type, token.content if token.type == "inline" else "")
        for token in parsed(body)
        if not token.level
    ]


def parsed(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).parse(markdown)


def test_a_note_is_a_callout_with_who_says_it_and_an_id_to_link_to(
    seed: Article, findings: Findings
) -> None:
    one = obsidian(seed_reading(seed, findings), SETTINGS)
    assert (
        "> [!quote] important · Emmanuel Macron (French President)\n> > legitimate targets\n>\n"
        in one
    )
    assert "> #### who decides that?\n>\n> =SUM(A1)\n>\n> #war #russia\n\n^pq-" in one
    assert "Verdict: **half true**" in one
    assert "Evidence: [A, “B” & C](<https://example.org/a?b=1&c=2>): “it \\<was\\> so”" in one
    assert one.index("## Notes whose words are gone") < one.index("> > a sentence gone")
    ids = re.findall(r"^\^(pq-[0-9a-f]{8})$", one, re.M)
    assert len(ids) == len(set(ids)) == one.count("[!quote]") == 4


@given(readings())
def test_the_properties_are_yaml_and_say_what_is_known(reading: Reading) -> None:
    _, head, _ = obsidian(reading, SETTINGS).split("---\n", 2)
    properties = yaml.safe_load(head)
    assert properties.get("title", "") == " ".join(reading.article.title.split())
    assert properties.get("source", "") == reading.article.url
    assert properties["pullquote"] == reading.article.id
    for tag in properties.get("tags", ()):
        assert re.fullmatch(r"[^\s#%^\[\]\"'`<>{}|\\,.:;!?@&*()+=~$]+", tag)
        assert not tag.isdigit()


def test_tags_follow_obsidians_rules() -> None:
    one = written(tags=("1984", "two words", "a/b_c", "c++", "हिन्दी", "!!!"))
    assert "> #_1984 #two-words #a/b_c #c #हिन्दी\n" in one


def test_the_readers_markdown_stays_as_written() -> None:
    comment = "So **it** is, see [[Macron]] and [this](https://e.org/).\n\n- one\n- two\n\n```python\n# <b>\n```"
    quoted = "\n".join(f"> {line}".rstrip() for line in comment.split("\n"))
    assert quoted in written(comment)


@pytest.mark.parametrize("comment", HOSTILE)
def test_no_comment_reaches_beyond_its_callout(comment: str) -> None:
    """One heading of our own, markers and callouts: no more is outside, whatever a note says."""
    for text in (comment, f"before\n\n{comment}\n\nafter", f"*so* {comment}"):
        one = written(text)
        assert structure(one) == structure(written("harmless"))
        inside = "\n".join(
            line.removeprefix(">") for line in one.split("\n") if line.startswith(">")
        )
        assert not re.search(r"%%|\$\$|(?<!\\)!\[[^q]", inside)
        kinds = {kid.type for token in parsed(one) for kid in (token, *(token.children or ()))}
        assert not kinds & {"html_block", "html_inline", "image"}
        headings = [
            token.tag
            for token in parsed(one.split("\n---\n", 1)[1])
            if token.type == "heading_open"
        ]
        assert [tag for tag in headings if tag < "h4"] == ["h2"]


# What of Markdown is in a comment as it is, and stays so.
HARMLESS = (
    "So **it** is, see [[Macron]] and [this](https://e.org/).",
    "Two lines\nof *one* paragraph",
    "- one\n- two\n  - three",
    "1. first\n2. second",
    "> as they say\n>\n> twice",
    "# A heading",
    "## A lower one",
    "### The third",
    "```python\n#### no heading\nx = 1\n```",
    "~~~\n#### neither\n~~~",
    "***",
    "`code` and a number: 1. no list",
)


def read_again(comment: str) -> str:
    """A comment that was exported, and imported from there."""
    (one,) = loaded(written(comment))
    assert one.annotation
    return one.annotation.comment


@given(st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=5))
def test_a_comment_comes_back_as_it_was_written(blocks: list[str]) -> None:
    comment = "\n\n".join(blocks)
    assert read_again(comment) == comment


@given(st.lists(st.sampled_from((*HARMLESS, *HOSTILE)) | st.text(max_size=30), max_size=4))
def test_exported_again_a_comment_that_was_imported_is_the_same(blocks: list[str]) -> None:
    """Whatever was in it: what had to be shown literally stays that, and nothing sinks or grows."""
    once = read_again("\n\n".join(blocks))
    assert read_again(once) == once


@given(readings(), st.sampled_from(HOSTILE))
def test_nothing_that_is_exported_can_fake_a_marker(reading: Reading, hostile: str) -> None:
    ones = tuple(_with(one, hostile) for one in reading.annotations)
    note = obsidian(derived(reading.article, None, ones), SETTINGS)
    assert len(re.findall("pullquote:begin [0-9a-f]{16} %%$", note, re.M)) == 1
    lines = note.split("\n")
    assert [line for line in lines if line.startswith("%%")] == [
        line for line in lines if "%%" in line
    ]
    assert sum(line.startswith("%%") for line in lines) == 2


def _with(one: Annotation, hostile: str) -> Annotation:
    from msgspec.structs import replace

    evidence = Evidence(url=f"https://e.org/{hostile}", title=hostile, quote=hostile)
    return replace(
        one,
        target=replace(one.target, exact=hostile),
        comment=hostile + one.comment,
        tags=(*one.tags, hostile),
        verdict=hostile,
        evidence=(evidence,),
    )


around = st.text(st.sampled_from("ab \n\r%-#>`\u2028") | st.characters(codec="utf-8"), max_size=30)


@given(readings(), readings(), around, around)
def test_exporting_again_changes_nothing_around_the_section(
    reading: Reading, other: Reading, before: str, after: str
) -> None:
    """What the reader wrote before and behind it, another article's section beside it."""
    new = obsidian(reading, SETTINGS)
    begin, end = (
        new.index("%% pullquote:begin"),
        new.index("%% pullquote:end %%") + len("%% pullquote:end %%"),
    )
    section, marker = new[begin:end], new[begin:].split("\n")[0]
    old = f"{before}\n{marker}\nsomething old\n%% pullquote:end %%\r\n{after}"
    if other.article.work != reading.article.work:
        old += "\n" + obsidian(other, SETTINGS)
    once = merged(new, old)
    assert once == old.replace(f"{marker}\nsomething old\n%% pullquote:end %%", section, 1)
    assert merged(new, once) == once
    assert merged(new, new) == new


def test_a_new_version_of_an_article_finds_the_old_ones_section() -> None:
    old, new = (
        obsidian(
            derived(Article(text=text, url="https://e.org/a?utm_source=x"), None, ()), SETTINGS
        )
        for text in ("as it was", "as it is")
    )
    assert "as it" not in merged(new, "mine\n" + old)
    assert merged(new, "mine\n" + old).startswith("mine\n---")


def test_a_file_without_one_clear_section_is_left_alone() -> None:
    new = written()
    begin, end = (
        next(line for line in new.split("\n") if f"pullquote:{mark}" in line)
        for mark in ("begin", "end")
    )
    for old in (
        "",
        "no markers",
        f"{begin}\n",
        f"{end}\n{begin}\n",
        f"{new}\n{new}",
        f"{begin}\n{new}",
        f"> {new}",
    ):
        broken = old if old != f"> {new}" else new.replace("%% pullquote", "> %% pullquote")
        with pytest.raises(NoMarkers, match=r"^there is .*pullquote:begin [0-9a-f]{16} %%"):
            merged(new, broken)


def test_callouts_keep_the_order_of_the_text() -> None:
    notes = tuple(
        note(number, (number, number + 2), TEXT, comment=f"note {number}") for number in (1, 5, 9)
    )
    one = obsidian(derived(Article(text=TEXT), None, notes), SETTINGS)
    places = [one.index(f"note {number}") for number in (1, 5, 9)]
    assert all(a < b for a, b in pairwise(places))
