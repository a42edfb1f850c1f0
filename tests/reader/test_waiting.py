"""Notes that waited for an article are there when it is opened; tags keep their spaces."""

from textual.widgets import Input

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.importing import bring_in
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.notes.incoming import admitted, on_words
from pullquote.notes.reading import NOTE
from tests.reader.conftest import Open, at_desk

BRIDGE = Article(
    text="The bridge will open in May, they said.", title="A bridge", url="https://e.org/b"
)


async def test_it_is_told_that_notes_found_their_place(desk: Open, library: Library) -> None:
    notes = [
        on_words(words, source=words) for words in ("The bridge will open", "in May, they said")
    ]
    bring_in(library, [admitted(note, "", BRIDGE.url, "") for note in notes])
    library.articles.save(BRIDGE)
    async with desk() as at:
        await at.press("L", *"bridge", "down", "enter")
        await at.settle()
        assert "2 waiting notes found their place" in at.status
        assert len(library.notes.of(BRIDGE.id)) == 2


async def test_a_tag_with_a_space_stays_one(library: Library) -> None:
    library.articles.save(BRIDGE)
    note = annotate(BRIDGE.text, (4, 10), tags=("climate change", "may"))
    library.notes.add(BRIDGE.id, note)
    async with at_desk(library, BRIDGE, Findings(analyser="none")) as at:
        at.session.go_to(at.session.marks.every[NOTE][0])
        at.screen.show()
        await at.press("t")
        assert at.app.screen.query_one(Input).value == '"climate change" may '
        await at.press(*"now", "enter")
        (one,) = library.notes.of(BRIDGE.id)
        assert one.tags == ("climate change", "may", "now")
