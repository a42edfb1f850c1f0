"""Edit an article at random as news sites do, with a log of where each character went.

The log tells where a span of the old text truly stands in the new one, or that it is gone: while at
least half of its characters stand, at one place, it does.
"""

import random
import re
from collections.abc import Callable

from pullquote.analysis.quotations import quotations
from pullquote.text import Span, clean, paragraphs, sentences
from pullquote.training.corpus import Article

STANDS = 0.5  # of a target's characters, for it to stand
WORD = re.compile(r"\w[\w’'-]*")
_CURLY, _STRAIGHT = "“”‘’", "\"\"''"


class Draft:
    """An article being edited.

    `slots` has for each character the old offset that it stands at, -1 for what was put in; `kept`
    tells whether it is the character that stood there.
    """

    def __init__(self, text: str, others: list[Article], chance: random.Random) -> None:
        self.text = text
        self.slots = list(range(len(text)))
        self.kept = [True] * len(text)
        self.others = others
        self.chance = chance

    def put(self, span: Span, words: str, instead: bool = False) -> None:
        """Put `words` at `span`; `instead` says that they stand for what stood there."""
        start, end = span
        old = self.slots[start:end]
        self.text = self.text[:start] + words + self.text[end:]
        slots = (
            [old[min(place, len(old) - 1)] for place in range(len(words))]
            if instead
            else [-1] * len(words)
        )
        self.slots[start:end] = slots
        self.kept[start:end] = [False] * len(words)

    def move(self, span: Span, to: int) -> None:
        """Move `span` to before `to`, which lies outside it."""
        start, end = span
        low, high = (to, end) if to < start else (start, to)
        middle = start if to < start else end
        self.text = (
            self.text[:low] + self.text[middle:high] + self.text[low:middle] + self.text[high:]
        )
        self.slots[low:high] = self.slots[middle:high] + self.slots[low:middle]
        self.kept[low:high] = self.kept[middle:high] + self.kept[low:middle]

    def words(self, span: Span | None = None) -> list[Span]:
        """The words of a piece, or of all."""
        return [match.span() for match in WORD.finditer(self.text, *(span or (0, len(self.text))))]

    def paragraph(self) -> Span:
        """Any paragraph, longer ones the more often."""
        ones = paragraphs(self.text)
        return self.chance.choices(ones, [end - start for start, end in ones])[0]

    def sentence(self) -> Span:
        """Any sentence."""
        return self.chance.choice(sentences(self.text, self.paragraph()))

    def foreign(self) -> "Draft":
        """Another article, to take words from."""
        return Draft(self.chance.choice(self.others).text, self.others, self.chance)

    def truth(self, span: Span) -> Span | None:
        """Where the old `span` stands, None where less than half of it does.

        Where its parts have come apart, so that more lies between two of them than they have, the
        larger one counts.
        """
        places = [place for place, slot in enumerate(self.slots) if span[0] <= slot < span[1]]
        runs: list[list[int]] = []
        for place in places:
            if (
                runs
                and place - runs[-1][-1] <= span[1] - span[0]
                and self.slots[place] >= self.slots[runs[-1][-1]]
            ):
                runs[-1].append(place)
            else:
                runs.append([place])
        best = max(runs, key=len, default=[])
        stands = sum(self.kept[place] for place in best)
        return (best[0], best[-1] + 1) if best and stands >= STANDS * (span[1] - span[0]) else None


# --- the ways of editing; each does one edit and returns how many words it touched


def typo(draft: Draft) -> int:
    """A letter in a word swapped with the next, left out, doubled or mistaken."""
    start, end = draft.chance.choice(draft.words())
    at = draft.chance.randrange(start, end)
    here = draft.text[at]
    two = draft.text[at : at + 2]
    ways = [((at, at + 1), here * 2), ((at, at + 1), draft.chance.choice("etaoinsr"))]
    if end - start > 1:
        ways.append(((at, at + 1), ""))
    if at + 1 < end:
        ways.append(((at, at + 2), two[::-1]))
    draft.put(*draft.chance.choice(ways), instead=True)
    return 1


def sentence_deleted(draft: Draft) -> int:
    """A sentence goes, with the space behind it."""
    start, end = draft.sentence()
    touched = len(draft.words((start, end)))
    draft.put((start, end + draft.text.startswith(" ", end)), "")
    return touched


