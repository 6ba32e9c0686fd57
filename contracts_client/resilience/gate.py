"""The gate: a refusal closes it, one probe request passes first, and the others follow at a learned spacing."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Final

from .. import defaults
from ..openapi.classes import define

_JITTER: Final = 0.05  # of a Retry-After, so that clients that were refused together don't retry together
_MANY: Final = 10  # times that a pause grows, beyond which it has long reached its maximum


@define(eq=False)
class Permit:
    """The right to send one request.

    Attributes:
        operation: The operation of its call.
        number: The position of its call in the order of calls.
        started: When the request may be sent.
        refusals: How often its call was refused so far.
        has_slot: Whether it takes one of the slots. It does until it is released.
        is_probe: Whether its request was sent alone, so that its refusal says nothing about the spacing.
    """

    operation: str
    number: int
    started: float
    refusals: int = 0
    has_slot: bool = True
    is_probe: bool = False


class Gate:
    """Holds requests back after a refusal.

    The spacing between requests is learned: three times as much after a refusal, but not after that of a probe, which
    was sent alone. It is a hundredth less after each success, or by as much as lets the rate rise by ``RATE_GROWTH``,
    so that a spacing of seconds doesn't outlast the limit.

    Attributes:
        closed_until: No request passes before this time.
        spacing: Seconds between two requests.
        is_probing: Whether the next request is a probe, which is sent alone.
        probe: The probe request under way. The others wait for its outcome.
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
        """Note that a request passes."""
        self.last = permit.started
        if self.is_probing:
            self.probe = permit
            permit.is_probe = True

    def close(self, now: float, seconds: float) -> None:
        """Let no request pass for a time. A gate that is closed for longer stays so.

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
        is_new = permit.started > self._refused_at  # otherwise it was under way when an earlier refusal came
        if is_new:
            self._refused_at = now
            self._refusals += 1
            growth = 1.0 if permit.is_probe else defaults.SPACING_GROWTH
            self.spacing = max(self.spacing * growth, defaults.FIRST_SPACING)
        self.spacing = min(max(self.spacing, spacing), defaults.MAX_SPACING)
        self.is_probing = True
        self.at_rest = False
        if retry_after is not None:
            self.close(now, retry_after * (1 + random() * _JITTER))
        elif is_new:
            growth = defaults.PAUSE_GROWTH ** min(self._refusals - 1, _MANY)
            most = min(defaults.PAUSE_MAX, defaults.PAUSE_BASE * growth)
            least = defaults.PROBE_PAUSE_SHARE if permit.is_probe else 0.0
            self.close(now, (least + (1 - least) * random()) * most)

    def answered(self, permit: Permit) -> None:
        """Note that a request was answered, and not with 429."""
        if self.at_rest:
            return
        if self.spacing:
            # A success each ``spacing`` seconds, so the rate rises by RATE_GROWTH a second.
            self.spacing *= min(defaults.SPACING_DECAY, 1 / (1 + defaults.RATE_GROWTH * self.spacing**2))
            if self.spacing < defaults.MIN_SPACING:
                self.spacing = 0.0
        if permit.started > self._refused_at:
            self._refusals = 0
            self.is_probing = False
            # It passed after the gate had opened.
            self.at_rest = not self.spacing and permit.started >= self.closed_until

    def inherit(self, spacing: float) -> None:
        """Go on with the spacing of another gate, which held the same requests back."""
        self.spacing, self.at_rest = max(self.spacing, spacing), False

    def ended(self, permit: Permit) -> None:
        """Note that the outcome of a request is known, or that nobody waits for it."""
        if self.probe is permit:
            self.probe = None
