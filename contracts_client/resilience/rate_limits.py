"""The limits that the provider has told."""

from __future__ import annotations

from typing import Final

from attrs import Attribute, field, frozen

from ..errors import ConfigurationError

_MINUTE: Final = 60.0


def _per_minute(_: object, attribute: Attribute[int | None], value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise ConfigurationError(f"{attribute.name} must be an integer from 1, or None")


def _spacing(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _MINUTE:
        raise ConfigurationError(f"{attribute.name} must be a number of seconds from 0 to 60")


@frozen(kw_only=True)
class RateLimits:
    """Limits that the provider has told you, so that the client never meets them.

    Args:
        per_minute: Requests in a minute at the most, from 1. The minute starts with its first request.
        spacing: Seconds between two requests at the least, from 0 to 60.

    Raises:
        ConfigurationError: An argument is out of its range.
    """

    per_minute: int | None = field(default=None, validator=_per_minute)
    spacing: float = field(default=0.0, validator=_spacing)
