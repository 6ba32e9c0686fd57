"""A gate that a refusal closes, that then lets one probe request pass, and then requests at a learned spacing."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Final

from attrs import define

from .. import defaults

_JITTER: Final = 0.05  # of a Retry-After: clients that were refused together don't come back together
_MANY: Final = 10  # doublings of a pause, beyond which it has long reached its maximum


@define(eq=False)
class Permit:
    """The right to send one request.

    Attributes:
        operation: What its call is.
        number: The place of its call in the order of calls.
        started: When the request may be sent.
        refusals: Of its call, so far.
        has_slot: Whether it takes one of the slots, until it is released.
    """

    operation: str
    number: int
    started: float
    refusals: int = 0
    has_slot: bool = True


class Gate:
    """What holds requests back after a refusal.

    The spacing between requests is learned: half as much again after a refusal, a hundredth less after a success.

    Attributes:
        closed_until: Nothing passes before.
        spacing: Seconds between two requests.
        is_probing: Whether the next request is a probe: it goes alone.
        probe: The probe request under way, for whose outcome the others wait.
        at_rest: Whether no refusal has an effect any more. Requests pass without a look at the rest then.
        last: When the last request passed.
    """

    def __init__(self) -> None:
        self.closed_until = -inf
        self.spacing = 0.0
        self.is_probing = False
        self.probe: Permit | None = None
        self.at_rest = True
        self.last = -inf
        self._refused_at = -inf
        self._refusals = 0  # in a row

    @property
    def opens_at(self) -> float:
        """When the next request may pass."""
        return max(self.closed_until, self.last + self.spacing)

    @property
    def holds_back(self) -> bool:
        """Whether a refusal still has an effect."""
        return self.spacing > 0 or self.is_probing

    def admit(self, permit: Permit) -> None:
        """Take note that a request passes."""
        self.last = permit.started
        if self.is_probing:
            self.probe = permit

    def close(self, now: float, seconds: float) -> None:
        """Let nothing pass for a time. A gate that is closed for longer stays so.

        Args:
            now: The time.
            seconds: How long, from 0. After ``MAX_PAUSE`` a probe asks again.
        """
        self.at_rest = False
        self.is_probing |= seconds > defaults.MAX_PAUSE
        self.closed_until = max(self.closed_until, now + min(seconds, defaults.MAX_PAUSE))

    def refused(
        self, permit: Permit, now: float, retry_after: float | None, spacing: float, random: Callable[[], float]
    ) -> None:
        """Close the gate: a request was answered with 429.

        Args:
            permit: The permit of the request.
            now: The time.
            retry_after: Seconds that the server asks to wait, or None.
            spacing: Seconds between two requests that the server lets pass, or 0.
            random: Draws a number from 0 to 1.
        """
        is_news = permit.started > self._refused_at  # else it was under way when an earlier refusal came
        if is_news:
            self._refused_at = now
            self._refusals += 1
            self.spacing = max(self.spacing * defaults.SPACING_GROWTH, defaults.FIRST_SPACING)
        self.spacing = min(max(self.spacing, spacing), defaults.MAX_SPACING)
        self.is_probing = True
        self.at_rest = False
        if retry_after is not None:
            self.close(now, retry_after * (1 + random() * _JITTER))
        elif is_news:
            most = min(defaults.PAUSE_MAX, defaults.PAUSE_BASE * 2.0 ** min(self._refusals - 1, _MANY))
            self.close(now, random() * most)

    def answered(self, permit: Permit) -> None:
        """Take note that a request was answered, and not with 429."""
        if self.at_rest:
            return
        if self.spacing:
            self.spacing *= defaults.SPACING_DECAY
            if self.spacing < defaults.MIN_SPACING:
                self.spacing = 0.0
        if permit.started > self._refused_at:
            self._refusals = 0
            self.is_probing = False
            # It passed after the gate had opened.
            self.at_rest = not self.spacing and permit.started >= self.closed_until

    def ended(self, permit: Permit) -> None:
        """Take note that the outcome of a request is known, or that nobody waits for it."""
        if self.probe is permit:
            self.probe = None
