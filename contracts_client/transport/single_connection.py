"""The only connection of a transport, in the place of httpcore's pool, which costs half a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class SingleConnection:
    """A pool of one connection. It has no queue, since one exchange at a time uses it.

    Args:
        new: Makes a connection of httpcore to an origin. The connection opens with its first request.
    """

    __slots__ = ("_connection", "_new")

    def __init__(self, new: Callable[[Any], Any]) -> None:
        self._new = new
        self._connection: Any = None

    async def handle_async_request(self, request: Any) -> Any:
        """Answer a request of httpcore's, on a new connection if the present one can't be used any more."""
        connection = self._connection
        # A connection is available only while it is idle: not if it failed to open, is closed, or is in use.
        if connection is None or not connection.is_available() or connection.has_expired():
            await self.aclose()
            connection = self._connection = self._new(request.url.origin)
        return await connection.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await self._connection.aclose()
