"""Paging drift: how often a listing moved while it was read, and what is done about it."""

from __future__ import annotations

import logging
from typing import Final, Literal, TypeAlias, get_args

from attrs import fields

from ..openapi.classes import frozen

# Named after the package, which may be copied under another name.
logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])

OnDrift: TypeAlias = Literal["report", "raise", "restart"]
"""What is done about a listing that moves: go on, log and count it; raise PagingError; or read it from its start again.

A bookmark that has moved is only logged and counted with ``restart`` too, since reading starts at the bookmark.
"""

OnUnreadable: TypeAlias = Literal["raise", "skip"]
"""What is done about an item that can't be read: raise ResponseDecodeError; or leave it out, report and count it."""

ON_UNREADABLE: Final[tuple[OnUnreadable, ...]] = get_args(OnUnreadable)
ON_DRIFT: Final[tuple[OnDrift, ...]] = get_args(OnDrift)


@frozen(kw_only=True)
class PagingDrift:
    """How often a listing was seen to move while it was read, or could not be read whole. True if any count is not 0.

    Attributes:
        totals_changed: Pages with another total than the page before.
        duplicates: Items that had come before.
        empty_pages: Pages without items although the totals announced more. They were skipped.
        early_ends: Ends before all that the totals announced had come, or by a 404 that may be a gateway's.
        repeated_pages: Whole pages that had come before.
        moved_bookmarks: Resumed iterations whose last item had moved, or whose page is no longer there.
        unreadable_totals: Pages with a total that is no count. It may have announced more.
        unreadable: Items that were left out since they can't be read. The listing need not have moved.
        restarts: Restarts from the start of the listing.
    """

    totals_changed: int = 0
    duplicates: int = 0
    empty_pages: int = 0
    early_ends: int = 0
    repeated_pages: int = 0
    moved_bookmarks: int = 0
    unreadable_totals: int = 0
    unreadable: int = 0
    restarts: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(PagingDrift))


DriftKind: TypeAlias = Literal[
    "totals_changed",
    "duplicates",
    "empty_pages",
    "early_ends",
    "repeated_pages",
    "moved_bookmarks",
    "unreadable_totals",
    "restarts",
]


class DriftError(Exception):
    """The listing moved, and ``on_drift`` is not "report". Never leaves this package."""


class DriftLog:
    """Counts the drift, and acts as ``on_drift`` says.

    Args:
        operation: Name of the client's method, for the log.
        on_drift: What to do.
    """

    def __init__(self, operation: str, on_drift: OnDrift) -> None:
        self._operation = operation
        self._on_drift = on_drift
        self._counts: dict[str, int] = {}

    @property
    def drift(self) -> PagingDrift:
        """The counts so far."""
        return PagingDrift(**self._counts)

    def note(self, kind: DriftKind, text: str, times: int = 1, *, restarts: bool = True) -> None:
        """Count a move of the listing. Each kind is logged once.

        Args:
            kind: The kind of move.
            text: A sentence for people, without any personal value.
            times: How often it moved.
            restarts: Whether ``on_drift="restart"`` restarts for it: not if a restart would find the same again.

        Raises:
            DriftError: ``on_drift`` is not "report".
        """
        self._counts[kind] = self._counts.get(kind, 0) + times
        if self._on_drift == "raise" or (self._on_drift == "restart" and restarts):
            raise DriftError(f"{self._operation}: {text}")
        if self._counts[kind] == times:
            logger.warning("%s: the listing changes while it is read: %s", self._operation, text)

    def skipped(self, page: int, items: int) -> None:
        """Count the items of a page that can't be read and are left out. The first are logged."""
        before = self._counts.get("unreadable", 0)
        if not before:
            logger.warning("%s: page %d has items that can't be read; they are left out", self._operation, page)
        self._counts["unreadable"] = before + items

    def restarted(self) -> int:
        """Count a restart, and return how many there were."""
        self._counts["restarts"] = self._counts.get("restarts", 0) + 1
        logger.warning("%s: the listing changes while it is read; reading it from its start again", self._operation)
        return self._counts["restarts"]
