"""The formats there are: every package's entry points in the group `pullquote.formats`.

What only comes in are those in the group `pullquote.importers`.
"""

from pullquote.formats.form import Format, Importer, Purpose
from pullquote.plugins import PlugIns

FORMATS: PlugIns[Format] = PlugIns("pullquote.formats", Format)
IMPORTERS: PlugIns[Importer] = PlugIns("pullquote.importers", Importer)
_ORDER = list(Purpose)


def listed_formats() -> tuple[list[Format], list[str]]:
    """The formats there are.

    Returns:
        Those that can be used, by purpose and then by name; and one line for each that cannot.
    """
    formats, broken = FORMATS.working()
    return sorted(formats, key=lambda one: (_ORDER.index(one.purpose), one.name)), broken
