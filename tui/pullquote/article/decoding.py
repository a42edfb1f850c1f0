"""From bytes to text, whatever encoding they are in."""

import re
from contextlib import suppress

from pullquote.article import Unreadable
from pullquote.text import REPLACEMENT

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
)
_MARKS += ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, charset: str, name: str) -> str:
    """Decode `data` by its byte order mark, as declared, as UTF-8, or by charset-normalizer.

    UTF-16 without a mark is recognised by its zero bytes. UTF-8 with a few broken bytes gets U+FFFD
    for each.

    Args:
        data: The whole source.
        charset: The declared encoding; "" for none.
        name: The source, as messages name it.

    Raises:
        Unreadable: It is a binary file, or no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"{name}: is not valid {encoding}; save it as UTF-8 and try again"
                ) from error
    if b"\x00" in data:
        return _utf_16(data, name)
    for encoding in filter(None, (charset, "utf-8")):
        try:
            return _not_binary(data.decode(encoding), name)
        except (LookupError, ValueError):
            continue
    text = data.decode("utf-8", "replace")
    # In another encoding, few bytes beyond ASCII happen to be valid UTF-8, and most are not.
    if 2 * text.count(REPLACEMENT) <= len(_BEYOND_ASCII.findall(text)):
        return _not_binary(text, name)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Unreadable(f"{name}: is in an unknown encoding; save it as UTF-8 and try again")
    return _not_binary(str(best), name)


_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f{REPLACEMENT}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _utf_16(data: bytes, name: str) -> str:
    """Decode UTF-16 without a mark: every other byte of its Latin letters and spaces is zero."""
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        if data[zero::2].count(0) > len(data) / 4 and 0 not in data[1 - zero :: 2]:
            with suppress(UnicodeDecodeError):
                return _not_binary(data.decode(encoding), name)
    raise _binary(name)


def _not_binary(text: str, name: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) / 10:
        raise _binary(name)
    return text


def _binary(name: str) -> Unreadable:
    return Unreadable(
        f"{name}: is a binary file, not text; save it as a .txt, .md or .html file in UTF-8"
    )
