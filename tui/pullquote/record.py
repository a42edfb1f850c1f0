"""The findings of an article as one line of JSON, as `pullquote analyze` prints them."""

import msgspec

from pullquote.findings import Findings

SCHEMA = 3  # of the JSON form


class Record(Findings, frozen=True, kw_only=True):
    """One line of `pullquote analyze --format jsonl`."""

    schema: int = SCHEMA
    doc: str
    text: str


def record(doc: str, text: str, findings: Findings) -> bytes:
    """The findings of the article named `doc` as one line of JSON, without the line end."""
    fields = {name: getattr(findings, name) for name in Findings.__struct_fields__}
    return msgspec.json.encode(Record(doc=doc, text=text, **fields))
