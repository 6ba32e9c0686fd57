"""The reader of one iteration: which page comes next, which is the last, and which pages are prefetched."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic

from .. import defaults
from ..bookmark import anchors_of
from ..errors import ContractsError, NotFoundError, PagingError
from ..openapi.classes import define
from .drift import DriftError
from .guard import Guard, NewItems
from .page import Item, Listing, PageType, Totals, keys_of, length, slots, total
from .position import ReadPosition
from .prefetch import Prefetch


@define
class Reading(Generic[PageType]):
    """A page and the items of it to yield.

    Attributes:
        page: The page.
        items: What the server sent on it, in order: items, and UnreadableItem for those that are left out.
        positions: The positions of the items to yield.
        keys: The keys of these items.
        length: How many items the whole page has; -1 for a page that was cut.
        last_key: The key of the last item of the page.
    """

    page: PageType
    items: list[Any]
    positions: list[int]
    keys: list[Hashable]
    length: int
    last_key: Hashable = None


def is_from_api(error: NotFoundError) -> bool:
    """Tell whether a 404 is the API's own: its JSON names the status. Gateways' pages, texts and faults do not."""
    return error.error is not None and error.error.status == error.status_code


class Reader(Generic[Item, PageType]):
    """Reads the pages of a listing in order.

    Args:
        listing: The listing.
        position: Is updated by the iterator that yields.
        exact: Whether items are yielded, so that the first page may be cut to the limit. Otherwise whole pages are.
        start_over: Called at a restart, so that the caller forgets all that was yielded. If it is None, a restart
            leaves out what was yielded before.
    """

    def __init__(
        self,
        listing: Listing[Item, PageType],
        position: ReadPosition,
        *,
        exact: bool,
        start_over: Callable[[], None] | None = None,
    ) -> None:
        self._listing = listing
        self._position = position
        self._exact = exact
        self._start_over = start_over
        self._prefetch = Prefetch(listing.fetch, listing.size)
        self._yielded: set[Hashable] = set()  # kept only if a restart may leave them out
        self._ended = listing.limit == 0
        self._begin()

    def _begin(self) -> None:
        resume = self._listing.resume
        self._position.at_end = False
        self._guard = Guard(self._listing, self._position.log, frozenset(self._yielded))
        self._next = self._listing.start
        self._start = 0 if resume is None else resume.position
        self._anchor = None if resume is None else resume.anchor
        self._bound = self._next  # the last page that is known to exist and is wanted
        self._fetched = 0
        self._seen = 0
        self._length: int | None = None  # of the page before, unless it was cut
        self._longest = 0  # of the longest page that was not cut
        self._doubtful = False  # whether the listing ended with a 404 that may not be the API's

    async def read(self) -> Reading[PageType] | None:
        """Return the next page and the items to yield, or None at the end.

        Raises:
            PagingError: The listing repeats itself or has no end, or it moved and ``on_drift`` is not "report".
            ContractsError: The page could not be fetched. The next call tries again.
        """
        try:
            while not self._ended:
                try:
                    return await self._read()
                except DriftError as error:
                    moved = str(error)  # not the exception, whose frames would keep this reader and its tasks alive
                self._restart(moved)
        except BaseException as error:
            self._prefetch.cancel()
            if isinstance(error, PagingError):
                self._ended = True
            if isinstance(error, ContractsError):
                error.bookmark = self._position.bookmark
            raise
        return None

    async def _read(self) -> Reading[PageType] | None:
        number, room = self._next, self._room()
        self._guard.may_go_on(number, self._fetched)
        page, cut = await self._page(number)
        if page is not None:
            self._guard.check(page)
        self._fetched += 1
        sent = 0 if page is None else length(page)
        if page is not None and not sent and self._more_follow(page, cut=cut):
            return self._empty(page, cut=cut)
        if page is None or not sent or self._guard.is_past_the_end(page):
            self._end(of_listing=True)
            self._look_at_end(number, page)
            # An empty listing is one empty page. An empty page that only marks the end is not handed out.
            is_whole = page is None or self._fetched > 1 or self._listing.resume is not None
            return None if is_whole or page is None else Reading(page, [], [], [], 0)
        start = min(self._items_done(page), sent)
        new = self._guard.look(page, start, cut=cut)
        self._seen += 0 if cut else sent
        self._go_on(page, new, room, cut=cut)
        last_key = keys_of(page, self._listing.key)[-1]
        return Reading(page, slots(page), new.positions, new.keys, -1 if cut else sent, last_key)

    def _room(self) -> int | None:
        limit = self._listing.limit
        return None if limit is None else limit - self._position.yielded

    async def _page(self, number: int) -> tuple[PageType | None, bool]:
        """Return a page, or None if it is not found, and whether it was cut."""
        listing = self._listing
        # Only page 1 begins at the same item with any size. After a restart it also has the items yielded before. The
        # item of a bookmark may have moved within its page, so that page is never cut.
        wanted = None if listing.limit is None else self._start + listing.limit
        may_be_cut = self._fetched == 0 and number == 1 and self._anchor is None
        try:
            if self._exact and may_be_cut and wanted is not None and listing.size is not None and wanted < listing.size:
                return await listing.fetch(number, wanted), True
            if listing.prefetch and self._bound > number:
                self._prefetch.start(number, min(self._bound, number + listing.prefetch))
            return await self._prefetch.take(number), False
        except NotFoundError as error:
            if self._fetched == 0 and listing.resume is None:
                raise
            self._doubtful = not is_from_api(error)
            return None, False

    def _items_done(self, page: PageType) -> int:
        """Return how many items of a page are done: on a bookmark's page, those up to the last yielded item."""
        position, self._start = self._start, 0
        anchor, self._anchor = self._anchor, None
        if anchor is None:
            return position
        keys = keys_of(page, self._listing.key)
        matches = [index for index, key in enumerate(keys, 1) if anchor in anchors_of(key)]
        if position in matches or (not matches and position == 0):
            return position
        self._bookmark_moved(f"what was read last is not where it was on page {page.number}")
        return matches[-1] if matches else position

    def _bookmark_moved(self, text: str) -> None:
        # A restart begins at the bookmark, which would be found moved again.
        self._position.log.note("moved_bookmarks", text, restarts=False)

    def _more_follow(self, page: PageType, *, cut: bool) -> bool | None:
        """Tell whether the newest totals announce more after a page, or None if there are none."""
        own = Totals.of(page)
        if own == Totals() and not length(page) and not self._guard.allows_a_stale_page:
            return False  # only older totals announced more
        totals = self._guard.totals.updated(own)
        return totals.more_follow(page, length(page) if cut else self._from_first())

    def _from_first(self) -> int | None:
        """Return how many items came from page 1 on, or None if reading began elsewhere."""
        return self._seen if self._listing.start == 1 else None

    def _empty(self, page: PageType, *, cut: bool) -> Reading[PageType]:
        """Skip a page without items, since the totals announce more."""
        if self._start and not cut:
            self._bookmark_moved(f"page {page.number}, where to go on, is empty")
        self._guard.look_at_empty(page, cut=cut)
        if cut:  # read it whole
            self._saw_cut_page(page)
        else:
            self._start, self._anchor = 0, None  # they were of this page
            self._position.saw(page, total(page.total_pages))
            self._go_to(page.number + 1, self._room())
        return Reading(page, [], [], [], 0)

    def _look_at_end(self, number: int, page: PageType | None) -> None:
        pages = None
        if page is not None:
            pages = total(page.total_pages)
            self._position.saw(page, pages)
        # A bookmark of a listing with totals points to a page that existed.
        if self._anchor is not None and (self._start or pages is not None):
            self._bookmark_moved(f"page {number}, where to go on, is no more")
        self._guard.ended(number, page, self._from_first(), doubtful=self._doubtful)

    def _go_on(self, page: PageType, new: NewItems, room: int | None, *, cut: bool) -> None:
        """Find out which page comes next, if any, and prefetch."""
        sent = length(page)
        more = self._more_follow(page, cut=cut)
        if cut:
            self._saw_cut_page(page)
            if room is not None and len(new.positions) >= room:
                self._end(of_listing=False)
            elif more is False:
                self._end(of_listing=True)
            else:  # the server sent fewer items than were asked for: read the whole page
                self._start = sent
            return
        self._position.saw(page, total(page.total_pages))
        if more is None:
            # Without totals, a page that is shorter than the page before it is the last. The requested size is no
            # measure, since a server may cap it.
            more = self._listing.to_empty_page or self._length is None or sent >= self._length
        self._length = sent
        self._longest = max(self._longest, sent)
        left = None if room is None else room - (len(new.positions) if self._exact else len(page.items))
        if not more or (left is not None and left <= 0):
            self._end(of_listing=not more)
        else:
            self._go_to(page.number + 1, left)

    def _go_to(self, number: int, left: int | None) -> None:
        """Make a page the next one, and prefetch.

        Args:
            number: The number of the page.
            left: How many more items are wanted, or None for all.
        """
        self._next = number
        longest = max(1, self._longest)
        self._bound = self._known_pages(longest) or number - 1
        if left is not None:
            self._bound = min(self._bound, number - 1 - (-left // longest))
        self._bound = min(self._bound, self._listing.start + defaults.MAX_PAGES - 1)
        self._prefetch.start(number, min(self._bound, number - 1 + self._listing.prefetch))

    def _saw_cut_page(self, page: PageType) -> None:
        items, size = total(page.total_items), self._listing.size
        self._position.saw(page, None if items is None or size is None else -(-items // size))

    def _known_pages(self, longest: int) -> int | None:
        totals = self._guard.totals
        if totals.pages:
            return totals.pages
        if not totals.items or not self._longest or self._from_first() is None:
            return None
        return -(-totals.items // longest)

    def _end(self, *, of_listing: bool) -> None:
        self._ended = True
        self._prefetch.cancel()
        self._position.at_end = of_listing

    def yielded(self, key: Hashable) -> None:
        """Remember a yielded item, in case of a restart."""
        keeps = self._listing.on_drift == "restart" and self._start_over is None
        if keeps and len(self._yielded) <= defaults.MAX_REMEMBERED_ITEMS:
            self._yielded.add(key)

    def _restart(self, moved: str) -> None:
        self._prefetch.cancel()
        log, listing = self._position.log, self._listing
        if listing.on_drift != "restart":
            raise PagingError(moved)
        if log.drift.restarts >= defaults.MAX_RESTARTS:
            raise PagingError(f"{moved}, and so it was after {defaults.MAX_RESTARTS} restarts")
        if len(self._yielded) > defaults.MAX_REMEMBERED_ITEMS:
            raise PagingError(f"{moved}, and too much was yielded to start again and leave it out")
        log.restarted()
        if self._start_over is not None:
            self._start_over()
            self._position.rewind()
        self._ended = False
        self._begin()
