"""Notes are found again in a later version of an article, or are orphans: never on other words."""

import subprocess
import sys

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.notes import anchoring
from pullquote.notes.anchoring import carried, locate
from pullquote.notes.annotations import (
    Correction,
    Edit,
    Placed,
    Target,
    annotate,
    on_targets,
    spans_of,
    target,
    targets,
)
from pullquote.notes.incoming import NOWHERE
from pullquote.text import Span, sentences
from tests.readings import notes, texts

OLD = """The Kremlin said on Monday that talks would resume. He called the offer “serious”, and left.

In Brussels, diplomats doubted it. The Kremlin had said so before, one of them recalled; nothing had come of it.

Macron told reporters that Europe was ready, whatever the Kremlin decided. “We will not be divided,” he said.
"""


def lies(words: str, within: str = "", text: str = OLD) -> Span:
    """Where `words` stand, in the first place that holds `within`."""
    start = text.index(words, text.index(within or words))
    return start, start + len(words)


def carried_words(span: Span, text: str) -> tuple[Placed, str]:
    """How `span` of the old text comes to lie in `text`, and on which words."""
    note = carried(annotate(OLD, span, comment="?"), OLD, text)
    return note.placed, "" if note.is_orphan else text[slice(*note.target.span)]


# --- what is the same stays


@given(st.data())
def test_in_an_unchanged_text_every_note_stays_where_it_is(data: st.DataObject) -> None:
    text = data.draw(texts)
    note = data.draw(notes(text, 1))
    now = carried(note, text, text)
    assert (now.target, now.placed, now.origin) == (note.target, Placed.CARRIED, note.id)
    assert now.id != note.id
    assert locate(note.target, text) == anchoring.Placement(*note.target.span, Placed.CARRIED)


@given(st.data(), texts)
def test_text_put_before_shifts_a_note(data: st.DataObject, more: str) -> None:
    """Unless its words, with their surroundings, are in there twice."""
    note = data.draw(notes(OLD, 1))
    text = more + "\n\n" + OLD
    start, end = note.target.span
    around = OLD[max(0, start - 32) : end + 32]
    assume(text.count(around) == 1 and len(around) > 48)
    now = carried(note, OLD, text)
    assert now.target.span == (start + len(more) + 2, end + len(more) + 2)
    assert text[slice(*now.target.span)] == note.target.exact


def test_every_sentence_of_an_article_is_found_after_a_correction_at_its_head(
    seed: Article,
) -> None:
    text = "Correction: an earlier version named the wrong day.\n\n" + seed.text
    for span in sentences(seed.text, (0, len(seed.text))):
        now = carried(annotate(seed.text, span), seed.text, text)
        assert text[slice(*now.target.span)] == seed.text[slice(*span)]


def test_marks_and_spaces_in_other_clothes_are_the_same_words() -> None:
    text = (
        OLD.replace("“", '"')
        .replace("”", '"')
        .replace("\n\n", "\n")
        .replace("Europe was", "Europe\u00a0was")
    )
    assert carried_words(lies("“We will not be divided,”"), text) == (
        Placed.CARRIED,
        '"We will not be divided,"',
    )
    assert carried_words(lies("Europe was"), text) == (Placed.CARRIED, "Europe\u00a0was")


def test_a_note_moves_with_its_paragraph() -> None:
    first, second, third = OLD.rstrip().split("\n\n")
    placed, words = carried_words(lies("diplomats doubted it"), "\n\n".join((third, second, first)))
    # it now comes after other words: worth a look
    assert (placed, words) == (Placed.MOVED, "diplomats doubted it")


# --- what has changed is found by the nearest wording


def test_a_reworded_quotation_is_found_and_worth_a_look() -> None:
    text = OLD.replace("We will not be divided", "We shall never be divided")
    assert carried_words(lies("“We will not be divided,”"), text) == (
        Placed.MOVED,
        "“We shall never be divided,”",
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("diplomts", "diplomats"), ("diplomatss", "diplomats"), ("ddiplomats", "diplomats")],
)
def test_a_corrected_slip_of_the_pen_leaves_the_note_on_the_whole_word(
    wrong: str, right: str
) -> None:
    old = OLD.replace(right, wrong)
    now = carried(annotate(old, lies(wrong, text=old)), old, OLD)
    assert (now.placed, now.target.exact) == (Placed.MOVED, right)


def test_a_note_over_two_paragraphs_holds_what_was_put_between_them() -> None:
    span = lies("He called")[0], lies("doubted it.")[1]
    text = OLD.replace("In Brussels", "A line of the editor.\n\nIn Brussels")
    placed, words = carried_words(span, text)
    assert placed is Placed.MOVED
    assert words.startswith("He called the offer")
    assert words.endswith("diplomats doubted it.")


