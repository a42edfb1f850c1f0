"""Soft hyphens, zero-width spaces and ligatures do not stand between a name and who looks for it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pullquote.analysis.pipeline import analyse
from pullquote.folding import Folded, folded
from pullquote.reader.searching import found

set_text = st.text("abfi\u00adﬁﬃ\u200b\u200cé\u0301 ", max_size=30)


def test_what_only_sets_the_text_goes_and_spelling_stays() -> None:
    assert folded("An\u00adna Pe\u00adtrov’s ﬁrst oﬃ\u200bce") == "Anna Petrov’s first office"
    persian, accent = "می\u200cخواهم", unicodedata.normalize("NFD", "é")
    assert folded(persian + accent) == persian + accent


@given(set_text, st.data())
def test_every_stretch_of_the_folded_text_leads_back_to_its_letters(
    text: str, data: st.DataObject
) -> None:
    fold = Folded(text)
    assert fold.text == folded(text)
    if fold.text:
        start = data.draw(st.integers(0, len(fold.text) - 1))
        end = data.draw(st.integers(start + 1, len(fold.text)))
        there = text[slice(*fold.span((start, end)))]
        assert fold.text[start:end] in folded(there)
        assert len(folded(there)) <= end - start + 4  # two ligatures may be cut


@given(set_text)
def test_a_search_finds_a_word_however_it_is_set(text: str) -> None:
    for word in folded(text).split():
        assert any(word in folded(text[start:end]) for start, end in found(word, text))


def test_what_is_typed_may_itself_be_set() -> None:
    text = "the of\u00adﬁce and the oﬃce"
    assert [text[s:e] for s, e in found("office", text)] == ["of\u00adﬁce", "oﬃce"]
    assert found("oﬃce", "the office") == ((4, 10),)


SET = (
    "The council voted on Monday to close the har\u00adbour. “We could not go on paying,” said An\u00adna "
    "Pe\u00adtrov, the mayor. Anna Petrov came out of the of\u200bﬁce. “It is over,” she said."
)


def test_names_are_read_through_what_sets_them_and_lie_where_they_stand() -> None:
    findings = analyse(SET)
    assert "Anna Petrov" in [actor.name for actor in findings.actors]
    mayor = next(actor for actor in findings.actors if actor.name == "Anna Petrov")
    mentions = [SET[start:end] for start, end in mayor.mentions]
    assert "An\u00adna Pe\u00adtrov" in mentions
    assert "Anna Petrov" in mentions
    said = [SET[quote.content[0][0] : quote.content[-1][1]] for quote in findings.quotes]
    assert [words.strip("“”,") for words in said] == ["We could not go on paying", "It is over"]
