"""The analysis, whole: text in, findings out.

Furniture first, then the parse and the attributions, and from these actors with what they say:
quotes, claims, warnings. Paragraphs go through spaCy and the encoder in pieces, so that progress
can be shown.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from pullquote.analysis import DEFAULT_MODEL, SHIPPED, NoModel, analyser
from pullquote.analysis.furniture import find_furniture, prose_of
from pullquote.analysis.languages import Languages, languages
from pullquote.analysis.parsed import BATCH, Paragraph, Parsed, parsed_paragraphs
from pullquote.analysis.predicted import NOTHING, Reading
from pullquote.analysis.stages import Material, run
from pullquote.analysis.unfolding import unfolded
from pullquote.findings import Attribution, Findings
from pullquote.folding import Folded
from pullquote.text import Spans, paragraphs

if TYPE_CHECKING:
    from spacy.language import Language

# one token: marks at its ends would be taken off one by one, each time looking at all the rest
_NO_WORD = re.compile(r"\S{1000}")
_FIRST = 12  # paragraphs of a longer text whose findings are shown before the rest is done
_TELL = 16  # paragraphs from one report of progress to the next
_BOTH = 0.9  # of the time is the parse and the encoder's; the rest is the rules'


@cache
def pipeline(model: str = DEFAULT_MODEL) -> "Language":
    """The spaCy pipeline of that name, loaded once: the shipped one, or any that is installed.

    Raises:
        NoModel: There is no such pipeline, or it cannot be loaded.
    """
    import spacy

    try:
        where = SHIPPED if model == DEFAULT_MODEL else model
        nlp = spacy.load(where, exclude=["textcat", "entity_linker"])
    except (OSError, ImportError, ValueError) as error:
        way_out = "install it, or set another model in the settings"
        raise NoModel(f'the spaCy pipeline "{model}" cannot be loaded; {way_out}') from error
    if hasattr(nlp.tokenizer, "token_match"):  # a pipeline may have a tokenizer of its own
        nlp.tokenizer.token_match = _NO_WORD.match
    return nlp


def analyse(
    text: str,
    model: str = DEFAULT_MODEL,
    progress: Callable[[float], None] | None = None,
    so_far: Callable[[Findings], None] | None = None,
    cores: int = 2,
    language: str = "",
) -> Findings:
    """The findings in `text`.

    Args:
        text: As it comes through the door (tui/pullquote/text.py).
        model: The name of a spaCy pipeline with a parser and entities, shipped or installed.
        progress: Called with the share done, 0 to 1, from either of two threads.
        so_far: Called with the findings of the first part of a long text, and again each time that
            as much again is done.
        cores: With one the encoder waits for the parse instead of beginning beside it.
        language: "en" where all of it is to be analysed as English; else it is told from the text,
            and what is in another language is not analysed.

    Raises:
        NoModel: There is no such pipeline, or it cannot be loaded.
    """
    fold = Folded(text)
    work = _Work(fold.text, model, progress or (lambda share: None), language)
    # The encoder runs outside the interpreter's lock: beside the parse, and then in both threads.
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(work.predict) if cores > 1 else None
        due = _FIRST
        for done in work.parse():
            if so_far is not None and done >= due and len(work.prose) >= 2 * due:
                so_far(unfolded(work.findings(done), fold))
                due = 2 * done
        work.predict()  # what is left; on one core all of it
        if reading is not None:
            reading.result()
    return unfolded(work.findings(len(work.prose)), fold)


class _Work:
    """A text with what the parse and the encoder have made of it so far."""

    def __init__(self, text: str, model: str, tell: Callable[[float], None], language: str) -> None:
        self._text = text
        self._model = model
        self._tell = tell
        self._page = paragraphs(text)
        self._furniture = find_furniture(text, self._page)
        prose = prose_of(self._page, self._furniture)
        self._languages = Languages(language, prose, ()) if language else languages(text, prose)
        self.prose = self._languages.english
        self._parsed: list[Paragraph] = []
        self._reading = Reading(self._text, self.prose)
        self._shares = {"parse": 0.0, "model": 0.0}

    def parse(self) -> Iterator[int]:
        """Parse all paragraphs; behind each, how many the model has read, too."""
        for paragraph in parse(self._text, self.prose, self._model):
            self._parsed.append(paragraph)
            if len(self._parsed) % _TELL == 0:
                self._done("parse", len(self._parsed) / len(self.prose))
            yield min(len(self._parsed), self._reading.done)

    def predict(self) -> None:
        """Have the model read all paragraphs that another thread has not begun."""
        for done in self._reading.go_on():
            self._done("model", done / len(self.prose))

    def _done(self, part: str, share: float) -> None:
        self._shares[part] = max(share, self._shares[part])  # of two threads one may be late
        self._tell(_BOTH * sum(self._shares.values()) / 2)

    def findings(self, count: int) -> Findings:
        """The findings of the first `count` paragraphs."""
        first = self.prose[:count]
        end = first[-1][1] if first else len(self._text)
        predicted = self._reading.first(count)
        parsed = [paragraph for paragraph in self._parsed if paragraph.start < end]
        page = Parsed(self._text, parsed, self._furniture)
        material = Material(self._text, self._page, first, lambda: predicted, lambda: page)
        begun = Findings(
            analyser=analyser(self._model),
            language=self._languages.main,
            foreign=self._languages.foreign,
            furniture=self._furniture,
        )
        return run(material, begun, first="attributions")


def found_in(parsed: Parsed, page: Spans, attributions: list[Attribution], name: str) -> Findings:
    """The findings that follow from a parsed text and its attributions.

    Args:
        parsed: The text.
        page: Its paragraphs, in order.
        attributions: In text order; they get their stances and speakers.
        name: What the findings name as their analyser.
    """
    material = Material(parsed.text, page, page, lambda: NOTHING, lambda: parsed)
    begun = Findings(analyser=name, furniture=parsed.furniture, attributions=tuple(attributions))
    return run(material, begun, first="actors")


def parse(text: str, prose: Spans, model: str) -> Iterator[Paragraph]:
    """Paragraphs of `text`, each parsed when it is asked for.

    Args:
        text: The article's.
        prose: The paragraphs' spans, half-open, in code points.
        model: The name of a spaCy pipeline with a parser and entities, shipped or installed.

    Raises:
        NoModel: The pipeline named `model` cannot be loaded.
    """
    nlp = pipeline(model)
    return parsed_paragraphs(text, prose, lambda texts: nlp.pipe(texts, batch_size=BATCH))
