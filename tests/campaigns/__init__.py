"""Campaigns: the program under attack, many times over: kills, full disks, keys, bad servers.

`make campaign` runs them all and prints a table; they are bounded, take minutes, and are not part
of the tests. Each is a module with `run(rounds: int) -> Iterator[Tally]`, where `rounds` scales how
much is tried (1 is what `make campaign` takes). Whatever a campaign finds becomes a test of its own
where it belongs.
"""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """What one campaign tried and what failed; `failures` has a line for each failure."""

    what: str
    tried: int = 0
    failures: list[str] = field(default_factory=list)
    remark: str = ""

    def attempt(self, failure: str | None = None) -> None:
        """Count one attempt, and the failure that it was, if it was one."""
        self.tried += 1
        if failure:
            self.failures.append(failure)
