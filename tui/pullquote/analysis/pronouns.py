"""Who a pronoun is that speaks: whom the model takes it for, and whose turn it is (turns.py)."""

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.drafts import Draft
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.sources import Found, Source
from pullquote.analysis.turns import HE, IT, SHE, Meant, Turn, genders_of_sources, meant
from pullquote.findings import ActorKind, Attribution
from pullquote.text import one_line

# the share that is right: by the model alone, where its turn says the same, and by its turn alone
_ASKED = "asked answers"  # the row that the model does not outdo
_BY_MODEL, _BY_BOTH, _RIVALLED, _READ = 0.74, 0.95, 0.9, 0.7


def pronoun_of(source: Source, turn: Turn) -> Found | None:
    """Whom the model takes a pronoun for; where it says nothing, whose turn it is."""
    if source.written is None:
        return None
    if turn.gender == IT and _reads(source):
        return _what_reads(source)
    span, found = source.paragraph.span_of([source.written]), meant(turn)
    known = source.index.exact(span)
    is_turn = found is not None and (found.row.name == _ASKED or _goes_on(turn, found))
    if known is not None and not is_turn:
        is_both = found is not None and found.draft is known
        if found is None or not is_both:
            return Found(known, "model", _BY_MODEL)
        row, share = ("both", _BY_BOTH) if found.rival is None else ("both, a rival", _RIVALLED)
        return Found(known, row, share)
    if found is None:
        return None
    if turn.gender in (HE, SHE):
        found.draft.gender = found.draft.gender or turn.gender
    source.index.move(span, found.draft)
    return Found(found.draft, found.row.name, found.share)


def _reads(source: Source) -> bool:
    """Whether the cue says that words can be read: "It read: “Pay up.”"."""
    cue = source.parsed.tokens_of(source.attribution.cue)
    return any(token.lemma_.lower() in lexicon("cues")["turns"]["legible"] for token in cue)


def _what_reads(source: Source) -> Found | None:
    """What can be read: the last such thing that the article spoke of, and no person or body.

    "Police found a note. It read: “Pay up.”" is the note's; near miss: "Police left. It read: …".
    """
    known, place = source.index.exact(source.span), source.issued.last
    if known is not None and known.kind is ActorKind.DOCUMENT:
        return Found(known, "model", _BY_MODEL)
    if place is None:
        return None
    paragraph, noun = place
    draft = source.issued.author(noun) or source.index.at(paragraph.span_of([noun]))
    if draft is None:
        span = paragraph.span_of(noun_phrase(noun))
        name = one_line(source.parsed.text[slice(*span)])
        draft = Draft(name, ActorKind.DOCUMENT)
        source.index.add(draft)
        source.index.mention(span, draft)
    source.index.move(source.span, draft)
    return Found(draft, "what reads", _READ)


def _goes_on(turn: Turn, found: Meant) -> bool:
    """Whether who spoke in the sentence before, in the same paragraph, speaks again.

    Who "added" or "went on" may have spoken in the paragraph before.
    """
    before = next((sentence for sentence in turn.sentences if sentence), ())
    reach = 1 if turn.continues else 0
    spoke = [one.draft for one in before if one.spoke and turn.paragraph - one.paragraph <= reach]
    return bool(spoke) and spoke[-1] is found.draft


def is_pronoun(parsed: Parsed, one: Attribution) -> bool:
    """Whether the source of an attribution is a pronoun that stands for somebody."""
    head = parsed.head(one.source[0]) if one.source else None
    return head is not None and head.lower_ in genders_of_sources()
