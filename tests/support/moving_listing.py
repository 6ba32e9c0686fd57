"""A listing that may move while it is read, on virtual time, and what its requests were."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from attrs import define, field, frozen
from virtual_time import run_virtually

from contracts_client import ErrorBody, NotFoundError, Paginator
from contracts_client.pagination.page import Listing, UnreadableItem

ALL_TELLS = ["pages and items", "pages", "items", "nothing"]


@frozen
class Page:
    items: list[str]
    number: int
    total_items: int | None = None
    total_pages: int | None = None
    echoed_number: int | None = None
    has_unreadable_totals: bool = False
    unreadable: tuple[UnreadableItem, ...] = ()


def not_found(body: ErrorBody | None) -> NotFoundError:
    """The error of a 404 with a body that can be read, or with none."""
    return NotFoundError("no such page", status_code=404, error=body, operation="list_things", correlation_id="an-id")


def names(*numbers: int) -> list[str]:
    return [f"c-{number}" for number in numbers]


@define(eq=False)
class MovingListing:
    """Answers pages of what it holds at the moment.

    Attributes:
        items: What it holds.
        size: Items a page where the request does not say.
        most: Most items of a page, also when the request asks for more.
        latency: Seconds until an answer.
        tells: Which totals it tells.
        beyond: What is past the end: an empty page, or 404.
        hollow: Numbers of pages that are empty, against the totals.
        before: Called with the number of a page before it is answered.
    """

    items: list[str]
    size: int = 3
    most: int = 100
    latency: float = 1.0
    tells: str = "pages and items"
    beyond: str = "empty"
    before: Callable[[int], None] = lambda number: None
    hollow: set[int] = field(factory=set)
    asked: list[int] = field(factory=list)
    sizes: list[int | None] = field(factory=list)
    under_way: int = 0
    most_under_way: int = 0

    async def fetch(self, number: int, size: int | None) -> Page:
        self.asked.append(number)
        self.sizes.append(size)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.latency)
            self.before(number)
            return self.page(number, size)
        finally:
            self.under_way -= 1

    def page(self, number: int, size: int | None) -> Page:
        length = min(size or self.size, self.most)
        found = self.items[(number - 1) * length : number * length]
        if not found and number > 1 and self.beyond == "404":
            raise not_found(ErrorBody(status=404))
        return Page(
            items=[] if number in self.hollow else found,
            number=number,
            total_items=len(self.items) if "items" in self.tells else None,
            total_pages=-(-len(self.items) // length) if "pages" in self.tells else None,
        )

    def read(self, **options: Any) -> Paginator[str, Page]:
        return Paginator(
            Listing(
                operation="list_things",
                fetch=self.fetch,
                key=lambda item: item,
                fingerprint=lambda: "0" * 12,
                **{"description": str, **options},
            )
        )


def letters(text: str, size: int = 2, **more: Any) -> MovingListing:
    """A listing whose items are the letters of a text."""
    return MovingListing(list(text), size=size, **more)


def read(listing: MovingListing, **options: Any) -> str:
    """All items of a listing, in a row."""
    return "".join(run_virtually(listing.read(**options).collect()))


async def taken(reading: Paginator[str, Page], count: int) -> list[str]:
    """The first items of an iteration, which is left then."""
    items = aiter(reading)
    return [await anext(items) for _ in range(count)]


async def tasks_left() -> int:
    """How many tasks there are besides this one, after those that were cancelled have had the time to end."""
    for _ in range(5):
        await asyncio.sleep(0)
    return len(asyncio.all_tasks()) - 1
