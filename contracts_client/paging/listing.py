"""What is listed, and how it is to be read."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic

from attrs import frozen

from .bookmark import Bookmark
from .drift import OnDrift
from .page import FetchPage, Item, PageType


@frozen(kw_only=True, repr=False)
class Listing(Generic[Item, PageType]):
    """A listing and the options of reading it, checked.

    Attributes:
        operation: Name of the client's method.
        fetch: Fetches the page of a number.
        key: What tells one item from another.
        first: Number of the page to start with, from 1.
        size: Items a page, or None for the server's default.
        limit: How many items to yield at the most, or None for all.
        prefetch: How many pages to keep in flight beyond the one that is waited for, from 0.
        on_drift: What to do when the listing moves.
        deduplicate: Whether an item that came before is left out.
        resume: Where to go on, or None for the first page.
        fingerprint: Checksum of the query, for bookmarks.
        description: The query for people, without any personal value.
    """

    operation: str
    fetch: FetchPage[PageType]
    key: Callable[[Item], Hashable]
    first: int = 1
    size: int | None = None
    limit: int | None = None
    prefetch: int = 0
    on_drift: OnDrift = "report"
    deduplicate: bool = True
    resume: Bookmark | None = None
    fingerprint: str = "0" * 12
    description: str = ""

    @property
    def start(self) -> Bookmark:
        """Where reading starts."""
        return self.resume or Bookmark(page=self.first, position=0, fingerprint=self.fingerprint)
