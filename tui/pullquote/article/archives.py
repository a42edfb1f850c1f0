"""Look into a zip archive, bounded: what is packed small may unpack to more than any memory.

Nothing is written anywhere: the names in an archive are only looked up, never used as paths.
"""

import io
import zlib
from typing import IO, TYPE_CHECKING, Any

from pullquote.article import Unreadable, check_size

if TYPE_CHECKING:
    from zipfile import ZipFile

_SIGNATURE = b"PK\x03\x04"
_BOUNDED = (0, 8)  # stored and deflated; zipfile unpacks what is packed otherwise without a limit
_MOST_ENTRIES = 20_000  # the largest books have hundreds


class Archive:
    """The files in a zip archive, each by its name.

    All that is taken out of it may be `limit` bytes, whatever the archive says of its files.

    Raises:
        Unreadable: It is damaged.
    """

    def __init__(self, data: bytes, name: str, limit: int) -> None:
        from zipfile import BadZipFile, ZipFile

        self._name, self._limit, self._taken = name, limit, 0
        try:
            self._zip: ZipFile = ZipFile(io.BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        if len(self._zip.infolist()) > _MOST_ENTRIES:
            raise Unreadable(f"{name}: holds more than {_MOST_ENTRIES:,} files; unpack it first")

    def __contains__(self, file: object) -> bool:
        return file in self._zip.NameToInfo

    def names(self) -> list[str]:
        """The names of the files, in the archive's order."""
        return self._zip.namelist()

    def file(self, file: str) -> bytes:
        """The content of a file; b"" if there is none of that name. Raises `Unreadable`."""
        from zipfile import BadZipFile

        if file not in self:
            return b""
        try:
            with _opened(self._zip, file) as opened:
                data = opened.read(self._limit - self._taken + 1)
        except RuntimeError as error:  # this is how zipfile says that it wants a password
            raise Unreadable(f"{self._name}: is encrypted; save it without a password") from error
        except (
            BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise self._damaged() from error
        self._taken += len(data)
        check_size(f"{self._name}, unpacked", self._taken, self._limit)
        return data

    def xml(self, file: str) -> Any:
        """The root of an XML file, with no entity resolved; None for none. Raises `Unreadable`."""
        data = self.file(file)
        return parsed_xml(data, self._name) if data else None

    def _damaged(self) -> Unreadable:
        return Unreadable(f"{self._name}: is damaged, or was cut off; get it again")


def _opened(archive: "ZipFile", file: str) -> IO[bytes]:
    """A file to be read piece by piece. Raises `NotImplementedError`, and what zipfile does."""
    if archive.getinfo(file).compress_type not in _BOUNDED:
        raise NotImplementedError("no way to unpack only so much of it")
    return archive.open(file)


def holds(data: bytes, file: str, beginning: bytes = b"") -> bool:
    """Whether `data` is a zip archive with such a file in it, which has this `beginning`."""
    if not data.startswith(_SIGNATURE):
        return False
    from zipfile import ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive, _opened(archive, file) as opened:
            return opened.read(len(beginning)) == beginning
    except Exception:  # it may be damaged in any way: then it is not recognised
        return False


def parsed_xml(data: bytes, name: str) -> Any:
    """The root of an XML document, an element of lxml: no entity is resolved, no file loaded.

    Errors in it are passed over. Raises `Unreadable` where there is no root.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{name}: is damaged: what it holds is not XML; get it again") from error
    if root is None:
        raise Unreadable(f"{name}: is damaged: what it holds is not XML; get it again")
    return root
