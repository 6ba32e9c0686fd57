"""One request on its way and back, as the script of a fault handles it, in the process of the test or over a socket."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, TypeVar

import httpx
from attrs import define

if TYPE_CHECKING:
    from ..records.recording import RecordedRequest

T = TypeVar("T")

DRIPS: Final = 3600
"""Bytes that drip before a body: blanks, which mean nothing in JSON."""


@define
class Answer:
    """What the server answers.

    Attributes:
        status: The status.
        headers: Names and values; the length of the body is added.
        body: The body.
    """

    status: int
    headers: dict[str, str]
    body: bytes


def answering(app: Any) -> Callable[[httpx.Request], Awaitable[Answer]]:
    """Return what has a request answered by an ASGI application."""
    transport = httpx.ASGITransport(app)

    async def answer(request: httpx.Request) -> Answer:
        response = await transport.handle_async_request(request)
        return Answer(response.status_code, dict(response.headers), await response.aread())

    return answer


class Server:
    """What all exchanges share: the application that answers. It works on, whether its client stays or not.

    Args:
        answer: Has a request answered by the application.
    """

    def __init__(self, answer: Callable[[httpx.Request], Awaitable[Answer]]) -> None:
        self.answer = answer
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Let the server work on something."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


class Exchange(ABC):
    """One request.

    Args:
        server: What all share.
        request: The request, read.
        record: What is kept of it.
    """

    def __init__(self, server: Server, request: httpx.Request, record: RecordedRequest) -> None:
        self.server = server
        self.request = request
        self.record = record

    @abstractmethod
    async def begin(self) -> None:
        """Begin to send the request."""

    @abstractmethod
    async def send(self) -> None:
        """Send the request."""

    @abstractmethod
    async def receive(self, work: Coroutine[Any, Any, Answer], drip: float | None = None) -> httpx.Response:
        """Wait for the server's answer.

        Args:
            work: What the server does, which goes on if the client leaves.
            drip: Seconds between the bytes of the body, or None for all at once.
        """

    @abstractmethod
    async def hush(self) -> httpx.Response:
        """Have the request read, and never answered."""

    @abstractmethod
    async def refuse(self, *, slowly: bool) -> httpx.Response:
        """Have no connection."""

    @abstractmethod
    async def drop(self) -> httpx.Response:
        """End the connection without a byte of an answer."""

    async def execute(self) -> Answer:
        """Have the application answer."""
        return await self.server.answer(self.request)

    def respond(self, answer: Answer, body: AsyncIterator[bytes], *, drips: bool) -> httpx.Response:
        """Record an answer, and return it with its body on the way."""
        self.record.status_code = answer.status
        length = len(answer.body) + DRIPS * drips
        return httpx.Response(answer.status, headers={**answer.headers, "content-length": str(length)}, content=body)

    async def noted(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Keep what goes wrong with what was scripted."""
        try:
            return await work
        except Exception as error:
            self.record.mistake = error
            raise
