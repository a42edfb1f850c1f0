"""Articles of the library by their ids, as commands are given them."""

import re
from typing import TYPE_CHECKING

from pullquote.cli.opening import refuse

if TYPE_CHECKING:
    from pullquote.library.store import Library


def identified(prefix: str, library: "Library") -> str:
    """The id of the only article whose id begins with `prefix`; the command ends if none does."""
    ids = library.articles.find(prefix) if re.fullmatch("[0-9a-f]{4,16}", prefix) else []
    if len(ids) > 1:
        refuse(f"{prefix}: {len(ids)} articles have ids that begin so; write more of it")
    if not ids:
        refuse(f"{prefix}: no article of that id; pullquote list shows all with their ids")
    return ids[0]
