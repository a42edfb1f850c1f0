"""The analysis as spaCy components, for anybody's pipeline.

Each runs its stage (stages.py) and adds what it finds to the doc: `doc._.pullquote` is a
`Findings`, `doc._.pullquote_data` the same as plain data, which is what spaCy stores, and
`doc.spans["pullquote_quotes"]` and the like show it. Offsets are characters of `doc.text`.

The findings are those of `analyse()` over the same text, which parses each paragraph by itself; so
the stages that need a parse have the paragraphs parsed anew by the pipes before them, once for all
stages. With `reparse` off they take the doc's own parse as it is: faster, and the only way where
the parse is by hand, but sentences may run over the ends of paragraphs, and findings differ.

Registered as entry points, so that `nlp.add_pipe("pullquote_attributions")` works without an
import.
"""

import weakref
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from pullquote.analysis import VERSION, AnalysisFailed
from pullquote.analysis.furniture import prose_of
from pullquote.analysis.languages import Languages, languages
from pullquote.analysis.parsed import (
    BATCH,
    Paragraph,
    Parsed,
    is_one_paragraph,
    parsed_paragraphs,
)
from pullquote.analysis.predicted import Predicted, predicted
from pullquote.analysis.stages import NAMES, STAGES, Material, Stage
from pullquote.findings import FindingKind, Findings
from pullquote.text import Span, Spans, paragraphs

_FACTORY = "pullquote_{}".format
_PARSE = {"DEP": "a parser", "TAG": "a tagger", "LEMMA": "a lemmatizer", "ENT_IOB": "entities"}


class OutOfOrder(AnalysisFailed):
    """A component stands where it cannot work; one line says what must be where."""


# --- what a doc holds


class _Held(msgspec.Struct):
    """The part of `doc._.pullquote_data` that is no finding: the stages that have run."""

    stages: list[str] = []


def _findings(doc: Doc) -> Findings:
    """What the stages so far found, made of the doc's data at each call."""
    return msgspec.convert(doc._.pullquote_data or {"analyser": f"pullquote/{VERSION}"}, Findings)


def _stages(doc: Doc) -> list[str]:
    return msgspec.convert(doc._.pullquote_data or {}, _Held).stages


def _hold(doc: Doc, found: Findings, stages: list[str]) -> None:
    doc._.pullquote_data = msgspec.json.decode(msgspec.json.encode(found)) | {"stages": stages}


if not Doc.has_extension("pullquote"):
    Doc.set_extension("pullquote_data", default=None)
    Doc.set_extension("pullquote", getter=_findings)


# --- spans, for displaCy and whoever works with `doc.spans`


class _Shown(NamedTuple):
    """A span of `doc.spans`: its label, and the id of the actor or attribution that it is of."""

    span: Span
    label: str
    identity: str = ""


def _roles(found: Findings) -> Iterator[_Shown]:
    for one in found.attributions:
        for role in ("source", "cue", "content"):
            yield from (_Shown(span, role, one.id) for span in getattr(one, role))


def _of_kind(found: Findings, kind: FindingKind) -> Iterator[_Shown]:
    for one in found.of(kind):
        label = getattr(one, next(iter(one.choices)))
        yield from (_Shown(span, label, one.attribution or one.id) for span in one.spans)


SHOWN: dict[str, Callable[[Findings], Iterable[_Shown]]] = {
    "furniture": lambda f: (_Shown(s, "furniture") for s in f.furniture),
    "attributions": _roles,
    **{kind.plural: partial(_of_kind, kind=kind) for kind in FindingKind},
}


def _show(doc: Doc, name: str, found: Findings) -> None:
    """Put a stage's findings into `doc.spans`, on whole tokens."""
    spans = [
        doc.char_span(
            *one.span, label=str(one.label), span_id=one.identity, alignment_mode="expand"
        )
        for one in SHOWN[name](found)
    ]
    doc.spans[_FACTORY(name)] = [span for span in spans if span is not None]


# --- the components


