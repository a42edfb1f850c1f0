"""An article's sources, counted."""

from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.audit import audit
from pullquote.findings import ReplyKind, Sourcing
from pullquote.kinds.sources import Bar, sources
from pullquote.notes.reading import derived

TEXT = """Ann Cole accused Tom Birch of hiding the tests. “He hid all of them,” said Ann Cole.

The report said that 40 tests had failed. A neighbour said that the yard was quiet.

Prosecutors alleged that Lena Holt had forged the stamp. Lena Holt could not be reached for comment.
"""


def test_voices_sourcing_and_replies_are_counted() -> None:
    found = analyse(TEXT)
    counts = audit(found, TEXT)
    first = found.actor(counts.voices[0].speaker)
    assert first is not None
    assert (first.name, counts.voices[0].words) == ("Ann Cole", 5)
    assert (counts.named, counts.documents) == (1, 1)
    assert counts.sourcing[Sourcing.DOCUMENT] == 1
    assert counts.sourcing[Sourcing.ANONYMOUS] == 1
    assert counts.sourcing[Sourcing.INSTITUTION] == 0
    assert counts.replies[ReplyKind.NOT_REACHED] == 1
    assert sum(counts.sourcing.values()) == counts.claims


def test_a_claim_against_somebody_who_was_not_asked_is_unanswered() -> None:
    found = analyse(TEXT)
    ones = [found.finding(identity) for identity in audit(found, TEXT).unanswered]
    accused = {found.actor(one.against).name for one in ones}  # type: ignore[union-attr]
    assert accused == {"Tom Birch"}


def test_a_reply_stands_beside_the_claims_about_who_was_asked() -> None:
    found = analyse(TEXT)
    (claim,) = (one for one in found.claims if one.cue == "alleged")
    assert [reply.kind for reply in found.replies_to(claim)] == [ReplyKind.NOT_REACHED]


def test_an_article_without_sources_has_none() -> None:
    counts = audit(analyse("The weather was fine."), "The weather was fine.")
    assert (counts.speakers, counts.claims, counts.voices) == (0, 0, ())


def test_who_was_asked_and_what_came_of_it_is_named() -> None:
    found = analyse(TEXT)
    counts = audit(found, TEXT)
    (asked,) = counts.asked
    actor = found.actor(asked.speaker)
    assert actor is not None
    assert (actor.name, asked.kind) == ("Lena Holt", ReplyKind.NOT_REACHED)
    assert counts.anonymous == 1


def test_the_sources_are_put_into_bars_and_words() -> None:
    article = Article(text=TEXT)
    counted = sources(derived(article, analyse(TEXT), ()))
    assert counted is not None
    speakers, words, claims = counted.charts
    assert speakers.bars[0] == Bar("named persons", 1, "●", "25%")
    assert (words.bars[0].label, words.bars[0].amount, words.most) == ("Ann Cole", 5, 5)
    assert sum(bar.amount for bar in claims.bars) == 5
    assert counted.asked == (
        ("Could not be reached", "Lena Holt"),
        ("Accused, but not heard", "Tom Birch (2 claims)"),
    )
    assert sources(derived(article, None, ())) is None
