"""Reading without a terminal: the session and its acts, and what they say of themselves."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.library.store import Library
from pullquote.notes.annotations import Edit
from pullquote.notes.corrections import offered
from pullquote.notes.reading import derived
from pullquote.reader import searching
from pullquote.reader.acts import ACTS, ASKING
from pullquote.reader.analysing import analyse
from pullquote.reader.bookmark import Bookmark
from pullquote.reader.guarded import Guarded
from pullquote.reader.opening import Opening
from pullquote.reader.questions import Question
from pullquote.reader.session import Session
from pullquote.reader.versioning import offer_earlier
from pullquote.settings import Settings
from tests.reader.test_guarded import locked


class Answers:
    """Answers an act's questions in turn; what a dialog would save, it saves."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[Any] = []
        self.why_not = ""  # what was answered last could not be saved

    async def __call__(self, question: Question[Any]) -> Any:
        self.asked.append(question)
        answer = self._answers.pop(0)
        save = getattr(question, "save", None)
        if save is not None and answer is not None:
            self.why_not = await save(answer)
        return answer


@pytest.fixture
def session(library: Library, seed: Article, findings: Findings) -> Session:
    library.articles.save(seed)
    return Session(derived(seed, findings, ()), Guarded(library), Settings())


def do(session: Session, *acts: str) -> str:
    """Do acts that ask nothing; what is said then."""
    for name in acts:
        said = ACTS[name](session)
        session.said = session.said if said is None else said
    return session.said


async def ask(session: Session, act: str, *answers: object) -> Answers:
    """Do an act that asks, and answer."""
    asker = Answers(*answers)
    said = await ASKING[act](session, asker)
    session.said = session.said if said is None else said
    return asker


def words(session: Session) -> str:
    """The words that an act applies to."""
    target = session.target()
    return session.text[slice(*target)] if target else ""


def speaker(session: Session) -> str:
    assert session.current
    assert session.reading.findings
    actor = session.reading.findings.actor(session.current.actor)
    return actor.name if actor else ""


# --- moving


def test_the_quotes_are_walked_round(session: Session) -> None:
    seen = []
    for _ in range(3):
        do(session, "quote.next")
        seen.append(speaker(session))
    assert seen == ["Maria Zakharova", "Sergei Shoigu", "Maria Zakharova"]


def test_the_way_back_leads_to_the_finding_and_not_only_to_its_place(session: Session) -> None:
    do(session, "claim.next")
    claim = session.current
    do(session, "warning.next", "quote.next", "jump.back", "jump.back")
    assert session.current == claim
    do(session, "jump.forward", "jump.forward")
    assert session.current
    assert session.current.layer is FindingKind.QUOTE


def test_where_no_jump_is_left_the_way_leads_to_the_article_before(
    library: Library, seed: Article, findings: Findings
) -> None:
    trail = (("another", 40), ("one", 70))
    reading = derived(seed, findings, ())
    session = Session(reading, Guarded(library), Settings(), Opening(trail=trail))
    do(session, "jump.back")
    assert session.destination == ("one", 70, (("another", 40),))


def test_where_there_is_none_of_a_kind_it_is_said_why(session: Session) -> None:
    assert do(session, "note.next") == "no notes of mine here yet"
    do(session, "quote.next")
    assert session.said == ""


# --- what an act applies to


def test_an_act_applies_to_the_selection_else_the_finding_else_the_sentence(
    session: Session,
) -> None:
    do(session, "paragraph.next")
    assert words(session).startswith("The possibility of Western boots")
    do(session, "quote.next")
    assert words(session) == "“legitimate targets”"
    do(session, "select.grow")
    assert words(session) == "legitimate"
    session.end_selection()
    assert words(session) == "“legitimate targets”"


def test_a_selection_takes_whole_words_and_either_end_moves(session: Session) -> None:
    do(session, "select", "selecting.word", "selecting.word", "selecting.word")
    assert words(session) == "France and the"
    do(session, "selecting.shrink")
    assert words(session) == "France and"
    do(session, "selecting.swap", "selecting.right")
    assert words(session) == "rance and"


# --- what is shown


async def test_one_actor_alone_is_shown_until_the_filter_is_cleared(session: Session) -> None:
    do(session, "quote.next")
    await ask(session, "filter.actor")
    assert session.said.startswith("shown: 1 quote")
    assert {mark.actor for mark in session.marks.of(FindingKind.QUOTE)} == {session.filters.actor}
    assert do(session, "filter.clear").startswith("everyone's findings: 2 quotes")


async def test_without_an_actor_here_those_who_say_something_are_offered(session: Session) -> None:
    session.go(0)
    asker = await ask(session, "filter.actor", None)
    assert session.actor_here() is not None or asker.asked[0].title == "Only what one actor says"


async def test_kinds_that_are_not_highlighted_are_still_walked(session: Session) -> None:
    await ask(session, "layers", frozenset({"quote"}))
    assert session.said == "not highlighted: quotes"
    assert FindingKind.QUOTE not in session.marks.highlighted()
    do(session, "quote.next")
    assert speaker(session) == "Maria Zakharova"


