"""Delete articles in the library's table, and bring them back until the program ends."""

from pullquote.library.store import Library


def delete(library: Library, article: str) -> str:
    """Delete an article with all its versions; what was done, in a line."""
    going = library.bin.going(article)
    if going is None:
        return "it is not in the library any more"
    if any(library.presence.is_here(one) for one in going.articles):
        return "this is the article that you are reading: open another one, then delete it"
    library.bin.delete(*going.articles)
    return f"deleted {going.words} · ctrl+z brings it back until you leave pullquote"


def put_back(library: Library) -> str:
    """Bring back what was deleted last; what was done, in a line."""
    count = library.bin.put_back()
    if not count:
        return "nothing was deleted since pullquote began"
    return "brought back" if count == 1 else f"brought back, {count} versions"
