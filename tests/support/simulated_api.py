"""An API on virtual time: it takes its time, keeps a quota and a spike arrest, and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import Any

import httpx

CONTRACT = {
    "uuid": "c-1",
    "status": "VALID",
    "createdAt": "2026-01-01T00:00:00Z",
    "createdBy": "a",
    "lastChangedAt": "2026-01-01T00:00:00Z",
    "lastChangedBy": "a",
    "consumableFrom": "2026-01-01T00:00:00Z",
    "organisationId": 1,
    "loyaltyProgram": {},
}
PAGE = {"items": [CONTRACT], "totalItems": 1, "totalPages": 1}

Answer = httpx.Response | Exception | int


def page() -> httpx.Response:
    """Return a page of one contract."""
    return httpx.Response(200, json=PAGE)


class ScriptedApi(httpx.AsyncBaseTransport):
    """Answers with what it is given, in turn, and then with a page.

    Args:
        answers: What it answers, or raises.
        latency: Seconds that an answer takes.
        reports_connecting: Whether it reports, as httpx's own transports do, that it was connecting as it raised.
    """

    def __init__(self, *answers: Answer, latency: float = 0.01, reports_connecting: bool = False) -> None:
        self._reports_connecting = reports_connecting
        self._answers: Iterator[Answer | None] = chain(answers, repeat(None))
        self.latency = latency
        self.requests: list[httpx.Request] = []
        self.times: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.times.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.latency)
        answer = next(self._answers)
        if isinstance(answer, Exception):
            if self._reports_connecting:
                await request.extensions["trace"]("connection.connect_tcp.started", {})
            raise answer
        if isinstance(answer, int):
            return httpx.Response(answer)
        return page() if answer is None else answer


class LimitedApi(httpx.AsyncBaseTransport):
    """Lets so many requests a minute pass, the minute starting with its first, and keeps them apart."""

    def __init__(self, *, per_minute: int, spacing: float, latency: float = 0.05) -> None:
        self._per_minute = per_minute
        self._spacing = spacing
        self._latency = latency
        self._minute = self._last = float("-inf")
        self._used = 0
        self.refused = 0
        self.served: list[float] = []
        self.order: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        now = asyncio.get_running_loop().time()
        if now >= self._minute + 60:
            self._minute, self._used = now, 0
        allowed = self._used < self._per_minute and now >= self._last + self._spacing - 1e-9
        if allowed:
            self._last = now
            self._used += 1
            self.served.append(now)
            self.order.append(request.headers["X-Correlation-Id"])
        else:
            self.refused += 1
        await asyncio.sleep(self._latency)
        return page() if allowed else httpx.Response(429)


def sequence(values: Iterable[float]) -> Callable[[], float]:
    """Return a function that returns the values in turn, and then 1."""
    drawn = chain(values, repeat(1.0))
    return lambda: next(drawn)


def body_of(request: httpx.Request) -> Any:
    """Return the JSON that was sent."""
    return json.loads(request.content)