# --- what is added


async def test_a_highlight_is_in_the_library_undone_and_done_again(
    session: Session, library: Library
) -> None:
    do(session, "quote.next")
    await ask(session, "highlight", 1)
    assert session.said == "highlighted “legitimate targets” as question · u undoes it"
    (note,) = library.notes.of(session.reading.article.id)
    assert (note.target.exact, note.highlight) == ("“legitimate targets”", 2)
    await ask(session, "undo")
    assert session.said == "undone: highlight on “legitimate targets”"
    assert session.reading.annotations == library.notes.of(session.reading.article.id) == ()
    await ask(session, "redo")
    assert session.reading.annotations == (note,)
    await ask(session, "redo")
    assert session.said == "nothing to redo"


async def test_what_cannot_be_saved_changes_nothing_and_the_dialog_is_told_why(
    session: Session, library: Library
) -> None:
    do(session, "quote.next")
    with locked(library):
        asker = await ask(session, "note.write", "a thought")
        assert "locked" in asker.why_not
        assert "locked" in session.library.trouble
        assert session.reading.annotations == ()
    assert (await ask(session, "note.write", "a thought")).why_not == ""
    assert [note.comment for note in session.reading.annotations] == ["a thought"]
    assert session.library.trouble == ""


async def test_the_last_act_is_done_again_to_the_next_of_its_kind(session: Session) -> None:
    await ask(session, "repeat")
    assert session.said == "nothing to repeat yet"
    do(session, "claim.next")
    await ask(session, "highlight", 0)
    await ask(session, "repeat")
    await ask(session, "repeat")
    claims = session.marks.of(FindingKind.CLAIM)[:3]
    assert [note.target.span for note in session.reading.annotations] == [
        (mark.start, mark.end) for mark in claims
    ]


async def test_tags_that_a_note_has_are_not_given_again(session: Session) -> None:
    do(session, "quote.next")
    await ask(session, "tag", ("war",))
    do(session, "claim.next", "quote.previous")
    before = session.reading
    session.current = session.marks.of(FindingKind.QUOTE)[0]
    assert session.last
    await session.last.act()
    assert session.said == "“legitimate targets” #war: tagged so already"
    assert session.reading is before


async def test_notes_chosen_in_their_pane_are_tagged_as_one_act(session: Session) -> None:
    for _ in range(2):
        do(session, "claim.next")
        await ask(session, "highlight", 0)
    session.chosen = frozenset(note.id for note in session.reading.annotations)
    await ask(session, "tag", ("war",))
    assert session.said == "tagged 2 notes #war · u undoes it"
    await ask(session, "undo")
    assert [note.tags for note in session.reading.annotations] == [(), ()]


async def test_a_verdict_counts_the_claims_left_and_the_next_open_one_is_gone_to(
    session: Session,
) -> None:
    count = len(session.marks.of(FindingKind.CLAIM))
    do(session, "claim.next")
    first = session.current
    await ask(session, "verdict", 2)
    assert session.said.endswith(f"{count - 1} open, R goes on · u undoes it")
    do(session, "text.start", "verdict.next")
    assert session.current
    assert first
    assert session.current.start > first.start


async def test_a_correction_is_applied_and_where_there_is_nothing_the_way_is_told(
    session: Session,
) -> None:
    count = len(session.marks.of(FindingKind.CLAIM))
    await ask(session, "correct")
    assert session.said.startswith("no finding here")
    do(session, "claim.next")
    edits = [spec.edit for spec in offered(FindingKind.CLAIM)]
    await ask(session, "correct", edits.index(Edit.REJECT))
    assert len(session.marks.of(FindingKind.CLAIM)) == count - 1
    await ask(session, "undo")
    assert len(session.marks.of(FindingKind.CLAIM)) == count


async def test_a_first_version_has_no_other(session: Session) -> None:
    await ask(session, "versions")
    assert session.said == "the only version so far"


# --- searching


def test_a_search_goes_to_the_nearest_match_and_leads_back(session: Session) -> None:
    do(session, "quote.next")
    on, cursor = session.current, session.position.cursor
    searching.begin(session)
    searching.seek(session, "ukraine")
    assert session.position.cursor >= cursor
    assert words(session).startswith("Ukraine") or session.position.focus
    assert searching.count_line(session).endswith("Enter stays · Esc goes back")
    searching.end(session)
    assert (session.current, session.position.cursor) == (on, cursor)
    assert session.search.matches == ()


def test_a_match_that_one_stays_at_is_gone_on_from(session: Session) -> None:
    searching.begin(session)
    searching.seek(session, "france")
    assert searching.enter(session) == ""
    first = session.position.cursor
    do(session, "quote.next")
    assert session.text[session.position.cursor :].lower().startswith("france")
    assert session.position.cursor != first
    do(session, "jump.back", "jump.back")
    assert session.position.cursor == 0


# --- any acts

