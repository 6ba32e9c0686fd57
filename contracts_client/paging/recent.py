"""Which items came lately, in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from hashlib import blake2b
from typing import Final

_LONG: Final = 128  # characters; a longer key is kept as its digest


class RecentKeys:
    """Remembers the last so many keys.

    Args:
        capacity: How many, from 1.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._order: deque[Hashable] = deque()
        self._known: set[Hashable] = set()

    def add(self, key: Hashable) -> bool:
        """Remember a key, and return whether it is new."""
        if isinstance(key, str) and len(key) > _LONG:
            key = blake2b(key.encode("utf-8", "surrogatepass")).digest()
        if key in self._known:
            return False
        if len(self._order) >= self._capacity:
            self._known.remove(self._order.popleft())
        self._order.append(key)
        self._known.add(key)
        return True
