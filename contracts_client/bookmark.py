"""A place in a listing, as a small value that can be written down."""

from __future__ import annotations

import re
from collections.abc import Hashable
from hashlib import blake2b
from typing import Final

from attrs import frozen

_QUERY_BYTES: Final = 4
_PERSON_BYTES: Final = 2
_ANCHOR_BYTES: Final = 3
_TEXT = re.compile(r"b1\.([1-9][0-9]{0,9})\.([0-9]{1,9})\.([0-9a-f]{12})\.([0-9a-f]{6}|-)").fullmatch
_PAGE_END: Final = 2**31


@frozen(kw_only=True)
class Bookmark:
    """The place right after the last item that was yielded. ``str()`` writes it down, and ``resume=`` takes either.

    It holds no secret and no personal value. What it keeps of the query are checksums, so that another query is
    refused; that of the values that point to a person has 16 bits, which many people share.

    Attributes:
        page: The page to read next, from 1.
        position: How many of its items have been yielded, from 0.
        fingerprint: A checksum of the query.
        anchor: A checksum of the last item that was yielded, to find it again where it has moved; None for none.
    """

    page: int
    position: int
    fingerprint: str
    anchor: str | None = None

    def __str__(self) -> str:
        return f"b1.{self.page}.{self.position}.{self.fingerprint}.{self.anchor or '-'}"


def parse(text: str) -> Bookmark | None:
    """Return the bookmark that a text holds, or None where it holds none."""
    found = _TEXT(text)
    if found is None or int(found[1]) >= _PAGE_END:
        return None
    anchor = None if found[4] == "-" else found[4]
    return Bookmark(page=int(found[1]), position=int(found[2]), fingerprint=found[3], anchor=anchor)


def fingerprint(query: object, identifying: object) -> str:
    """Return a checksum of a query.

    Whatever can tell one query from another can also be used to check a guess, however slow or salted: a customer
    number has few digits, so all of them can be tried. What helps is to say little. The checksum of the identifying
    values is cut to 16 bits: of a million customers some fifteen share each. It is not salted on purpose. Each salt
    would give away 16 other bits, and a few bookmarks of one query would then point to one customer after all.

    Args:
        query: What identifies nobody. Its repr counts.
        identifying: What may point to a person. Its repr counts.
    """
    return _checksum("query", query, _QUERY_BYTES) + _checksum("person", identifying, _PERSON_BYTES)


def anchor_of(key: Hashable) -> str:
    """Return the checksum of an item, by its key: 24 bits, enough to find it on its page."""
    return _checksum("anchor", key, _ANCHOR_BYTES)


def _checksum(purpose: str, value: object, size: int) -> str:
    return blake2b(repr(value).encode(), digest_size=size, person=purpose.encode()).hexdigest()