_TEXT = (
    "漢字とかな 👩\u200d👩\u200d👧 e\u0301\n\n\u0301 שלום עולם. “Quoted” 🇩🇪🇫🇷 नमस्ते — ok? e\u0301"
)
_SILENT = sorted(set(ACTS) - {"analysis.cancel"})


@given(
    st.sampled_from([_TEXT, "Word", "  \n\n ", ""]),
    st.lists(st.sampled_from(_SILENT), max_size=30),
)
def test_any_acts_leave_the_cursor_in_the_text_and_a_target_of_words(
    text: str, acts: list[str]
) -> None:
    reading = derived(Article(text=text), Findings(analyser="none"), ())
    session = Session(reading, None, Settings())  # type: ignore[arg-type]  # nothing is saved
    for name in acts:
        do(session, name)
        cursor = session.position.cursor
        assert cursor == session.on_text(cursor)
        assert not session.paragraphs or any(a <= cursor < b for a, b in session.paragraphs)
        for span in filter(None, (session.position.selected, session.target())):
            assert 0 <= span[0] < span[1] <= len(text)


def test_reading_needs_no_screen() -> None:
    code = (
        "import sys, pullquote.reader.session, pullquote.reader.acts, pullquote.reader.questions; "
        "print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --- corrections that want a selection, versions, the analysis, the place


async def test_what_a_selection_is_wanted_for_gets_it_and_nothing_else_does(
    session: Session,
) -> None:
    do(session, "quote.next")
    await ask(session, "highlight", 0)
    do(session, "note.next")
    await ask(session, "correct")
    assert "Enter saves" in session.said
    do(session, "selecting.shrink", "selecting.shrink")
    assert "Enter saves" in session.said
    await ask(session, "selecting.take")
    assert session.said == "placed on “legitimate” · u undoes it"
    assert session.on_selected is None
    assert session.position.selected is None


async def test_a_new_version_gets_the_notes_of_the_one_before(
    library: Library, seed: Article, session: Session
) -> None:
    library.articles.save(seed, origin="/tmp/a.txt")
    do(session, "quote.next")
    await ask(session, "highlight", 0)
    new = Article(text=f"{seed.text}\n\nUpdated.", title=seed.title)
    library.articles.save(new, origin="/tmp/a.txt")
    after = Session(derived(new, Findings(analyser="none"), ()), Guarded(library), Settings())
    asker = Answers(None)
    said = await offer_earlier(after, asker, seed.id, same_place=True)
    assert asker.asked[0].choices[-1] == "It is another article"
    assert said == "1 note not carried over yet: D does it, or shows what changed"
    assert await offer_earlier(after, Answers(0), seed.id) == "notes: 1 carried · 5 lists them"
    assert [note.target.exact for note in after.reading.annotations] == ["“legitimate targets”"]
    await offer_earlier(after, Answers(1), seed.id)
    assert after.destination
    assert after.destination.article == seed.id


NO_CLAIMS = Findings(analyser="pullquote/1")


async def test_what_the_analysis_finds_comes_into_the_reading_and_is_saved(
    library: Library, seed: Article, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.articles.save(seed)
    session = Session(derived(seed, None, ()), Guarded(library), Settings())
    seen: list[tuple[str, int]] = []
    session.changed = lambda: seen.append(
        (session.progress, len(session.marks.of(FindingKind.CLAIM)))
    )
    assert do(session, "claim.next") == "still reading: no claims found so far"  # it begins
    session.progress = "analysis stopped"
    assert do(session, "claim.next") == "not analysed, so no claims are known"
    session.progress = ""

    async def beside(text: str, model: str, tell: Any, show: Any, language: str) -> Findings:
        tell(0.5)
        session.said = do(session, "claim.next") or ""
        assert session.said == "still reading: no claims found so far"
        show(NO_CLAIMS)
        assert session.said  # which still holds
        show(findings)
        assert not session.said
        session.said = "still reading: no quotes found so far"
        return NO_CLAIMS

    monkeypatch.setattr("pullquote.reader.analysing.analyse_beside", beside)
    await analyse(session)
    assert not session.said  # there are none
    count = len(findings.claims)
    assert ("finding who says what … 50% (X stops it)", count) in seen
    assert ("finding who says what … 50% (X stops it)", 0) in seen
    assert library.findings.of(seed.id, NO_CLAIMS.analyser) == NO_CLAIMS
    assert do(session, "analysis.cancel") == "no analysis is running"


async def test_the_place_is_saved_where_it_has_changed(library: Library, seed: Article) -> None:
    library.articles.save(seed)
    guarded = Guarded(library)
    bookmark = Bookmark(seed.id, 0)
    bookmark.painted()
    bookmark.see(0, 500)
    bookmark.see(450, 900)
    bookmark.see(60, 700)
    await bookmark.save(guarded)
    assert library.articles.place(seed.id) == 60
    (entry,) = library.articles.entries()
    assert entry.read == pytest.approx(900 / len(seed.text), abs=0.01)
