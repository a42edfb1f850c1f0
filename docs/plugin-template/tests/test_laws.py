"""The plug-in as pullquote uses it."""

from pathlib import Path

import pullquote

MESSAGE = """WIRE 2026-05-04
Council closes port

“We did it under Section 12,” said Jane Miller, the minister. Article 5 was not mentioned.
"""


def test_a_message_opens_with_its_laws_and_is_written(tmp_path: Path) -> None:
    (tmp_path / "message.wire").write_text(MESSAGE, encoding="utf-8")
    article = pullquote.read(tmp_path / "message.wire")
    assert (article.title, article.published) == ("Council closes port", "2026-05-04")
    found = pullquote.analyze(article)
    assert not found.failed
    first, second = found.of_plug_ins
    assert (first.label, first.note, second.label) == ("section", "number 12", "article")
    assert found.actor(first.speaker).name == "Jane Miller"
    reading = pullquote.reading_of(article, found)
    assert pullquote.export(reading, "laws") == (
        "Council closes port: Section 12\nCouncil closes port: Article 5\n"
    )
