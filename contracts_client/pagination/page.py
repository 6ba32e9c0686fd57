"""The interface of a page, totals, and a listing with its options."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from attrs import field

from ..bookmark import Bookmark
from ..openapi.classes import define, frozen
from .drift import OnDrift

Item = TypeVar("Item")


@frozen(kw_only=True)
class UnreadableItem:
    """An item of a page that can't be read, and was left out. Its repr shows no value.

    Attributes:
        index: Its position on the page as the server sent it, from 0.
        path: The place of the fault, such as ``items[3].createdAt``.
        expected: What the specification says.
        found: The JSON type that was there instead. Never the value.
        key: What identifies it, which can be hashed.
    """

    index: int
    path: str
    expected: str
    found: str
    key: Any = field(repr=False)  # cattrs reads no Hashable


class Page(Protocol[Item]):
    """What a paginator needs of a page."""

    @property
    def items(self) -> list[Item]:
        """The items, in the server's order."""
        ...

    @property
    def unreadable(self) -> Sequence[UnreadableItem]:
        """Those that can't be read, and are not among the items."""
        ...

    @property
    def number(self) -> int:
        """The number that was asked for, from 1."""
        ...

    @property
    def echoed_number(self) -> int | None:
        """The number that the server says, or None if it says none."""
        ...

    @property
    def total_items(self) -> int | None:
        """How many items there are, or None if the server does not say."""
        ...

    @property
    def total_pages(self) -> int | None:
        """How many pages there are, or None if the server does not say."""
        ...

    @property
    def has_unreadable_totals(self) -> bool:
        """Whether the server tells a total that is no count."""
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


def length(page: AnyPage) -> int:
    """Return how many items the server sent on a page, whether they can be read or not."""
    return len(page.items) + len(page.unreadable)


def slots(page: AnyPage) -> list[Any]:
    """Return what the server sent on a page, in order: items, and UnreadableItem for those that can't be read."""
    if not page.unreadable:
        return page.items
    found = list(page.items)
    for each in page.unreadable:
        found.insert(each.index, each)
    return found


def keys_of(page: AnyPage, key: Callable[[Any], Hashable]) -> list[Hashable]:
    """Return what identifies each item that the server sent on a page, in order."""
    found = [key(item) for item in page.items]
    for each in page.unreadable:
        found.insert(each.index, each.key)
    return found


def total(value: int | None) -> int | None:
    """Return a total, or None for a negative number, which can't be one."""
    return None if value is None or value < 0 else value


@define
class Totals:
    """The totals of a listing, as far as the server says them.

    Attributes:
        items: How many items, or None.
        pages: How many pages, or None.
    """

    items: int | None = None
    pages: int | None = None

    @classmethod
    def of(cls, page: AnyPage) -> Totals:
        """Return the totals of a page."""
        return cls(total(page.total_items), total(page.total_pages))

    def updated(self, newer: Totals) -> Totals:
        """Return newer totals. A total that they lack stays as it was."""
        return Totals(
            self.items if newer.items is None else newer.items,
            self.pages if newer.pages is None else newer.pages,
        )

    def more_follow(self, page: AnyPage, seen: int | None) -> bool | None:
        """Tell whether more items follow on later pages, or None if that is not known.

        Args:
            page: The page.
            seen: How many items came on it and on all pages before it, or None if that is not known.
        """
        items, pages = self.items, self.pages
        if pages and page.number < pages:
            return True
        if not length(page) and (items == 0 or (pages and page.number > pages)):
            return False
        if items and seen is not None:
            return seen < items
        if pages or not (length(page) or items):
            return False
        return None


def is_last(page: AnyPage) -> bool | None:
    """Tell whether a page is the last of its listing, or None if it does not say."""
    more = Totals.of(page).more_follow(page, length(page) if page.number == 1 else None)
    return None if more is None else not more


def remaining_items(page: AnyPage) -> int | None:
    """Return how many items come after a page, or None if it does not say."""
    last, totals = is_last(page), Totals.of(page)
    if last:
        return 0
    if last is None or not totals.items:
        return None
    sent = length(page)
    if page.number == 1:
        return max(0, totals.items - sent)
    # The pages before it were as long, if the number of pages agrees.
    return totals.items - page.number * sent if sent and -(-totals.items // sent) == totals.pages else None


@define(kw_only=True, repr=False)
class Listing(Generic[Item, PageType]):
    """A listing and its options, checked.

    Attributes:
        operation: Name of the client's method.
        fetch: Fetches the page of a number.
        key: Returns what identifies an item.
        first: Number of the page to start with, from 1.
        size: Items a page, or None for the server's default.
        limit: The largest number of items to yield, or None for all.
        prefetch: How many pages to fetch ahead of the awaited page, from 0.
        on_drift: What to do when the listing moves.
        deduplicate: Whether an item that came before is left out.
        to_empty_page: Whether a page that is shorter than the one before it is no end, if there are no totals.
        resume: The bookmark to go on from, or None for the first page.
        fingerprint: Makes the checksum of the query, for bookmarks.
        description: Describes the query for people, without any personal value.
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
    to_empty_page: bool = False
    resume: Bookmark | None = None
    fingerprint: Callable[[], str]
    description: Callable[[], str]

    @property
    def start(self) -> int:
        """Number of the page to start with, where a bookmark may be."""
        return self.first if self.resume is None else self.resume.page
