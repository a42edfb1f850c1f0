"""Run the campaigns named, or all: `make campaign`. Exit status 1 where anything failed."""

import pkgutil
import sys
import time
from importlib import import_module

import tests.campaigns

_FAILURES_SHOWN = 5


def main(names: list[str]) -> int:
    """Run the campaigns, print a line for each and the first failures; the exit status."""
    known = [
        one.name
        for one in pkgutil.iter_modules(tests.campaigns.__path__)
        if not one.name.startswith("_")
    ]
    if unknown := set(names) - set(known):
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or known:
        began = time.monotonic()
        for tally in import_module(f"tests.campaigns.{name}").run(rounds=1):
            failed += len(tally.failures)
            seconds = time.monotonic() - began
            print(
                f"{tally.what:58} {tally.tried:6} tried {len(tally.failures):5} failed "
                f"{seconds:6.0f} s  {tally.remark}",
                flush=True,
            )
            for line in tally.failures[:_FAILURES_SHOWN]:
                print(f"    {line}", flush=True)
            began = time.monotonic()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
