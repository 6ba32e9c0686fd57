"""Bookmarks: positions in a listing, as small values that can be stored as text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable
from functools import partial
from math import inf
from typing import Final

from attrs import evolve

from .openapi.classes import frozen

_QUERY_BYTES: Final = 4
_PERSON_BYTES: Final = 2
_ANCHOR_BYTES: Final = 3
_SHA: Final = "s"  # what the checksums of SHA-256 begin with; those of BLAKE2b are hexadecimal digits alone
_TEXT = partial(
    re.fullmatch,
    r"b1\.([1-9][0-9]{0,9})\.([0-9]{1,9})\.(s?[0-9a-f]{12})\.(s?[0-9a-f]{6}|-)"
    r"(?:\.([1-9][0-9]{0,9})\.([1-9][0-9]{0,8}))?",
)
_PAGE_END: Final = 2**31


@frozen(kw_only=True)
class Bookmark:
    """The position right after the last yielded item. ``resume=`` takes it, or its ``str()``.

    It holds no secret and no personal value. It has checksums of the query, so that another query is refused. The
    checksum of the values that point to a person has 16 bits, which many people share.

    Attributes:
        page: The page to read next, from 1.
        position: How many of its items have been yielded, from 0.
        fingerprint: A checksum of the query.
        anchor: A checksum of the last yielded item, to find it again if it has moved; None for none.
        past: A page, and how many of its items; None for none. Up to there, items that can't be read are left out.
    """

    page: int
    position: int
    fingerprint: str
    anchor: str | None = None
    past: tuple[int, int] | None = None

    def __str__(self) -> str:
        past = "" if self.past is None else f".{self.past[0]}.{self.past[1]}"
        return f"b1.{self.page}.{self.position}.{self.fingerprint}.{self.anchor or '-'}{past}"

    def may_skip(self, page: int) -> float:
        """Return how many of a page's first items may be left out if they can't be read; infinity for all of them.

        What was yielded before the bookmark need not be read again.

        Args:
            page: The number of the page, from 1.
        """
        number, count = max(self.past or (0, 0), (self.page, self.position))
        return inf if page < number else count if page == number else 0


def parse(text: str) -> Bookmark | None:
    """Return the bookmark that a text holds, or None if it holds none."""
    found = _TEXT(text)
    if found is None or int(found[1]) >= _PAGE_END:
        return None
    anchor = None if found[4] == "-" else found[4]
    past = None if found[5] is None else (int(found[5]), int(found[6]))
    return Bookmark(page=int(found[1]), position=int(found[2]), fingerprint=found[3], anchor=anchor, past=past)


def fingerprints(query: object, identifying: object) -> tuple[str, ...]:
    """Return the checksums of a query that this Python can compute. The first one is for new bookmarks.

    A checksum that can tell one query from another can also be used to check a guess, however slow or salted it is: a
    customer number has few digits, so all of them can be tried. So the checksum of the identifying values is cut to 16
    bits: of a million customers some fifteen share each. It is not salted on purpose. Each salt would reveal 16 other
    bits, and a few bookmarks of one query would point to one customer. For the same reason SHA-256 is used only if
    BLAKE2b is not available.

    Args:
        query: Values that identify nobody. Their repr counts.
        identifying: Values that may point to a person. Their repr counts.
    """
    parts = zip(_checksums("query", query, _QUERY_BYTES), _checksums("person", identifying, _PERSON_BYTES), strict=True)
    return tuple(first + second.removeprefix(_SHA) for first, second in parts)


def adopted(mark: Bookmark, known: tuple[str, ...]) -> Bookmark | None:
    """Return a bookmark as this Python would make it, or None if it is of another query.

    Checksums of BLAKE2b can't be checked if BLAKE2b is not available. Then only page and position count.

    Args:
        mark: The bookmark.
        known: The fingerprints of the query.
    """
    checked = {each.startswith(_SHA) for each in known}
    if mark.fingerprint.startswith(_SHA) in checked and mark.fingerprint not in known:
        return None
    anchor = mark.anchor if mark.anchor is None or mark.anchor.startswith(_SHA) in checked else None
    return evolve(mark, fingerprint=known[0], anchor=anchor)


def anchors_of(key: Hashable) -> tuple[str, ...]:
    """Return the checksums of an item, by its key: 24 bits find it on its page. The first one is for new bookmarks."""
    return _checksums("anchor", key, _ANCHOR_BYTES)


def _checksums(purpose: str, value: object, size: int) -> tuple[str, ...]:
    data = repr(value).encode()
    sha = _SHA + hashlib.sha256(b"%s\0%s" % (purpose.encode(), data)).hexdigest()[: 2 * size]
    try:
        blake = hashlib.blake2b(data, digest_size=size, person=purpose.encode(), usedforsecurity=False)
    except (AttributeError, ValueError):  # a Python or an OpenSSL that allows none but FIPS's hashes
        return (sha,)
    return blake.hexdigest(), sha
