"""Listings that are read page by page: awaited for the first page, iterated for the items."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from typing import Any, Generic, Protocol, TypeVar

from . import defaults
from .errors import NotFoundError, PagingError

Item = TypeVar("Item")


class Page(Protocol[Item]):
    """What a paginator needs to know of a page."""

    @property
    def items(self) -> list[Item]:
        """The items, in the server's order."""
        ...

    @property
    def number(self) -> int:
        """The number of the page, from 1."""
        ...

    @property
    def total_items(self) -> int | None:
        """How many items there are, or None where the server does not say."""
        ...

    @property
    def total_pages(self) -> int | None:
        """How many pages there are, or None where the server does not say."""
        ...


PageType = TypeVar("PageType", bound=Page[Any])
FetchPage = Callable[[int], Awaitable[PageType]]


class Paginator(Generic[Item, PageType]):
    """A listing, returned without anything being sent.

    - ``await`` gives the first page alone.
    - ``async for`` gives the items, fetching page after page as they are needed.
    - ``pages()`` gives the pages, ``collect()`` a list of all items.

    Every one of these starts afresh. Nothing is fetched ahead, so an iteration that is broken off leaves nothing
    behind.

    Args:
        operation: Name of the client's method.
        fetch: Fetches the page of a number.
        first: Number of the page to start with, from 1.
        limit: How many items to yield at the most, or None for all.
    """

    def __init__(self, operation: str, fetch: FetchPage[PageType], *, first: int, limit: int | None) -> None:
        self._operation = operation
        self._fetch = fetch
        self._first = first
        self._limit = limit

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._operation} from page {self._first}>"

    def __await__(self) -> Generator[Any, Any, PageType]:
        return self._fetch(self._first).__await__()

    def __aiter__(self) -> AsyncIterator[Item]:
        return _Items(self.pages(), self._limit)

    def pages(self) -> AsyncIterator[PageType]:
        """Return an iterator over the pages, which ends with the page that brings the last item of ``limit``."""
        return _Pages(self._operation, self._fetch, self._first, self._limit)

    async def collect(self) -> list[Item]:
        """Return all items, or the first ``limit`` of them, in a list.

        Raises:
            PagingError: The listing repeats itself, or has no end.
            APIError: A page could not be had.
        """
        return [item async for item in self]


class _Pages(AsyncIterator[PageType]):
    """Fetches page after page. Holds no task and no connection between two of them."""

    def __init__(self, operation: str, fetch: FetchPage[PageType], first: int, limit: int | None) -> None:
        self._operation = operation
        self._fetch = fetch
        self._first = self._next = first
        self._limit = limit
        self._fetched = 0
        self._seen = 0
        self._previous: PageType | None = None
        self._ended = limit == 0

    def __aiter__(self) -> _Pages[PageType]:
        return self

    async def __anext__(self) -> PageType:
        if self._ended:
            raise StopAsyncIteration
        if self._fetched >= defaults.MAX_PAGES:
            self._ended = True
            raise PagingError(
                f"{self._operation}: the listing goes on after {defaults.MAX_PAGES} pages; narrow its filters"
            )
        try:
            page = await self._fetch(self._next)
        except NotFoundError:
            if self._fetched == 0:
                raise
            self._ended = True  # a server may say so of the page after the last
            raise StopAsyncIteration from None
        previous, self._previous = self._previous, page
        if previous is not None and page.items and page.items == previous.items:
            self._ended = True
            raise PagingError(
                f"{self._operation}: page {page.number} repeats page {previous.number}; "
                "the server may ignore the page number"
            )
        self._fetched += 1
        self._next += 1
        self._seen += len(page.items)
        self._ended = self._is_last(page, previous)
        if not page.items and self._fetched > 1:
            raise StopAsyncIteration
        return page

    def _is_last(self, page: PageType, previous: PageType | None) -> bool:
        if not page.items or (self._limit is not None and self._seen >= self._limit):
            return True
        if page.total_pages is not None and page.total_pages > 0:
            return page.number >= page.total_pages
        if page.total_items is not None and page.total_items > 0 and self._first == 1:
            return self._seen >= page.total_items
        # The server says neither: a page that is shorter than the one before it is the last. What was asked for as
        # per_page is no measure, since a server may cap it without a word.
        return previous is not None and len(page.items) < len(previous.items)


class _Items(AsyncIterator[Item]):
    """Yields the items of page after page, up to a limit."""

    def __init__(self, pages: AsyncIterator[Page[Item]], limit: int | None) -> None:
        self._pages = pages
        self._room = limit
        self._items: list[Item] = []
        self._position = 0

    def __aiter__(self) -> _Items[Item]:
        return self

    async def __anext__(self) -> Item:
        if self._room == 0:
            raise StopAsyncIteration
        while self._position >= len(self._items):
            page = await anext(self._pages)
            self._items, self._position = page.items, 0
        item = self._items[self._position]
        self._position += 1
        if self._room is not None:
            self._room -= 1
        return item