class Component:
    """One stage of the analysis in a pipeline."""

    def __init__(self, nlp: Language, stage: Stage, reparse: bool = True) -> None:
        self._nlp = nlp
        self._stage = stage
        self._reparse = reparse

    def __call__(self, doc: Doc) -> Doc:
        """`doc` with this stage's findings. Raises `OutOfOrder`."""
        name = self._stage.name
        done = _before(self._stage, _stages(doc))
        before = _findings(doc)
        kept = {
            stage: getattr(before, stage) for stage in done
        }  # a stage is named as what it gives
        furniture: Spans = kept.get("furniture", ())
        told = languages(doc.text, prose_of(paragraphs(doc.text), furniture))
        found = Findings(
            analyser=self._analyser(), language=told.main, foreign=told.foreign, **kept
        )
        found = self._stage.added(self._material(doc, told, furniture), found)
        _hold(doc, found, [*done, name])
        _show(doc, name, found)
        return doc

    def _analyser(self) -> str:
        meta = self._nlp.meta
        return f"pullquote/{VERSION} {meta['lang']}_{meta['name']}/{meta['version']}"

    def _material(self, doc: Doc, told: Languages, furniture: Spans) -> Material:
        text, prose = doc.text, told.english

        def parsed() -> Parsed:
            return Parsed(text, self._paragraphs(doc, prose), furniture)

        def said() -> Predicted:
            return _last_predicted.of(doc, prose)

        return Material(text, paragraphs(text), prose, said, parsed)

    def _paragraphs(self, doc: Doc, prose: Spans) -> list[Paragraph]:
        if not self._reparse or is_one_paragraph(doc.text, prose):
            found = [Paragraph(0, doc)]
        else:
            found = _last_parsed.of(doc, prose, self._pipe)
        for paragraph in found[:1]:
            _check_parse(self._stage, paragraph.doc)
        return found

    def _pipe(self, texts: Iterable[str]) -> Iterable[Doc]:
        """The texts through the pipes that stand before this one; not those of the analysis."""
        docs: Iterable[Doc] = map(self._nlp.make_doc, texts)
        for _, pipe in self._nlp.pipeline:
            if pipe is self:
                break
            if not isinstance(pipe, Component):
                docs = (
                    pipe.pipe(docs, batch_size=BATCH) if hasattr(pipe, "pipe") else map(pipe, docs)
                )
        return docs


def _before(stage: Stage, done: list[str]) -> list[str]:
    """The stages that ran before this one, which may run again; raises `OutOfOrder`."""
    if stage.name in done:
        done = done[: done.index(stage.name)]
    late = next((name for name in done if NAMES.index(name) > NAMES.index(stage.name)), None)
    if late is not None:
        raise OutOfOrder(f"{_FACTORY(stage.name)} must stand before {_FACTORY(late)}")
    missing = next((name for name in stage.needs if name not in done), None)
    if missing is not None:
        raise OutOfOrder(
            f"{_FACTORY(stage.name)} needs {_FACTORY(missing)} before it; add it with "
            f'nlp.add_pipe("{_FACTORY(missing)}", before="{_FACTORY(stage.name)}")'
        )
    return done


def _check_parse(stage: Stage, doc: Doc) -> None:
    missing = [what for mark, what in _PARSE.items() if not doc.has_annotation(mark)]
    if missing:
        raise OutOfOrder(
            f"{_FACTORY(stage.name)} needs {' and '.join(missing)} before it; "
            'begin with a pipeline that has them, such as spacy.load("en_core_web_sm")'
        )


class _LastParsed:
    """The paragraphs of the doc that was parsed last, and of no other.

    A doc goes through all stages before the next does.
    """

    def __init__(self) -> None:
        self._last: tuple[weakref.ref[Any] | None, Spans, list[Paragraph]] = (None, (), [])

    def of(
        self, doc: Doc, prose: Spans, pipe: Callable[[Iterable[str]], Iterable[Doc]]
    ) -> list[Paragraph]:
        last, parsed, found = self._last
        if last is None or last() is not doc or parsed != prose:
            found = list(parsed_paragraphs(doc.text, prose, pipe))
            self._last = (weakref.ref(doc), prose, found)
        return found


class _LastPredicted:
    """What the model says of the doc that it read last, and of no other."""

    def __init__(self) -> None:
        self._last: tuple[weakref.ref[Any] | None, Spans, Predicted | None] = (None, (), None)

    def of(self, doc: Doc, prose: Spans) -> Predicted:
        last, read, found = self._last
        if found is None or last is None or last() is not doc or read != prose:
            found = predicted(doc.text, prose)
            self._last = (weakref.ref(doc), prose, found)
        return found


_last_parsed, _last_predicted = _LastParsed(), _LastPredicted()


# --- the factories

_NEEDS_PARSE = ["token.dep", "token.tag", "token.lemma", "doc.ents"]
_GIVES = ["doc._.pullquote", "doc._.pullquote_data", "doc.spans"]


def _factory(stage: Stage) -> Callable[..., Component]:
    """Register the stage with spaCy."""
    requires = ["doc._.pullquote"] if stage.needs else []
    if not stage.parse:

        def make(nlp: Language, name: str) -> Component:
            return Component(nlp, stage)

        Language.factory(_FACTORY(stage.name), assigns=_GIVES, requires=requires, func=make)
        return make

    def make_parsing(nlp: Language, name: str, reparse: bool) -> Component:
        return Component(nlp, stage, reparse)

    Language.factory(
        _FACTORY(stage.name),
        default_config={"reparse": True},
        assigns=_GIVES,
        requires=[*_NEEDS_PARSE, *requires],
        func=make_parsing,
    )
    return make_parsing


_FACTORIES = {stage.name: _factory(stage) for stage in STAGES}


def __getattr__(name: str) -> Callable[..., Component]:
    """The factory of the stage named so, as pyproject.toml's entry points look it up."""
    if name in _FACTORIES:
        return _FACTORIES[name]
    raise AttributeError(name)
