"""Each row of replies holds for its sentence, and not for its near miss."""

import pytest

from pullquote.analysis.pipeline import analyse
from pullquote.analysis.replies.rows import ROWS, Row
from pullquote.findings import ReplyKind
from pullquote.text import joined


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.yes)
def test_a_reply_is_found_and_its_near_miss_is_not(row: Row) -> None:
    (reply,) = analyse(f"{row.yes} The weather was fine.").replies
    assert reply.kind is row.kind
    assert analyse(f"{row.no} The weather was fine.").replies == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Cole hit back at claims of fraud.", 1),
        ("Ann Cole hit back at the mayor.", 0),
        ("Ann Cole rejected that.", 1),
        ("Ann Cole rejected a plan that had failed.", 0),
    ],
)
def test_a_denial_needs_a_charge(text: str, found: int) -> None:
    assert len(analyse(f"{text} The weather was fine.").replies) == found


def test_a_reply_says_who_was_asked() -> None:
    text = "Ann Cole took the keys, said Tom Birch. Ann Cole could not be reached for comment."
    found = analyse(text)
    (reply,) = found.replies
    assert joined(text, reply.span) == "Ann Cole could not be reached for comment"
    assert found.actor(reply.speaker).name == "Ann Cole"  # type: ignore[union-attr]


def test_no_comment_in_marks_is_the_speakers() -> None:
    found = analyse("“No comment,” said Lena Holt. The weather was fine.")
    (reply,) = found.replies
    assert reply.kind is ReplyKind.DECLINED
    assert found.actor(reply.speaker).name == "Lena Holt"  # type: ignore[union-attr]


def test_a_denial_in_somebody_elses_words_is_no_reply() -> None:
    assert analyse("“They denied the claims again,” said Lena Holt.").replies == ()


def test_questions_that_remain_are_no_reply() -> None:
    assert analyse("But many questions remain unanswered: who would lead them?").replies == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Zoran Petrov said he had nothing to add.", [ReplyKind.DECLINED]),
        ("The firm said it had nothing further to say.", [ReplyKind.DECLINED]),
        ("Ann Cole had nothing to lose. There was nothing to say.", []),
    ],
)
def test_who_has_nothing_to_add_declines(text: str, kinds: list[ReplyKind]) -> None:
    assert [one.kind for one in analyse(text).replies] == kinds


@pytest.mark.parametrize(
    ("text", "is_reply"),
    [
        ("The judge rejected the claim that the pier was safe.", False),
        ("Judge Ann Cole dismissed the charges on Friday.", False),
        ("The Supreme Court rejected the argument that the tax was unfair.", False),
        ("The court denied the claim for damages.", False),
        ("The company rejected the claim that the pier was safe.", True),
        ("Ann Cole dismissed the charges as nonsense.", True),
        ("The judge rejected the allegations against her.", True),
        ("The judge denied taking bribes.", True),
    ],
)
def test_a_ruling_is_no_reply(text: str, is_reply: bool) -> None:
    assert bool(analyse(f"{text} The weather was fine.", cores=1).replies) is is_reply
