"""Freeze the findings of the shipped article, and their JSON Schema: `python -m tests.freeze`.

Golden files and pictures are made from these, so that no test holds a confidence that only one
processor computes. To be run when `VERSION` in tui/pullquote/analysis/__init__.py is raised; look
at what changed before committing it.
"""

import msgspec

from pullquote.analysis.pipeline import analyse
from pullquote.article.source import shipped
from pullquote.record import Record
from tests.conftest import FROZEN, SOURCE

SCHEMA = SOURCE / "findings.schema.json"


def schema() -> bytes:
    """The JSON Schema of a line of `pullquote analyze`, as it is shipped."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=1) + b"\n"


def main() -> None:
    """Write the files."""
    SCHEMA.write_bytes(schema())
    found = msgspec.json.decode(msgspec.json.encode(analyse(shipped().text)))
    for ones in found.values():
        for one in ones if isinstance(ones, list) else ():
            if isinstance(one, dict) and "confidence" in one:
                one["confidence"] = round(one["confidence"], 2)
    FROZEN.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


if __name__ == "__main__":
    main()
