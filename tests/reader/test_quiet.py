"""Prose is quiet: apart from the tints of quotes, at most a tenth of the letters are styled."""

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Findings
from pullquote.library.store import Library
from tests.conftest import SHARED
from tests.reader.conftest import Desk, Open, at_desk

_GOLD = SHARED / "gold" / "polnear" / "dev" / "text"


def styled(at: Desk) -> float:
    """The share of the article's letters that look other than plain, whatever their ground."""
    view = at.screen.article
    plain = loud = 0
    for line in range(view.wrapped.head, len(view.wrapped)):
        for _, segment in at.words(line):
            letters = sum(character.isalpha() for character in segment.text)
            a, b = segment.style, view.base
            assert a is not None
            is_plain = (a.color, a.bold, a.italic, a.underline) == (
                b.color,
                b.bold,
                b.italic,
                b.underline,
            )
            plain, loud = plain + letters * is_plain, loud + letters * (not is_plain)
    return loud / (plain + loud)


async def test_the_shipped_article_is_quiet(desk: Open) -> None:
    async with desk() as at:
        assert 0 < styled(at) <= 0.1


async def test_a_text_full_of_names_is_quiet_too(
    library: Library, seed: Article, findings: Findings
) -> None:
    """Of somebody who is named in every line only some mentions are in their hue."""
    text = "\n".join(
        ["Ann Cole said that Ann Cole knew Ann Cole.", *["Ann Cole spoke again."] * 40]
    )
    said = [msgspec.structs.replace(findings.claims[4], content=((0, 9),), speaker="a1")]
    starts = [place for place in range(len(text)) if text.startswith("Ann Cole", place)]
    ann = Actor(
        id="a1",
        name="Ann Cole",
        kind=ActorKind.PERSON,
        mentions=tuple((start, start + 8) for start in starts),
    )
    found = Findings(analyser="none", actors=(ann,), claims=tuple(said))
    async with at_desk(library, Article(text=text), found) as at:
        assert 0 < styled(at) <= 0.1


async def test_where_room_is_for_one_mention_it_is_the_name(
    library: Library, seed: Article, findings: Findings
) -> None:
    """Not how somebody is described before."""
    text = "\n".join(["Opposition leader Karin Weber warned of it."] * 2)
    length = len(text) // 2 + 1
    karin = Actor(
        id="a1",
        name="Karin Weber",
        kind=ActorKind.PERSON,
        mentions=tuple(
            (at + start, at + end) for at in (0, length) for start, end in ((0, 17), (18, 29))
        ),
    )
    said = [msgspec.structs.replace(findings.claims[4], content=((30, 42),), speaker="a1")]
    found = Findings(analyser="none", actors=(karin,), claims=tuple(said))
    async with at_desk(library, Article(text=text), found) as at:
        view = at.screen.article
        hue = [
            segment.text
            for line in range(view.wrapped.head, len(view.wrapped))
            for _, segment in at.words(line)
            if segment.style and segment.style.bold
        ]
        assert "".join(hue).strip() in ("Karin Weber", "Karin WeberKarin Weber")


@pytest.mark.skipif(not _GOLD.is_dir(), reason="the gold articles are not beside this checkout")
async def test_gold_articles_are_quiet(library: Library) -> None:
    from pullquote.analysis.pipeline import analyse

    for path in sorted(_GOLD.glob("*.txt"))[::24]:
        text = path.read_bytes().decode()
        async with at_desk(library, Article(text=text), analyse(text)) as at:
            assert styled(at) <= 0.1, path.name
