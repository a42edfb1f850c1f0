"""A file that was compressed with Zstandard, unpacked as it is read.

The library's own reader takes a file that was cut off for one that ends there.
"""

import io
from typing import IO

_AT_ONCE = 1 << 10  # bytes that are unpacked together: 32 MB come of them at most


class Unpacked(io.RawIOBase):
    """What is in the frames of a file, one after another."""

    def __init__(self, file: IO[bytes]) -> None:
        import zstandard

        self._unpacker = zstandard.ZstdDecompressor(max_window_size=2**31)
        self._frame = self._unpacker.decompressobj()
        self._file, self._is_within = file, False
        self._packed, self._unpacked = b"", memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer is one
        """Raises `EOFError` where the file was cut off, `ZstdError` where it is broken."""
        while not self._unpacked:
            if not (packed := self._packed or self._file.read(_AT_ONCE)):
                if self._is_within:
                    raise EOFError("the compressed file was cut off; get it again")
                return 0
            self._unpacked = memoryview(self._frame.decompress(packed))
            self._packed, self._is_within = self._frame.unused_data, not self._frame.eof
            if self._frame.eof:
                self._frame = self._unpacker.decompressobj()
        size = min(len(buffer), len(self._unpacked))
        buffer[:size], self._unpacked = self._unpacked[:size], self._unpacked[size:]
        return size
