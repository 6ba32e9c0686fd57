"""A bounded reader of response bodies: at most one coding, at most so many bytes, complete or an error. Does no I/O."""

import zlib
from collections.abc import Mapping

_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_STEP = 256 * 1024  # bytes that are decompressed at once


class BodyError(Exception):
    """A body can't be had. The message says why, without quoting any of it.

    Attributes:
        truncated: Whether it ended too early, so that another try may bring it whole.
        corrupt: Whether it got broken under way, so that one more try may bring it whole.
    """

    def __init__(self, message: str, *, truncated: bool = False, corrupt: bool = False) -> None:
        super().__init__(message)
        self.truncated = truncated
        self.corrupt = corrupt


class BodyReader:
    """Collects the chunks of one body.

    Args:
        headers: The response's headers, by lower-case name.
        max_bytes: How many bytes the body may have once its content coding is undone.

    Raises:
        BodyError: The headers promise a body that is too large, or one in a coding that was not asked for.
    """

    def __init__(self, headers: Mapping[str, str], max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._size = 0
        self._chunks: list[bytes] = []
        coding = headers.get("content-encoding", "").strip().lower()
        if coding in {"", "identity"}:
            self._gzip = None
        elif coding in {"gzip", "x-gzip"}:
            self._gzip = zlib.decompressobj(_GZIP_WINDOW)
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
        if self._gzip is None:
            self._append(chunk)
            return
        try:
            more = True
            while more:
                # In steps: zlib holds all that one call of it makes twice over, and a bomb makes all there is room for.
                step = min(_STEP, self._max_bytes - self._size + 1)  # a byte more than allowed tells that there is more
                data = self._gzip.decompress(chunk, step)
                self._append(data)
                chunk = self._gzip.unconsumed_tail
                more = bool(chunk) or len(data) == step  # zlib may hold some of the output back
        except zlib.error:
            pass
        else:
            if self._gzip.unused_data:
                raise BodyError("the response has bytes after the end of its gzip stream")
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
        if self._gzip is not None and self._chunks and not self._gzip.eof:
            raise BodyError("the response's gzip stream ends too early", truncated=True)
        return b"".join(self._chunks)
