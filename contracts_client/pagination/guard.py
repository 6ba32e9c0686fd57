"""The guard: checks each page for items that move, pages that repeat, and a listing without end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from .. import defaults
from ..errors import PagingError
from ..openapi.classes import define
from .drift import DriftLog
from .page import AnyPage, Listing, Totals, keys_of

_LONG: Final = 128  # characters; a longer key is kept as its digest


class RecentKeys:
    """Remembers the latest keys.

    Args:
        capacity: How many keys, from 1.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._order: deque[Hashable] = deque()
        self._known: set[Hashable] = set()

    def __contains__(self, key: Hashable) -> bool:
        return _short(key) in self._known

    def add(self, key: Hashable) -> bool:
        """Remember a key, and return whether it is new."""
        key = _short(key)
        if key in self._known:
            return False
        if len(self._order) >= self._capacity:
            self._known.remove(self._order.popleft())
        self._order.append(key)
        self._known.add(key)
        return True


def _short(key: Hashable) -> Hashable:
    if isinstance(key, str) and len(key) > _LONG:
        return sha256(key.encode("utf-8", "surrogatepass")).digest()
    return key


@define
class NewItems:
    """The positions and keys of the items of a page to yield."""

    positions: list[int]
    keys: list[Hashable]


def check_claims(page: AnyPage, operation: str, log: DriftLog) -> None:
    """Check what a page says of itself: its number, if it says one, and its totals.

    Args:
        page: The page.
        operation: Name of the client's method.
        log: Counts a total that is no count.

    Raises:
        PagingError: It is another page than was asked for.
        DriftError: A total is no count, and ``on_drift`` is not "report".
    """
    echoed = page.echoed_number
    if echoed is not None and echoed != page.number:
        raise PagingError(
            f"{operation}: page {page.number} was asked for, and the server says that it answers page {echoed}; it may "
            "count from 0, or ignore the page number"
        )
    if page.has_unreadable_totals:
        log.note("unreadable_totals", f"page {page.number} tells a total that is no count")


