"""What the reader and the helper process say to each other: JSON, one object a line."""

import msgspec

from pullquote.findings import Findings


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A text to be analysed."""

    text: str
    language: str = ""  # "en" where it is to be analysed as English, whatever it looks like
    in_parts: bool = False  # whether a long text's first part is wanted before the rest
    seconds: float  # of the processor, for each core: who needs more is ended by the system


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of these: the share done, the findings so far, all of them, or why there are none."""

    progress: float | None = None  # the share done, 0 to 1
    so_far: Findings | None = None
    findings: Findings | None = None
    ours: Findings | None = None  # all but those of `plug_in` and what comes behind it
    plug_in: str = ""  # whose turn it is
    error: str | None = None
    no_model: str | None = None  # a refusal that holds for every text
