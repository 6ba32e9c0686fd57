"""The position of an iteration. A paginator keeps this alone, so that it keeps no page and no task alive."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from ..bookmark import Bookmark, anchors_of
from .drift import DriftLog
from .page import AnyPage, Listing, length, total

_NONE = object()


class ReadPosition:
    """The position after the last item that was yielded, and what is known of the listing.

    Args:
        listing: What is read.
        log: Counts the drift.
    """

    def __init__(self, listing: Listing[Any, Any], log: DriftLog) -> None:
        self.log = log
        self.total_items: int | None = None
        self.total_pages: int | None = None
        self._listing = listing
        self.rewind()

    def rewind(self) -> None:
        """Go back to the start."""
        self.yielded = 0
        resume = self._listing.resume
        self._page, self._position, self._length = self._listing.start, 0 if resume is None else resume.position, -1
        self._key: Hashable = _NONE
        self._anchor = None if resume is None else resume.anchor
        self._past = None if resume is None else resume.past
        self.at_end = False

    def saw(self, page: AnyPage, pages: int | None) -> None:
        """Keep the totals of a page. Older totals stay if it has none."""
        items = total(page.total_items)
        self.total_items = self.total_items if items is None else items
        self.total_pages = self.total_pages if pages is None else pages

    def passed(self, page: AnyPage, length: int, position: int, key: Hashable) -> None:
        """Move past an item that was yielded.

        Args:
            page: Its page.
            length: How many items the whole page has; -1 for a page that was cut.
            position: How many items of the page are done.
            key: The key of the item.
        """
        self._page, self._length = page.number, length
        self._position, self._key = position, key

    def passed_page(self, page: AnyPage, key: Hashable) -> None:
        """Move past a whole page, whose last item has this key."""
        self.passed(page, length(page), length(page), key)

    @property
    def page(self) -> int:
        """The page of the last yielded item, or the first page to read."""
        return self._page

    @property
    def bookmark(self) -> Bookmark:
        """The bookmark of this position."""
        page, position = self._page, self._position
        if position == self._length and not self.at_end:
            page, position = page + 1, 0
        anchor = self._anchor if self._key is _NONE else anchors_of(self._key)[0]
        past = None if self._past is None or self._past <= (page, position) else self._past
        return Bookmark(page=page, position=position, fingerprint=self._listing.fingerprint(), anchor=anchor, past=past)
