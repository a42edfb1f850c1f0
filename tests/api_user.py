"""A program that uses pullquote as a library; `make lint` checks its types, and nothing runs it."""

from typing import assert_type

import pullquote

article = pullquote.read("article.txt")
assert_type(article, pullquote.Article)
found = pullquote.analyze(article)
assert_type([actor.name for actor in found.actors], list[str])
with pullquote.open_library("library") as library:
    for reading in pullquote.readings(library):
        assert_type(reading, pullquote.Reading)
        assert_type(pullquote.export(reading, "csv"), str | bytes)
        pullquote.write(reading, "csv", f"{reading.article.title}.csv")
