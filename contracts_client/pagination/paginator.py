"""A listing as users see it: awaited for its first page, iterated for its items."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator
from typing import Any, Generic

from attrs import evolve

from ..bookmark import Bookmark
from ..errors import ContractsError, PagingError
from .drift import DriftError, DriftLog, PagingDrift
from .guard import Guard
from .iterators import ItemIterator, PageIterator
from .page import AnyPage, Item, Listing, PageType, is_last, total
from .position import ReadPosition
from .reader import Reader


class Paginator(Generic[Item, PageType]):
    """A listing, returned without anything being sent.

    - ``await`` gives the first page alone; it says whether it is the last, and how many items remain.
    - ``async for`` gives the items. While one page is used, the next are on their way, in order and in bounds.
    - ``pages()`` gives the pages, ``collect()`` a list of all items, ``first()`` the first item or None.

    Every one of these starts afresh. An iteration that ends, fails, is cancelled, broken off or dropped leaves no task
    and no connection behind. ``bookmark``, ``total_items``, ``total_pages`` and ``drift`` tell of the one that was
    started last. Every error that is raised while iterating carries a ``bookmark`` too.

    Page numbers have limits of their own: docs/paging.md says what they can't promise.
    """

    def __init__(self, listing: Listing[Item, PageType]) -> None:
        self._listing = listing
        self._progress = self._new_progress()

    def _new_progress(self) -> ReadPosition:
        return ReadPosition(self._listing.start, DriftLog(self._listing.operation, self._listing.on_drift))

    def __repr__(self) -> str:
        progress = self._progress
        of = "" if progress.total_pages is None else f" of {progress.total_pages}"
        listing = self._listing
        return (
            f"<{type(self).__name__} of {listing.operation}({listing.description}): "
            f"page {progress.page}{of}, {progress.yielded} items so far>"
        )

    def __await__(self) -> Generator[Any, Any, PageType]:
        return self._first_page().__await__()

    async def _first_page(self) -> PageType:
        listing, progress = self._listing, self._new_progress()
        self._progress = progress
        try:
            page = await listing.fetch(listing.start.page, listing.size)
            Guard(listing, progress.log, frozenset()).check_number(page)
            progress.saw(page, total(page.total_pages))
            if not page.items and is_last(page) is False:
                _note_empty(page, progress.log)
        except ContractsError as error:
            error.bookmark = progress.bookmark
            raise
        if page.items:
            progress.yielded = len(page.items)
            progress.passed_page(page, listing.key(page.items[-1]))
            progress.at_end = bool(is_last(page))
        return page

    def __aiter__(self) -> AsyncIterator[Item]:
        return self._items(self._listing)

    def _items(
        self, listing: Listing[Item, PageType], start_over: Callable[[], None] | None = None
    ) -> ItemIterator[Item, PageType]:
        self._progress = progress = self._new_progress()
        reader = Reader(listing, progress, exact=True, start_over=start_over)
        return ItemIterator(reader, progress, listing.limit)

    def pages(self) -> AsyncIterator[PageType]:
        """Return an iterator over the pages, which ends with the page that brings the last item of ``limit``.

        The pages are what the server sent: whole, and with items that came before. Where the listing is read from its
        start again (``on_drift="restart"``), its pages come again; where it is resumed, the first page comes whole.
        """
        self._progress = progress = self._new_progress()
        return PageIterator(Reader(self._listing, progress, exact=False, start_over=_forget_nothing), progress)

    async def collect(self) -> list[Item]:
        """Return all items, or the first ``limit`` of them, in a list.

        Where the listing is read from its start again (``on_drift="restart"``), so is the list.

        Raises:
            PagingError: The listing repeats itself, or has no end; or it moved, with another ``on_drift`` than
                ``"report"``.
            APIError: A page could not be had. ``bookmark`` is where the list begins, since nothing was handed over, and
                so is that of the listing, even after a cancellation.
        """
        collected: list[Item] = []
        items = self._items(self._listing, collected.clear)
        progress = self._progress
        try:
            async for item in items:
                collected.append(item)  # noqa: PERF401 # what was collected may have to be forgotten
        except BaseException as error:
            progress.rewind()
            if isinstance(error, ContractsError):
                error.bookmark = progress.bookmark
            raise
        return collected

    async def first(self) -> Item | None:
        """Return the first item, or None where there is none.

        Raises:
            PagingError: As for ``collect()``.
            APIError: The page could not be had.
        """
        limit = 1 if self._listing.limit is None else min(1, self._listing.limit)
        return await anext(self._items(evolve(self._listing, limit=limit)), None)

    @property
    def bookmark(self) -> Bookmark:
        """Where to go on, right after the last item that was handed over. ``resume=`` takes it, or its ``str()``."""
        return self._progress.bookmark

    @property
    def total_items(self) -> int | None:
        """How many items the server said there are, at last; None where it did not, or was not asked yet."""
        return self._progress.total_items

    @property
    def total_pages(self) -> int | None:
        """How many pages the server said there are, at last; None where it did not, or was not asked yet."""
        return self._progress.total_pages

    @property
    def drift(self) -> PagingDrift:
        """How often the listing was seen to move while it was read."""
        return self._progress.log.drift


def _note_empty(page: AnyPage, log: DriftLog) -> None:
    try:
        log.note("empty_pages", f"page {page.number} is empty although more was announced", restarts=False)
    except DriftError as error:
        moved = PagingError(str(error))
    else:
        return
    raise moved  # outside the except block, so that it carries no context


def _forget_nothing() -> None:
    """A page that was handed out before may come again."""