def sentence_inserted(draft: Draft) -> int:
    """A sentence of another article comes before one."""
    foreign = draft.foreign()
    start, end = foreign.sentence()
    at = draft.sentence()[0]
    draft.put((at, at), foreign.text[start:end] + " ")
    return len(foreign.words((start, end)))


def paragraph_deleted(draft: Draft) -> int:
    """A paragraph goes, with the blank line behind it."""
    start, end = draft.paragraph()
    touched = len(draft.words((start, end)))
    while draft.text.startswith("\n", end):
        end += 1
    draft.put((start, end), "")
    return touched


def paragraph_inserted(draft: Draft) -> int:
    """A paragraph of another article comes before one."""
    foreign = draft.foreign()
    start, end = foreign.paragraph()
    at = draft.paragraph()[0]
    draft.put((at, at), foreign.text[start:end] + "\n\n")
    return len(foreign.words((start, end)))


def paragraph_moved(draft: Draft) -> int:
    """A paragraph, with the blank line behind it, goes to before another."""
    start, end = draft.paragraph()
    touched = len(draft.words((start, end)))
    while draft.text.startswith("\n", end):
        end += 1
    to = draft.paragraph()[0]
    if not start <= to < end:
        draft.move((start, end), to)
    return touched


def marks(draft: Draft) -> int:
    """A paragraph's curly quotation marks become straight ones, its straight ones curly."""
    start, end = draft.paragraph()
    piece = draft.text[start:end]
    if any(mark in piece for mark in _CURLY):
        new = piece.translate(str.maketrans(_CURLY, _STRAIGHT))
    else:
        new = (
            re.sub(r"\B'(?=\w)", "‘", re.sub(r'(^|\s)"', r"\1“", piece))
            .replace('"', "”")
            .replace("'", "’")
        )
    for at, (before, after) in enumerate(zip(piece, new, strict=True), start):
        if before != after:
            # the same mark in other clothes: it stands
            draft.text = draft.text[:at] + after + draft.text[at + 1 :]
    return len(draft.words((start, end)))


def white_space(draft: Draft) -> int:
    """A space between two words is doubled, becomes a no-break space, a line end, or goes."""
    at = draft.chance.choice(
        [match.start() for match in re.finditer(r"(?<=\S) (?=\S)", draft.text)]
    )
    draft.put((at, at + 1), draft.chance.choice(("  ", "\u00a0", "\n", "")), instead=True)
    return 1


def quote_reworded(draft: Draft) -> int:
    """A tenth to six tenths of a quotation's words (or a sentence's) become others, or go."""
    paragraph = draft.paragraph()
    quoted = [quotation.span for quotation in quotations(draft.text, paragraph)]
    words = draft.words(draft.chance.choice(quoted or list(sentences(draft.text, paragraph))))
    changed = sorted(
        draft.chance.sample(words, round(len(words) * draft.chance.uniform(0.1, 0.6))), reverse=True
    )
    foreign = draft.foreign()
    for span in changed:
        start, end = draft.chance.choice(foreign.words())
        draft.put(span, draft.chance.choice((foreign.text[start:end], "")), instead=True)
    return max(1, len(changed))


KINDS: dict[str, tuple[Callable[[Draft], int], ...]] = {
    "typos in words": (typo,),
    "sentences deleted": (sentence_deleted,),
    "sentences inserted": (sentence_inserted,),
    "paragraphs deleted": (paragraph_deleted,),
    "paragraphs inserted": (paragraph_inserted,),
    "paragraphs moved": (paragraph_moved,),
    "quotation marks changed": (marks,),
    "white space changed": (white_space,),
    "quotes reworded": (quote_reworded,),
}
KINDS["all together"] = tuple(way for (way,) in KINDS.values())


def edited(
    article: Article, others: list[Article], kind: str, rate: float, chance: random.Random
) -> Draft:
    """`article`, edited in one way or several until `rate` of its words are touched."""
    draft = Draft(clean(article.text), [other for other in others if other is not article], chance)
    ways = KINDS[kind]
    budget = rate * len(draft.words())
    spent = dict.fromkeys(ways, 0)
    while sum(spent.values()) < budget:
        way = min(ways, key=lambda one: (spent[one], chance.random()))
        spent[way] += way(draft)
    return draft
