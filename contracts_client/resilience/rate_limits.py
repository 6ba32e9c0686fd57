"""Declared rate limits: the limits that the provider published, and the count of requests against them."""

from __future__ import annotations

from math import inf
from typing import Final

from attrs import Attribute, field

from ..errors import ConfigurationError
from ..openapi.classes import frozen
from ..openapi.encode import plain

_MINUTE: Final = 60.0


def _per_minute(_: object, attribute: Attribute[int | None], value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise ConfigurationError(f"{attribute.name} must be an integer from 1, or None")


def _spacing(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _MINUTE:
        raise ConfigurationError(f"{attribute.name} must be a number of seconds from 0 to 60")


@frozen(kw_only=True)
class RateLimits:
    """Limits that the provider gave you. The client keeps them from the start, so it is never refused for them.

    Args:
        per_minute: Most requests in a minute, from 1. The minute starts with its first request.
        spacing: Fewest seconds between two requests, from 0 to 60.

    Raises:
        ConfigurationError: An argument is out of its range.
    """

    per_minute: int | None = field(default=None, converter=plain, validator=_per_minute)
    spacing: float = field(default=0.0, validator=_spacing)


class LimitCount:
    """Counts the requests of a client against its declared limits.

    Args:
        limits: The limits.

    Attributes:
        are_declared: Whether there are limits at all.
    """

    def __init__(self, limits: RateLimits) -> None:
        self._limits = limits
        self.are_declared = limits.per_minute is not None or limits.spacing > 0
        self._last = -inf
        self._minute = -inf
        self._in_minute = 0

    def opens_at(self, now: float, ahead: int = 0) -> float:
        """Return when the limits let a request pass.

        Args:
            now: The time.
            ahead: Requests that pass before it.
        """
        opens_at = self._last + self._limits.spacing
        if ahead:
            opens_at = max(opens_at, now) + ahead * self._limits.spacing
        limit = self._limits.per_minute
        if limit is not None:
            has_begun = now < self._minute + _MINUTE
            minutes = ((self._in_minute if has_begun else 0) + ahead) // limit
            if minutes:
                opens_at = max(opens_at, (self._minute if has_begun else now) + minutes * _MINUTE)
        return opens_at

    def add(self, now: float) -> None:
        """Count a request that passes."""
        self._last = now
        if self._limits.per_minute is not None:
            if now >= self._minute + _MINUTE:
                self._minute, self._in_minute = now, 0
            self._in_minute += 1
