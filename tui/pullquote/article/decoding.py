"""From bytes to text, whatever encoding they are in."""

import re
from codecs import CodecInfo
from contextlib import suppress

from pullquote.article import Unreadable
from pullquote.text import REPLACEMENT

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
)
_MARKS += ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


_PRESCAN = 8_192  # bytes; browsers look for a page's declaration in its first kilobytes
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,1000}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*[\"']?\s*([\w:.+-]+)",
    re.I,
)


def declared_in(page: bytes) -> str:
    """The label of the encoding that a web page declares itself to be in; "" for none.

    A page that could be read so far is not in UTF-16, whatever it says; browsers take UTF-8 then.
    """
    found = _DECLARED.search(_COMMENT.sub(b"", page[:_PRESCAN]))
    label = found[1].decode("ascii", "ignore") if found else ""
    return "utf-8" if label.lower().startswith(("utf-16", "utf16", "unicode")) else label


def decoded(data: bytes, charset: str, name: str) -> str:
    """Decode `data` by its byte order mark, as declared, as UTF-8, or by charset-normalizer.

    Labels mean what they mean in browsers (WHATWG): latin1 and us-ascii are windows-1252. UTF-16
    without a mark is recognised by its zero bytes. A few broken bytes get U+FFFD each.

    Args:
        data: The whole source.
        charset: The label of the declared encoding; "" for none.
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
    codecs = [codec for label in (charset, "utf-8") if (codec := _codec(label))]
    for codec in codecs:
        with suppress(ValueError):
            return _not_binary(codec.decode(data, "strict")[0], name)
    for codec in codecs:
        text = codec.decode(data, "replace")[0]
        # In another encoding, few bytes beyond ASCII happen to be valid, and most are not.
        if 2 * text.count(REPLACEMENT) <= len(_BEYOND_ASCII.findall(text)):
            return _not_binary(text, name)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Unreadable(f"{name}: is in an unknown encoding; save it as UTF-8 and try again")
    return _not_binary(str(best), name)


def _codec(label: str) -> CodecInfo | None:
    """The codec for a label, as browsers know it; None for one that they do not know."""
    from webencodings import lookup

    encoding = lookup(label)
    return None if encoding is None else encoding.codec_info


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
