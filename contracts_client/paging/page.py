"""What is asked of a page, and what a page by itself tells about the rest of its listing."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol, TypeVar

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
