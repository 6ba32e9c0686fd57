"""The reader of response bodies: one coding at most, a bounded number of bytes, complete or an error. Does no I/O."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_OVERHEAD = 64 * 1024  # bytes by which a gzip stream may exceed what it unpacks to
_STEP = 256 * 1024  # bytes that are decompressed at once
_PIECE = 4096  # bytes of input at once: zlib copies what follows a member, and members may be very short


class BodyError(Exception):
    """A body can't be read. The message says why, without quoting any of it.

    Attributes:
        truncated: Whether it ended too early, so that a retry may get all of it.
        corrupt: Whether it was damaged on the way, so that one retry may get all of it.
    """

    def __init__(self, message: str, *, truncated: bool = False, corrupt: bool = False) -> None:
        super().__init__(message)
        self.truncated = truncated
        self.corrupt = corrupt


class BodyReader:
    """Collects the chunks of one body.

    Args:
        headers: The response's headers, by lower-case name.
        max_bytes: Most bytes of the body after its content coding is undone.

    Raises:
        BodyError: The headers promise a body that is too large, or one in a coding that was not asked for.
    """

    def __init__(self, headers: Mapping[str, str], max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._size = 0
        self._packed = 0  # bytes of the gzip stream
        self._chunks: list[bytes] = []
        coding = headers.get("content-encoding", "").strip().lower()
        if coding in {"", "identity"}:
            self._is_gzip = False
        elif coding in {"gzip", "x-gzip"}:
            self._is_gzip = True
            self._gzip = zlib.decompressobj(_GZIP_WINDOW)  # of the member that is read
        else:
            raise BodyError("the response has a content coding that was not asked for: only gzip was")
        length = headers.get("content-length", "").strip()
        if length.isascii() and length.isdigit() and (len(length) > len(str(max_bytes)) or int(length) > max_bytes):
            raise self._too_large()

    def _too_large(self) -> BodyError:
        return BodyError(f"the response is too large: more than {self._max_bytes} bytes")

    def feed(self, chunk: bytes) -> None:
        """Take one chunk as it came from the network.

        Raises:
            BodyError: The body grew too large, or is not what its coding says.
        """
        if not self._is_gzip:
            self._append(chunk)
            return
        self._packed += len(chunk)
        if self._packed > self._max_bytes + _GZIP_OVERHEAD:  # empty members have no end otherwise
            raise self._too_large()
        for start in range(0, len(chunk), _PIECE):
            self._unpack(chunk[start : start + _PIECE])

    def _unpack(self, piece: bytes) -> None:
        """Take a piece of a gzip stream: members one after another (RFC 1952), with zeros after each."""
        while piece:
            if self._gzip.eof:
                piece = piece.lstrip(b"\0")
                if not piece:
                    return
                if not _GZIP_MAGIC.startswith(piece[:2]):
                    raise BodyError("the response has bytes after the end of its gzip stream")
                self._gzip = zlib.decompressobj(_GZIP_WINDOW)
            self._inflate(piece)
            piece = self._gzip.unused_data

    def _inflate(self, piece: bytes) -> None:
        try:
            more = True
            while more:
                # In steps: zlib keeps two copies of the output of one call, and a bomb would fill all memory.
                step = min(_STEP, self._max_bytes - self._size + 1)  # a byte more than allowed shows that there is more
                data = self._gzip.decompress(piece, step)
                self._append(data)
                piece = self._gzip.unconsumed_tail
                more = bool(piece) or len(data) == step  # zlib may hold some of the output back
        except zlib.error:
            pass
        else:
            return
        raise BodyError("the response is not the gzip stream that it says it is", corrupt=True)

    def _append(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._max_bytes:
            raise self._too_large()
        self._chunks.append(data)

    def finish(self) -> bytes:
        """Return the whole body, after the last chunk.

        Raises:
            BodyError: The gzip stream has no end.
        """
        if self._packed and not self._gzip.eof:
            raise BodyError("the response's gzip stream ends too early", truncated=True)
        return b"".join(self._chunks)