def test_a_word_that_lost_the_space_behind_it_is_not_taken_for_both() -> None:
    _, words = carried_words(
        lies("diplomats"), OLD.replace("diplomats doubted", "diplomatsdoubted")
    )
    assert words == "diplomats"


# --- what is gone is an orphan, and keeps its words


def test_a_repeated_word_whose_sentence_went_is_not_found_in_another() -> None:
    second = lies("Kremlin", "The Kremlin had said")
    text = OLD.replace(
        " The Kremlin had said so before, one of them recalled; nothing had come of it.", ""
    )
    assert carried_words(second, text) == (Placed.ORPHANED, "")
    assert carried_words(lies("Kremlin"), text) == (Placed.CARRIED, "Kremlin")


def test_a_repeated_word_that_became_another_is_not_found_next_door() -> None:
    old = "They say that what he wanted was for the plan that he made to be one that he could drop at any time he liked."
    text = old.replace("that he made", "the envoy made")
    note = annotate(old, lies("he", "he made", old))
    assert carried(note, old, text).is_orphan


def test_an_orphan_keeps_its_words_and_its_place_in_the_old_text() -> None:
    note = annotate(OLD, lies("“We will not be divided,”"), comment="really?")
    now = carried(note, OLD, "Quite another article, on cheese.")
    assert now.is_orphan
    assert (now.target, now.comment, now.origin) == (note.target, "really?", note.id)


def test_an_orphans_words_that_come_back_are_found() -> None:
    note = annotate(OLD, lies("“We will not be divided,”"))
    without = "Quite another article, on cheese."
    orphan = carried(note, OLD, without)
    back = carried(orphan, without, OLD)
    assert (back.placed, back.target) == (Placed.CARRIED, note.target)


def test_a_corrections_targets_all_move(seed: Article, findings: Findings) -> None:
    quote = findings.quotes[0]
    speaker = lies("Emmanuel Macron", text=seed.text)
    edit = Correction(
        edit=Edit.SPEAKER,
        kind=FindingKind.QUOTE,
        analyser="golden",
        of=targets(seed.text, quote.content),
        to=targets(seed.text, (speaker,)),
    )
    note = annotate(seed.text, (quote.content[0][0], quote.content[-1][1]), correction=edit)
    text = "More is expected in the course of the day.\n\n" + seed.text
    shift = len(text) - len(seed.text)
    now = carried(note, seed.text, text)
    assert now.correction is not None
    assert spans_of(now.correction.of) == tuple(
        (start + shift, end + shift) for start, end in quote.content
    )
    assert spans_of(now.correction.to) == ((speaker[0] + shift, speaker[1] + shift),)


def test_a_correction_with_a_lost_target_is_an_orphan_as_a_whole() -> None:
    edit = Correction(
        edit=Edit.SPEAKER,
        kind=FindingKind.QUOTE,
        analyser="golden",
        of=targets(OLD, (lies("“We will not be divided,”"),)),
        to=targets(OLD, (lies("diplomats"),)),
    )
    note = annotate(OLD, lies("“We will not be divided,”"), correction=edit)
    now = carried(note, OLD, OLD.split("\n\n")[2])
    assert now.is_orphan
    assert (now.target, now.correction) == (note.target, note.correction)


# --- by selectors alone, as they come from other tools


@given(st.data(), texts, texts)
def test_what_is_located_is_like_the_quotation(data: st.DataObject, old: str, text: str) -> None:
    """Whatever the texts, a place below the floor is none."""
    one = data.draw(notes(old, 1)).target
    found = locate(one, text)
    if found:
        here = text[found.start : found.end].translate(anchoring._FOLDED)
        assert (
            Indel.normalized_similarity(one.exact.translate(anchoring._FOLDED), here)
            >= anchoring.FLOOR
        )


@given(st.data(), texts, texts)
def test_a_note_of_whole_graphemes_comes_to_lie_on_whole_graphemes(
    data: st.DataObject, old: str, more: str
) -> None:
    note = data.draw(notes(old, 1))
    at = data.draw(st.integers(0, len(old)))
    text = old[:at] + more + old[at + data.draw(st.integers(0, 2)) :]
    assume(set(note.target.span) <= graphemes(old))
    for found in (carried(note, old, text), locate(note.target, text)):
        if isinstance(found, anchoring.Placement):
            assert {found.start, found.end} <= graphemes(text)
        elif found and not found.is_orphan:
            assert set(found.target.span) <= graphemes(text)


