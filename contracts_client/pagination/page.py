"""A page as users see it, and what a listing is and how it is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Generic, Protocol, TypeVar

from attrs import frozen

from ..bookmark import Bookmark
from .drift import OnDrift

Item = TypeVar("Item")


class Page(Protocol[Item]):
    """What a paginator needs to know of a page."""

    @property
    def items(self) -> list[Item]:
        """The items, in the server's order."""
        ...

    @property
    def number(self) -> int:
        """The number that was asked for, from 1."""
        ...

    @property
    def echoed_number(self) -> int | None:
        """The number that the server says, or None where it says none."""
        ...

    @property
    def total_items(self) -> int | None:
        """How many items there are, or None where the server does not say."""
        ...

    @property
    def total_pages(self) -> int | None:
        """How many pages there are, or None where the server does not say."""
        ...


AnyPage = Page[Any]
PageType = TypeVar("PageType", bound=AnyPage)
PageType_co = TypeVar("PageType_co", bound=AnyPage, covariant=True)


class FetchPage(Protocol[PageType_co]):
    """Fetches a page."""

    def __call__(self, number: int, size: int | None, /) -> Awaitable[PageType_co]:
        """Fetch the page of a number.

        Args:
            number: Which page, from 1.
            size: Items a page, or None for the server's default.
        """
        ...


def total(value: int | None) -> int | None:
    """Return a total that can be, or None: a negative number says nothing."""
    return None if value is None or value < 0 else value


def is_last(page: AnyPage) -> bool | None:
    """Tell whether a page is the last of its listing, or None where it does not say."""
    pages, items = total(page.total_pages), total(page.total_items)
    if not page.items:
        return True
    if pages:
        return page.number >= pages
    if items and page.number == 1:
        return len(page.items) >= items
    return None


def remaining_items(page: AnyPage) -> int | None:
    """Return how many items come after a page, or None where it does not say."""
    if is_last(page):
        return 0
    items = total(page.total_items)
    if not items:
        return None
    if page.number == 1:
        return max(0, items - len(page.items))
    # A page that is not the last is a full one, and so are those before it.
    return None if is_last(page) is None else max(0, items - page.number * len(page.items))


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
