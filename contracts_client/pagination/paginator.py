"""The paginator: a listing as users see it, awaited for its first page and iterated for its items."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator
from typing import Any, Generic

from attrs import evolve

from ..bookmark import Bookmark
from ..errors import ContractsError, PagingError
from .drift import DriftError, DriftLog, OnDrift, PagingDrift
from .guard import Guard, check_claims
from .iterators import ItemIterator, PageIterator
from .page import AnyPage, Item, Listing, PageType, is_last, keys_of, length, total
from .position import ReadPosition
from .reader import Reader


class Paginator(Generic[Item, PageType]):
    """A listing. Making one sends nothing.

    - ``await`` gives the first page alone; it says whether it is the last, and how many items remain.
    - ``async for`` gives the items. The next pages are prefetched in order, within bounds, while one is used.
    - ``pages()`` gives the pages, ``collect()`` a list of all items, ``first()`` the first item or None.

    Each of these starts at the beginning. An iteration leaves no task and no connection behind when it ends, fails, is
    cancelled or is dropped. ``bookmark``, ``total_items``, ``total_pages`` and ``drift`` belong to the iteration that
    was started last. Every error that is raised while iterating carries a ``bookmark`` too.

    docs/paging.md says what page numbers can't promise.
    """

    def __init__(self, listing: Listing[Item, PageType]) -> None:
        self._listing = listing
        self._latest: ReadPosition | None = None

    def _new_position(self, on_drift: OnDrift | None = None) -> ReadPosition:
        listing = self._listing
        self._latest = ReadPosition(listing, DriftLog(listing.operation, on_drift or listing.on_drift))
        return self._latest

    @property
    def _position(self) -> ReadPosition:
        """That of the iteration that was started last."""
        return self._latest or self._new_position()

    def __repr__(self) -> str:
        position = self._position
        of = "" if position.total_pages is None else f" of {position.total_pages}"
        listing = self._listing
        return (
            f"<{type(self).__name__} of {listing.operation}({listing.description()}): "
            f"page {position.page}{of}, {position.yielded} items so far>"
        )

    def __await__(self) -> Generator[Any, Any, PageType]:
        return self._first_page().__await__()

    async def _first_page(self) -> PageType:
        listing = self._listing
        position = self._new_position("raise" if listing.on_drift == "raise" else "report")  # nothing is read again
        try:
            page = await listing.fetch(listing.start, listing.size)
            position.saw(page, total(page.total_pages))
            _check(page, listing, position.log)
        except ContractsError as error:
            error.bookmark = position.bookmark
            raise
        if page.unreadable:
            position.log.skipped(page.number, len(page.unreadable))
        if length(page):
            position.yielded = len(page.items)
            position.passed_page(page, keys_of(page, listing.key)[-1])
            position.at_end = bool(is_last(page))
        return page

    def __aiter__(self) -> AsyncIterator[Item]:
        return self._items(self._listing)

    def _items(
        self, listing: Listing[Item, PageType], start_over: Callable[[], None] | None = None
    ) -> ItemIterator[Item, PageType]:
        position = self._new_position()
        reader = Reader(listing, position, exact=True, start_over=start_over)
        return ItemIterator(reader, position, listing.limit)

    def pages(self) -> AsyncIterator[PageType]:
        """Return an iterator over the pages. It ends with the page that has the last item of ``limit``.

        The pages are whole, as the server sent them, with items that came before. After a restart
        (``on_drift="restart"``) the pages come again. A resumed listing begins with the whole page of its bookmark.
        """
        position = self._new_position()
        return PageIterator(Reader(self._listing, position, exact=False, start_over=_forget_nothing), position)

    async def collect(self) -> list[Item]:
        """Return all items, or the first ``limit`` of them, in a list.

        A restart (``on_drift="restart"``) begins the list anew.

        Raises:
            PagingError: The listing repeats itself or has no end, or it moved and ``on_drift`` is not ``"report"``.
            APIError: A page could not be fetched. Its ``bookmark`` and that of the listing point to the beginning of
                the list, since no item was handed over. They do after a cancellation too.
        """
        collected: list[Item] = []
        items = self._items(self._listing, collected.clear)
        position = self._position
        try:
            async for item in items:
                collected.append(item)  # noqa: PERF401 # what was collected may have to be forgotten
        except BaseException as error:
            position.rewind()
            if isinstance(error, ContractsError):
                error.bookmark = position.bookmark
            raise
        return collected

    async def first(self) -> Item | None:
        """Return the first item, or None if there is none.

        Raises:
            PagingError: As for ``collect()``.
            APIError: The page could not be fetched.
        """
        limit = 1 if self._listing.limit is None else min(1, self._listing.limit)
        return await anext(self._items(evolve(self._listing, limit=limit)), None)

    @property
    def bookmark(self) -> Bookmark:
        """The position right after the last yielded item. ``resume=`` takes it, or its ``str()``."""
        return self._position.bookmark

    @property
    def total_items(self) -> int | None:
        """The latest number of items that the server announced; None if it announced none, or was not asked yet."""
        return self._position.total_items

    @property
    def total_pages(self) -> int | None:
        """The latest number of pages that the server announced; None if it announced none, or was not asked yet."""
        return self._position.total_pages

    @property
    def drift(self) -> PagingDrift:
        """How often the listing moved while it was read."""
        return self._position.log.drift


def to_empty_page(paginator: Paginator[Item, PageType]) -> Paginator[Item, PageType]:
    """Return the same listing, of which a shorter page is not the end where there are no totals."""
    # No method, since users would see it.
    listing = paginator._listing  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    return Paginator(evolve(listing, to_empty_page=True))


def _check(page: AnyPage, listing: Listing[Any, Any], log: DriftLog) -> None:
    """Check a page that is fetched alone."""
    try:
        check_claims(page, listing.operation, log)
        if not length(page) and is_last(page) is False:
            log.note("empty_pages", f"page {page.number} is empty although more was announced")
        elif not length(page):
            Guard(listing, log, frozenset()).ended(page.number, page, None)
    except DriftError as error:
        moved = PagingError(str(error))
    else:
        return
    raise moved  # outside the except block, so that it carries no context


def _forget_nothing() -> None:
    """Do nothing: a page that was handed out before may come again."""