def graphemes(text: str) -> set[int]:
    """Where graphemes begin and end."""
    return {0} | {one.end() for one in regex.finditer(r"\X", text)}


def test_a_quotation_without_position_is_found_by_its_words() -> None:
    one = target(OLD, lies("Kremlin", "The Kremlin had said"))
    nowhere = Target(NOWHERE, NOWHERE, one.exact, one.prefix, one.suffix)
    assert locate(nowhere, OLD) == anchoring.Placement(one.start, one.end, Placed.CARRIED)


def test_a_quotation_without_context_is_placed_where_it_is_long() -> None:
    assert locate(Target(NOWHERE, NOWHERE, "Kremlin"), OLD) is None
    # there once, but short: it may be any
    assert locate(Target(NOWHERE, NOWHERE, "doubted"), OLD) is None
    one = target(OLD, lies("had said so before, one of them recalled"))
    found = locate(Target(NOWHERE, NOWHERE, one.exact), OLD)
    assert found == anchoring.Placement(one.start, one.end, Placed.MOVED)


def test_a_quotation_with_nothing_but_its_position_is_placed_where_its_words_stand() -> None:
    start, end = lies("Kremlin", "The Kremlin had said")
    assert locate(Target(start, end, "Kremlin"), OLD) == anchoring.Placement(
        start, end, Placed.MOVED
    )
    assert locate(Target(start + 1, end + 1, "Kremlin"), OLD) is None


def test_two_places_that_cannot_be_told_apart_are_none() -> None:
    passage = "He said it again: nothing will ever change here, and nothing ever did. "
    one = target(passage * 3, lies("nothing will ever change", text=passage))
    assert (
        locate(Target(NOWHERE, NOWHERE, one.exact, one.prefix[-8:], one.suffix[:8]), passage * 3)
        is None
    )


def test_no_quotation_is_found_inside_longer_words() -> None:
    words = "art of the deal with Russia"
    assert locate(Target(NOWHERE, NOWHERE, words), f"It was the {words}, he said.") is not None
    assert (
        locate(Target(NOWHERE, NOWHERE, words), f"It was the counterp{words}nification, he said.")
        is None
    )


# --- in any script


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "总统周一在记者会上说,谈判将继续。他没有说明日期。",
            "据报道,总统周一在记者会上说,谈判将继续。他没有说明日期。",
            "谈判将继续",
        ),
        (
            "首相は月曜日、交渉は続くと述べた。日付は示さなかった。",
            "首相は月曜、交渉は続くと述べた。日付は示さなかった。",
            "交渉は続く",
        ),
        (
            "قال الرئيس إن المحادثات ستستمر رغم كل شيء.",
            "أمس قال الرئيس إن المحادثات ستستمر رغم كل شيء.",
            "المحادثات ستستمر",
        ),
        (
            "The family 👩\u200d👧 stayed 🙂 for the night.",
            "So 👩\u200d👧 the family 👩\u200d👧 stayed 🙂 for the night.",
            "stayed 🙂",
        ),
    ],
)
def test_a_quotation_is_found_in_any_script(old: str, new: str, words: str) -> None:
    now = carried(annotate(old, lies(words, text=old)), old, new)
    assert new[slice(*now.target.span)] == words


def test_a_place_ends_with_a_whole_grapheme() -> None:
    """“cafe” became “café”, with the accent as a character of its own."""
    old = "They met in the old cafe by the river, as they had done before."
    new = old.replace("cafe", "cafe\u0301")
    assert carried(annotate(old, lies("cafe", text=old)), old, new).target.exact == "cafe\u0301"


def test_a_reader_with_nothing_to_place_loads_nothing_for_it() -> None:
    code = "import sys, pullquote.notes.anchoring; sys.exit(bool({'rapidfuzz', 'regex'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_highlight_of_a_whole_long_article_is_found_by_its_ends(seed: Article) -> None:
    old = "\n\n".join(
        (
            seed.text,
            *(f"{number} delegates came from region {number * 7}." for number in range(200)),
        )
    )
    added = old[:3000] + " As we reported earlier, this has been denied." + old[3000:]
    now = carried(annotate(old, (0, len(old))), old, "Updated on Tuesday.\n\n" + added)
    assert now.target.exact == added


def test_no_target_is_left_behind(seed: Article) -> None:
    """Every target that a note has is of the new text, as `annotations.target` makes it."""
    note = annotate(OLD, lies("diplomats doubted it"))
    text = "More.\n\n" + OLD
    now = carried(note, OLD, text)
    assert on_targets(now, lambda one: target(text, one.span)) == now
