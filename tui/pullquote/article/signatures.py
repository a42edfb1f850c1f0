"""What stands below the words of a mail: the sender's signature, and what programs add to it.

A signature follows the delimiter "-- ", or a closing ("Kind regards,") with a name; a phone's line
("Sent from my iPhone") and a notice of confidentiality stand alone. It is dropped only where it is
sure to be nothing else: one that quotes, or that has a sentence, stays.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

DELIMITER = "-- "

_MOST = 12  # lines; longer ones are not signatures
_SENTENCE = 7  # words; a shorter line that ends in a full stop may be a name or an address
_FEWEST = 3  # words of a sentence; of so few, most are to be small
_NOTICES = 40  # lines; longer ones are not notices
_LONGEST = 14  # words; no line of a signature is longer
_NAME = 6  # words; who signs below a closing has no more
_PARTICLES = frozenset(
    ("de", "der", "den", "van", "von", "da", "di", "la", "bin", "al", "y", "and")
)
_CLOSING = re.compile(
    r"(?:(?:with\s+)?(?:(?:very\s+)?(?:best|kind|kindest|warm|warmest|many)\s+)?(?:regards|wishes)"
    r"|(?:many|best)\s+thanks|thanks(?:\s+(?:again|in\s+advance|so\s+much))?|thank\s+you"
    r"|yours(?:\s+(?:sincerely|faithfully|truly|ever))?|(?:very\s+)?sincerely(?:\s+yours)?"
    r"|respectfully|cheers|best|all\s+(?:the\s+)?best|rgds"
    r"|(?:mit\s+)?(?:freundliche[nr]?|herzliche[nr]?|beste[nr]?|viele[nr]?|liebe)\s+gr(?:ü|ue)(?:ß|ss)en?"
    r"|(?:bien\s+)?cordialement|(?:un\s+)?cordial\s+saludo|saludos(?:\s+cordiales)?|atentamente"
    r"|cordiali\s+saluti|distinti\s+saluti|met\s+vriendelijke\s+groet(?:en)?|atenciosamente"
    r"|(?:med\s+)?vänlig(?:a)?\s+hälsning(?:ar)?|(?:med\s+)?venlig\s+hilsen|pozdrawiam)"
    r"\s*+[,.!–—-]?\s*\Z",
    re.I,
)
_OF_A_DEVICE = re.compile(
    r"(?:sent\s+(?:from|via|with)\s+(?:my\s+)?|get\s+outlook\s+for\s+|von\s+meinem\s+|"
    r"envoyé\s+(?:de|depuis)\s+mon\s+|enviado\s+desde\s+mi\s+|inviato\s+da\s+)"
    r"[\w][\w .-]{0,40}(?:gesendet)?(?:<[^<>]*>)?\.?\Z",
    re.I,
)
_NOTICE = re.compile(
    r"(?:this|the\s+(?:information|contents?)\s+(?:contained\s+)?(?:in|of)\s+this)\s+"
    r"(?:e-?mail|message|communication|transmission)\b.{0,200}"
    r"\b(?:confidential|privileged|intended|addressee|recipient)"
    r"|(?:please\s+)?(?:consider|think\s+of)\s+the\s+environment\s+before"
    r"|if\s+you\s+(?:are\s+not\s+the\s+intended|have\s+received\s+this)\b.{0,80}"
    r"|diese\s+e-?mail\b.{0,200}\bvertraulich",
    re.I | re.S,
)
_SAYS = re.compile(r"\bp\.?\s?s\b|\b(?:said|says|told|asked|denied|denies|confirmed|wrote)\b", re.I)
# a nickname has one word
_QUOTES = re.compile(r"[“”„«»‹›「」『』《》]|(?<!\w)[\"‘']\w[^\s\"’']*+\s[^\"’']*+[\"’']")
_ITEM = re.compile(r"\s*[*•–-]\s+\w")  # of a list
_SPEAKER = re.compile(r"[^:]{2,40}:\s+([^:]+)")
_STOPS = (".", "!", "?", "…")


def unsigned(lines: Sequence[str]) -> list[str]:
    """The lines that one person wrote, without the signature below them.

    One that is kept has a paragraph for each of its lines, but where a sentence goes on.
    """
    found = _without_notices(lines)
    start = _start(found)
    if start is not None:
        below = found[start:]
        found[start:] = _apart(below) if says(below) else []
    return [line for line in found if line != DELIMITER]


def _apart(lines: Sequence[str]) -> list[str]:
    return [piece for line in _unwrapped(lines) for piece in (line, "")]


def _start(lines: Sequence[str]) -> int | None:
    """Where the signature begins: at its delimiter, else at the last closing; None for none."""
    delimiter = next((n for n, line in enumerate(lines) if line == DELIMITER), None)
    if delimiter is not None:
        is_below = _has_words(lines[:delimiter])
        return delimiter if is_below and _is_short(lines[delimiter + 1 :]) else None
    closing = _closing(lines)
    if closing is None or not _has_words(lines[:closing]):
        return None
    below = [line for line in lines[closing + 1 :] if line.strip()]
    is_signed = not below or (_is_name(below[0]) and not says(below))
    return closing if is_signed and _is_short(below) else None


def _closing(lines: Sequence[str]) -> int | None:
    """Where the last closing is."""
    backwards = range(len(lines) - 1, 0, -1)
    return next((n for n in backwards if _CLOSING.match(lines[n].strip())), None)


def _has_words(lines: Sequence[str]) -> bool:
    return any(map(str.strip, lines))


def _is_short(lines: Sequence[str]) -> bool:
    return sum(1 for line in lines if line.strip()) <= _MOST


def _is_name(line: str) -> bool:
    words = line.split()
    return len(words) == 1 or (
        len(words) <= _NAME
        and all(not word[0].islower() or word.strip(",") in _PARTICLES for word in words)
    )


def says(lines: Sequence[str]) -> bool:
    """Whether somebody is quoted in them, or something said in a sentence, of a line or several."""
    return any(len(line.split()) > _LONGEST for line in lines) or any(
        _QUOTES.search(line) or _SAYS.search(line) or _states(line) for line in _unwrapped(lines)
    )


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines, each with those after it that go on in the middle of a sentence."""
    found: list[str] = []
    for line in lines:
        goes_on = line.strip()[:1].islower() and len(line.split()) > 1 and "@" not in line
        if goes_on and found and found[-1].strip() and not found[-1].rstrip().endswith(_STOPS):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _states(line: str) -> bool:
    """Whether a line is a sentence, one of a list, or what somebody before a colon says."""
    words = line.split()
    spoken = _SPEAKER.match(line)
    return (
        (len(words) >= _SENTENCE and words[-1].endswith(_STOPS))
        or (len(words) > _FEWEST and words[-1].endswith(_STOPS) and _is_running(words))
        or (_ITEM.match(line) is not None and _is_running(words[1:]))
        or (spoken is not None and _is_running(spoken[1].split(), _FEWEST))
    )


def _is_running(words: Sequence[str], least: int = 2) -> bool:
    """Whether so many words or more are mostly small ones, as those of names and places are not."""
    small = sum(1 for word in words if word[0].islower() and word.strip(".,;!?…").isalpha())
    return len(words) >= least and 2 * small >= len(words)


def _without_notices(lines: Sequence[str]) -> list[str]:
    """The lines without what devices and companies add at the end."""
    end = len(lines)
    while end:
        near = lines[max(0, end - _NOTICES) : end]
        block = [*takewhile(str.strip, reversed(near))][::-1]
        notice = " ".join(block)
        if not block or _OF_A_DEVICE.match(block[-1].strip()):
            end -= 1
        elif _NOTICE.match(notice) and not _QUOTES.search(notice):
            end -= len(block)
        else:
            break
    return [*lines[:end]] if end else [*lines]
