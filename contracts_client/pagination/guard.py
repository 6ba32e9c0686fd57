"""The guard: looks at each page for items that move, pages that repeat, and a listing without end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from attrs import frozen

from .. import defaults
from ..errors import PagingError
from .drift import DriftLog
from .page import AnyPage, Listing, Totals

_LONG: Final = 128  # characters; a longer key is kept as its digest


class RecentKeys:
    """Remembers the last so many keys.

    Args:
        capacity: How many, from 1.
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


@frozen
class NewItems:
    """What a page brings: positions and keys of the items to yield."""

    positions: list[int]
    keys: list[Hashable]


class Guard:
    """Looks at every page of one pass over a listing, in order.

    Args:
        listing: The listing.
        log: Is told what moves.
        earlier: Keys that were yielded by a pass before this one.

    Attributes:
        totals: What the pages that it looked at told last. The pages of one that was cut are not counted.
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
        self._without_news = 0

    def may_go_on(self, number: int, fetched: int) -> None:
        """Look at a page before it is fetched.

        Raises:
            PagingError: There are too many.
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

    def check_number(self, page: AnyPage) -> None:
        """Compare the number of a page with what the server says, if anything.

        Raises:
            PagingError: They differ.
        """
        if page.echoed_number is not None and page.echoed_number != page.number:
            raise PagingError(
                f"{self._operation}: page {page.number} was asked for, and the server says that it answers page "
                f"{page.echoed_number}; it may count from 0, or ignore the page number"
            )

    def look(self, page: AnyPage, start: int, *, cut: bool) -> NewItems:
        """Look at a page that has items.

        Args:
            page: The page.
            start: How many of its items are done.
            cut: Whether it was asked for with fewer items than the others have.

        Raises:
            PagingError: It repeats another page, or brings nothing new as many before it did.
            DriftError: The listing moved, and going on was not asked for.
        """
        keys: list[Hashable] = [self._key(item) for item in page.items]
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
        if duplicates:
            self._log.note("duplicates", f"page {page.number} brings items that had come before", duplicates)
        self._look_for_news(page, len(keys) - start - duplicates)
        return NewItems(positions, [keys[position] for position in positions])

    def look_at_empty(self, page: AnyPage, *, cut: bool) -> None:
        """Look at a page without items that is to be read past, since more was announced. For ``cut`` see ``look``.

        Raises:
            PagingError: As many pages before it brought nothing new.
            DriftError: Going on was not asked for.
        """
        self._look_at_totals(page, cut=cut)
        items, pages = Totals.of(page).items, self.totals.pages
        announced = f"{pages} pages" if pages and page.number < pages else f"{items or self.totals.items} items"
        self._log.note("empty_pages", f"page {page.number} is empty although {announced} were announced")
        if not cut:  # else it is read again, whole
            self._look_for_news(page, 0)

    def is_past_the_end(self, page: AnyPage) -> bool:
        """Tell whether a page is past the last one and brings nothing but what came: some servers repeat that one."""
        pages = self.totals.updated(Totals.of(page)).pages
        is_past = pages is not None and 0 < pages < page.number
        return is_past and all(self._key(item) in self._recent for item in page.items)

    def ended(self, number: int, page: AnyPage | None, seen: int | None) -> None:
        """Take note that there is no page of this number.

        Args:
            number: The number.
            page: What came in its place, if anything.
            seen: How many items came from the first page on, or None where reading did not begin there.

        Raises:
            DriftError: There should have been one, and going on was not asked for.
        """
        pages = self.totals.pages
        items = max(self.totals.items or 0, Totals.of(page).items or 0 if page is not None else 0)
        if pages and number <= pages:
            self._log.note("early_ends", f"there is no page {number} although {pages} pages were announced")
        elif seen is not None and seen < items:
            self._log.note("early_ends", f"there is no page {number} although {items} items were announced")

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
        # Somebody may have added a whole page to the front, and then the totals say so. Else it is the server.
        if totals == self.totals:
            raise PagingError(f"{self._operation}: {text}; the server may ignore the page number")
        self._log.note("repeated_pages", text)

    @property
    def has_patience(self) -> bool:
        """Whether one more page without news is no error."""
        return self._without_news + 1 < defaults.MAX_PAGES_WITHOUT_NEWS

    def _look_for_news(self, page: AnyPage, news: int) -> None:
        self._without_news = 0 if news else self._without_news + 1
        if self._without_news >= defaults.MAX_PAGES_WITHOUT_NEWS:
            why = "the server may ignore the page number" if page.items else "the server's totals may be wrong"
            raise PagingError(
                f"{self._operation}: the last {self._without_news} pages, up to page {page.number}, brought nothing "
                f"new; {why}"
            )
