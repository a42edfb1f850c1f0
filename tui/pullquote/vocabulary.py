"""The words for findings, as values: their kinds, how they are said, how well they are sourced.

findings.py has the types that bear them, and is where to import both from.
"""

from enum import StrEnum


class FindingKind(StrEnum):
    """What kind of finding something is."""

    QUOTE = "quote"
    CLAIM = "claim"
    WARNING = "warning"
    ACTOR = "actor"
    REPLY = "reply"

    @property
    def plural(self) -> str:
        """The word for several, which is also their field in `Findings`."""
        return "replies" if self is FindingKind.REPLY else f"{self}s"


SPEECH = (FindingKind.QUOTE, FindingKind.CLAIM)  # listed where in words, unless more is asked for


class ActorKind(StrEnum):
    """Who or what speaks or acts."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    GROUP = "group"
    DOCUMENT = "document"  # a report, a letter, an indictment, a study, a post
    UNNAMED = "unnamed"


class AttributionKind(StrEnum):
    """How much of the content stands inside quotation marks: all, part, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Stance(StrEnum):
    """What kind of attitude towards its content an attribution reports."""

    SAID = "said"
    WROTE = "wrote"
    THOUGHT = "thought"
    FELT = "felt"
    WANTED = "wanted"
    DECIDED = "decided"
    PERCEIVED = "perceived"


class Rule(StrEnum):
    """What found a finding."""

    PARSE = "parse"  # entities, names and noun phrases
    MODEL = "model"  # the attribution model
    TRANSCRIPT = "transcript"  # "PENCE: …"
    INTERVIEW = "interview"  # an answer below a question that stands alone
    SIGNATURE = "signature"  # "…” ― Name"
    SPOKEN = "spoken"  # a quotation with a verb of speech right behind it
    CITED = "cited"  # words in marks under a verb of speech
    FLOATING = "floating"  # a quotation without a cue of its own
    REPORTED = "reported"  # an attribution that asserts
    HEDGE = "hedge"  # "reportedly"
    CUE = "cue"  # of warning
    PHRASE = "phrase"  # of warning
    COERCION = "coercion"  # an act that the source is bound to
    ANSWER = "answer"  # "if …, we will respond"
    HARM = "harm"  # under a modal or a condition
    VERB = "verb"  # of warning, where no attribution is
    FEAR = "fear"  # without a speaker
    ASKED = "asked"  # "declined to comment"
    PLUG_IN = "plug-in"  # another package
    CORRECTED = "reader"  # the reader put it right
    CONFIRMED = "confirmed"  # the reader found it right


IN_WORDS = (Stance.SAID, Stance.WROTE)  # what readers are shown unless they ask for more
DOUBTFUL = 0.5  # a finding less sure than this is shown as such
# a speaker less sure than this is, too: half of the wrong ones are, and one in ten of the right
DOUBTFUL_SPEAKER = 0.7  # (docs/quality.md)
CORRECTED, CONFIRMED = Rule.CORRECTED, Rule.CONFIRMED
VOUCHED = frozenset({CORRECTED, CONFIRMED})
ENGLISH = "en"  # the language that is analysed
NOBODY = "nobody named"  # who says it, where that is no actor


class Sourcing(StrEnum):
    """How well a reader could check who makes a claim, best first."""

    NAMED = "named"  # a person with a name
    INSTITUTION = "institution"  # "the Foreign Ministry said"
    OFFICIAL = "official"  # an unnamed one of a named institution
    DOCUMENT = "document"  # a report, a letter, an indictment, a study, a post
    ANONYMOUS = "anonymous"  # "people familiar with the talks"
    UNATTRIBUTED = "unattributed"  # "reportedly", "is said to"


class Commitment(StrEnum):
    """How firmly the source stands behind a claim."""

    ASSERTED = "asserted"
    INSISTED = "insisted"
    ALLEGED = "alleged"
    SUGGESTED = "suggested"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class WarningKind(StrEnum):
    """How the harm relates to who speaks of it."""

    THREAT = "threat"  # the issuer would cause it
    CAUTION = "caution"  # the issuer foresees it
    RED_LINE = "red line"  # a condition is set
    ULTIMATUM = "ultimatum"  # with a demand
    FEAR = "fear"  # somebody fears it, or nobody in particular


class ReplyKind(StrEnum):
    """What the article says of asking the other side."""

    DECLINED = "declined"  # "declined to comment"
    NO_RESPONSE = "no response"  # "did not respond to a request for comment"
    NOT_REACHED = "could not be reached"
    DENIED = "denied"
    UNVERIFIED = "unverified"  # "could not independently verify": nobody was asked
