"""An article comes in with the tags that its source has for it, as one.

Tags are the reader's, and lie on notes: those of a whole article are a note on its headline, which
can be changed and removed as any other, and then does not come again.
"""

from uuid import NAMESPACE_OID, uuid5

import msgspec

from pullquote.article import Article, Unreadable
from pullquote.article.forms import Raw
from pullquote.article.original import Original
from pullquote.library.placing import placed_in
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate


def brought(
    library: Library, article: Article, raw: Raw, origin: str, original: Original, is_opened: bool
) -> bool:
    """Save an article that was read from `raw`, and tag the first version of it as that says.

    Returns:
        True if it is new; see `Articles.save` for the others.

    Raises:
        LibraryError: The library cannot be written.
    """
    with library.transaction():
        is_new = library.articles.save(article, raw.digest, origin, original, is_opened=is_opened)
        if is_new and library.works.earlier(article.id) is None:
            _tag(library, article, raw)
    return is_new


def _tag(library: Library, article: Article, raw: Raw) -> None:
    try:
        tags = raw.form.tags(raw)
    except Unreadable:
        return
    if tags:
        note = annotate(article.text, (0, 1), tags=tags)
        note = msgspec.structs.replace(note, id=uuid5(NAMESPACE_OID, f"tags {article.id}").hex)
        library.notes.add(article.id, placed_in(note, article, whole=True))