class Guard:
    """Checks every page of one pass over a listing, in order.

    Args:
        listing: The listing.
        log: Counts what moves.
        earlier: Keys that were yielded by an earlier pass.

    Attributes:
        totals: The latest totals of the pages so far. The number of pages that a cut page announces does not count.
    """

    def __init__(self, listing: Listing[Any, Any], log: DriftLog, earlier: frozenset[Hashable]) -> None:
        self._operation = listing.operation
        self._key: Callable[[Any], Hashable] = listing.key
        self._deduplicate = listing.deduplicate
        self._log = log
        self._earlier = earlier
        self._recent = RecentKeys(defaults.MAX_REMEMBERED_ITEMS)
        self.totals = Totals()
        self._first_claim: int | None = None
        # Number and totals of a page, by the hash of its keys.
        self._page_prints: dict[int, tuple[int, Totals]] = {}
        self._print_order: deque[int] = deque()
        self._stale_pages = 0

    def may_go_on(self, number: int, fetched: int) -> None:
        """Check the number of a page before it is fetched.

        Raises:
            PagingError: There are too many pages.
        """
        if fetched >= defaults.MAX_PAGES:
            raise PagingError(
                f"{self._operation}: the listing goes on after {defaults.MAX_PAGES} pages; narrow its filters"
            )
        if self._first_claim is not None and number > self._first_claim + defaults.MAX_PAGE_GROWTH:
            raise PagingError(
                f"{self._operation}: the listing has grown by {defaults.MAX_PAGE_GROWTH} pages while it is read, "
                "and may never end; narrow its filters"
            )

    def check(self, page: AnyPage) -> None:
        """Check what a page says of itself. See ``check_claims``."""
        check_claims(page, self._operation, self._log)

    def look(self, page: AnyPage, start: int, *, cut: bool) -> NewItems:
        """Check a page that has items, and return those to yield.

        Args:
            page: The page.
            start: How many of its items are done.
            cut: Whether it was requested with fewer items than the other pages.

        Raises:
            PagingError: It repeats another page, or too many pages in a row brought nothing new.
            DriftError: The listing moved, and ``on_drift`` is not "report".
        """
        keys = keys_of(page, self._key)
        self._look_at_totals(page, cut=cut)
        if not cut:
            self._look_for_repetition(page, keys)
        for key in keys[:start]:
            self._recent.add(key)
        positions: list[int] = []
        duplicates = 0
        for position, key in enumerate(islice(keys, start, None), start):
            if self._recent.add(key):
                if key not in self._earlier:
                    positions.append(position)
            else:
                duplicates += 1
                if not self._deduplicate:
                    positions.append(position)
        if page.unreadable:
            positions = self._without_unreadable(page, positions)
        if duplicates:
            self._log.note("duplicates", f"page {page.number} brings items that had come before", duplicates)
        self._count_stale_pages(page, len(keys) - start - duplicates)
        return NewItems(positions, [keys[position] for position in positions])

    def _without_unreadable(self, page: AnyPage, positions: list[int]) -> list[int]:
        unreadable = {each.index for each in page.unreadable}
        left = [position for position in positions if position not in unreadable]
        if len(left) < len(positions):
            self._log.skipped(page.number, len(positions) - len(left))
        return left

    def look_at_empty(self, page: AnyPage, *, cut: bool) -> None:
        """Check an empty page that is skipped, since the totals announce more. For ``cut`` see ``look``.

        Raises:
            PagingError: Too many pages in a row brought nothing new.
            DriftError: ``on_drift`` is not "report".
        """
        self._look_at_totals(page, cut=cut)
        items, pages = Totals.of(page).items, self.totals.pages
        announced = f"{pages} pages" if pages and page.number < pages else f"{items or self.totals.items} items"
        self._log.note("empty_pages", f"page {page.number} is empty although {announced} were announced")
        if not cut:  # a cut page is read again as a whole
            self._count_stale_pages(page, 0)

    def is_past_the_end(self, page: AnyPage) -> bool:
        """Tell whether a page is past the last one and has no new item: some servers repeat the last page."""
        pages = self.totals.updated(Totals.of(page)).pages
        is_past = pages is not None and 0 < pages < page.number
        return is_past and all(key in self._recent for key in keys_of(page, self._key))

    def ended(self, number: int, page: AnyPage | None, seen: int | None, *, doubtful: bool = False) -> None:
        """Check the end of the listing: there is no page of this number.

        Args:
            number: The number.
            page: The page that came instead, if any.
            seen: How many items came from the first page on, or None if reading did not begin there.
            doubtful: Whether a 404 said so that may not be the API's.

        Raises:
            DriftError: More may follow, and ``on_drift`` is not "report".
        """
        own = Totals() if page is None else Totals.of(page)
        items = max(self.totals.items or 0, own.items or 0)
        pages = max(self.totals.pages or 0, own.pages or 0)
        if 1 < number <= pages:  # an empty listing is one empty page
            self._log.note("early_ends", f"there is no page {number} although {pages} pages were announced")
        elif seen is not None and seen < items:
            self._log.note("early_ends", f"there is no page {number} although {items} items were announced")
        elif doubtful:
            self._log.note("early_ends", f"page {number} was answered with a 404 that may not be the API's")

    def _look_at_totals(self, page: AnyPage, *, cut: bool) -> None:
        now = Totals.of(page)
        if cut:
            now = Totals(now.items)
        before, self.totals = self.totals, self.totals.updated(now)
        if self._first_claim is None:
            self._first_claim = now.pages
        if (before.items is not None and before.items != self.totals.items) or (
            before.pages is not None and before.pages != self.totals.pages
        ):
            self._log.note("totals_changed", f"page {page.number} tells other totals than the page before it")

    def _look_for_repetition(self, page: AnyPage, keys: list[Hashable]) -> None:
        found = hash(tuple(keys))
        earlier = self._page_prints.get(found)
        if earlier is None:
            if len(self._print_order) >= defaults.MAX_REMEMBERED_PAGES:
                del self._page_prints[self._print_order.popleft()]
            self._page_prints[found] = page.number, self.totals
            self._print_order.append(found)
            return
        number, totals = earlier
        text = f"page {page.number} repeats page {number}"
        # A whole page may have been added in front; the totals have changed then. Otherwise the server repeats pages.
        if totals == self.totals:
            raise PagingError(f"{self._operation}: {text}; the server may ignore the page number")
        self._log.note("repeated_pages", text)

    @property
    def allows_a_stale_page(self) -> bool:
        """Whether one more page that brings nothing new is no error."""
        return self._stale_pages + 1 < defaults.MAX_STALE_PAGES

    def _count_stale_pages(self, page: AnyPage, new: int) -> None:
        self._stale_pages = 0 if new else self._stale_pages + 1
        if self._stale_pages >= defaults.MAX_STALE_PAGES:
            why = "the server may ignore the page number" if page.items else "the server's totals may be wrong"
            raise PagingError(
                f"{self._operation}: the last {self._stale_pages} pages, up to page {page.number}, brought nothing "
                f"new; {why}"
            )
