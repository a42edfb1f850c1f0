"""What became of what an import brought, in words: each oddity on a line, and all in one."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.library.importing import Outcome, Result

_SAID = 20  # lines of one outcome; a file of thousands of notes is not to fill the screen


class Telling:
    """Counts what became of items, and tells of those that did not simply come in."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self._kinds: Counter[str] = Counter()  # of what was imported: highlights, notes, …
        self._reasons: Counter[str] = Counter()  # why something was left out

    def add(self, result: "Result") -> None:
        """Count a result, and say on standard error why it is not simply there."""
        from pullquote.library.importing import Outcome

        outcome = result.outcome
        self.outcomes[outcome] += 1
        if outcome is Outcome.IMPORTED and result.motivation:
            self._kinds[result.motivation.word] += 1
        elif outcome is Outcome.SKIPPED:
            self._reasons[result.reason] += 1
        elif outcome is not Outcome.WAITING and self.outcomes[outcome] <= _SAID:
            words = one_line(result.words)[:60]
            said = f"{outcome}: {f'“{words}”: ' if words else ''}{result.reason}"
            click.echo(said, err=True)
        elif outcome is not Outcome.WAITING and self.outcomes[outcome] == _SAID + 1:
            click.echo(f"{outcome}: and more", err=True)

    def summary(self) -> str:
        """What became of everything, in one line; "" for nothing."""
        from pullquote.library.importing import Outcome

        kinds = ", ".join(_counted(*one) for one in sorted(self._kinds.items()))
        parts = [f"{kinds} imported"] if kinds else []
        parts += [
            f"{self.outcomes[one]} {one}"
            for one in Outcome
            if self.outcomes[one] and one is not Outcome.IMPORTED
        ]
        reasons = ", ".join(_counted(*one) for one in self._reasons.most_common())
        summary = ", ".join(parts)
        return summary.replace(" skipped", f" skipped ({reasons})") if reasons else summary


def _counted(what: str, count: int) -> str:
    """A number of things; of “row without a highlight”, several are “rows without a highlight”."""
    first, *rest = what.split(" ")
    plural = " ".join([f"{first}s", *rest]) if rest and rest[0] in _LINKING else f"{what}s"
    return f"{count} {what if count == 1 else plural}"


_LINKING = frozenset({"without", "over", "of", "form"})
