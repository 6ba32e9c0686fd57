"""Prefetch: fetches pages at the same time, hands them out in order, and cancels them together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Generic

from ..openapi.classes import frozen
from .page import FetchPage, PageType


class Prefetch(Generic[PageType]):
    """Fetches pages before they are needed.

    Its tasks have no reference to it. So it is deleted with a dropped iteration, and cancels its tasks then.

    Args:
        fetch: Fetches the page of a number.
        size: Items a page, or None.
    """

    def __init__(self, fetch: FetchPage[PageType], size: int | None) -> None:
        self._fetch = fetch
        self._size = size
        self._tasks: deque[tuple[int, asyncio.Task[PageType | _Failure]]] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, first: int, last: int) -> None:
        """Fetch the pages from ``first`` to ``last`` that are not in flight yet, unless one in flight has failed."""
        if any(task.done() and (task.cancelled() or isinstance(task.result(), _Failure)) for _, task in self._tasks):
            return
        if self._tasks:
            first = self._tasks[-1][0] + 1
        for number in range(first, last + 1):
            self._loop = asyncio.get_running_loop()
            task = self._loop.create_task(_fetched(self._fetch, number, self._size))
            self._tasks.append((number, task))

    async def take(self, number: int) -> PageType:
        """Return a page. It is fetched now if it is not in flight."""
        if self._tasks and self._tasks[0][0] == number:
            _, task = self._tasks.popleft()
            try:
                outcome = await task
            finally:
                task.cancel()  # if this wait was cancelled
            if not isinstance(outcome, _Failure):
                return outcome
            # The error's frames may hold the task. If the task held the error, both would keep the iteration alive.
            error = outcome.errors.pop()
            try:
                raise error
            finally:
                del error
        self.cancel()
        return await self._fetch(number, self._size)

    def cancel(self) -> None:
        """Cancel all that is in flight."""
        tasks = [task for _, task in self._tasks]
        self._tasks.clear()
        _cancel(tasks)

    def __del__(self) -> None:
        tasks = [task for _, task in self._tasks]
        loop = self._loop
        if loop is None or loop.is_closed() or not tasks:
            return
        try:
            here = asyncio.get_running_loop() is loop
        except RuntimeError:
            here = False
        if here:
            _cancel(tasks)
        else:
            with suppress(RuntimeError):  # it was closed meanwhile
                loop.call_soon_threadsafe(_cancel, tasks)


@frozen
class _Failure:
    errors: list[Exception]  # one, until it is raised


async def _fetched(fetch: FetchPage[PageType], number: int, size: int | None) -> PageType | _Failure:
    try:
        return await fetch(number, size)
    except Exception as error:  # noqa: BLE001 # it is raised when its page is taken, or never
        return _Failure([error])


def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
