"""The gate that a refusal closes: how long, and what it learns of the spacing between requests."""

from math import inf

import pytest

from contracts_client import defaults
from contracts_client.resilience.gate import Gate, Permit


def a_permit(started: float) -> Permit:
    return Permit("get_contract", 0, started)


def refuse(
    gate: Gate, now: float = 0.0, retry_after: float | None = None, *, drawn: float = 1.0, spacing: float = 0.0
) -> None:
    """Answer a request with 429 that was sent a moment before."""
    gate.refused(a_permit(now - 0.001), now, retry_after, spacing, lambda: drawn)


@pytest.mark.parametrize(
    ("retry_after", "drawn", "seconds"),
    [
        (10, 0.0, 10),
        (10, 1.0, 10.5),
        (0, 1.0, 0),
        (1e12, 0.0, defaults.MAX_PAUSE),
        (None, 1.0, defaults.PAUSE_BASE),
        (None, 0.25, 0.25),
        (None, 0.0, 0),
    ],
)
def test_a_refusal_closes_for_what_is_asked(retry_after: float | None, drawn: float, seconds: float) -> None:
    gate = Gate()
    refuse(gate, 0, retry_after, drawn=drawn)
    assert gate.closed_until == pytest.approx(seconds)


def test_pauses_grow_up_to_a_bound() -> None:
    gate, pauses = Gate(), list[float]()
    for now in range(0, 1200, 100):
        refuse(gate, now)
        pauses.append(gate.closed_until - now)
    assert pauses == [1, 3, 9, 27, *[defaults.PAUSE_MAX] * 8]


def test_an_answer_ends_a_row_of_refusals() -> None:
    gate, pauses = Gate(), list[float]()
    for now in (0, 100):
        refuse(gate, now)
    gate.answered(a_permit(101))
    refuse(gate, 200)
    pauses.append(gate.closed_until - 200)
    assert pauses == [defaults.PAUSE_BASE]


def test_simultaneous_refusals_count_as_one() -> None:
    """Requests refused together count as one. Also those that were sent at the very moment of the first refusal."""
    gate = Gate()
    for started in (0.0, 0.5, 1.0):
        gate.refused(a_permit(started), 1.0, None, 0.0, lambda: 1.0)
    assert (gate.spacing, gate.closed_until) == (defaults.FIRST_SPACING, 1 + defaults.PAUSE_BASE)


def test_the_spacing_grows_up_to_a_bound() -> None:
    """The spacing grows threefold to a bound."""
    gate, learned = Gate(), list[float]()
    for now in range(14):
        refuse(gate, now, 1)
        learned.append(gate.spacing)
    assert learned[:3] == pytest.approx([0.1, 0.3, 0.9])
    assert learned[-2:] == [defaults.MAX_SPACING] * 2


def test_the_spacing_shrinks_on_each_answer() -> None:
    """The spacing shrinks with each answer."""
    gate, learned = Gate(), list[float]()
    refuse(gate)
    while gate.spacing:
        learned.append(gate.spacing)
        gate.answered(a_permit(1))
    assert learned == pytest.approx([0.1 * 0.99**answers for answers in range(len(learned))])
    assert defaults.MIN_SPACING <= learned[-1] < defaults.MIN_SPACING / 0.99


def test_a_refused_probe_keeps_the_spacing() -> None:
    """It was sent alone, after a pause. Half of the next pause is fixed, since the limit is known to last."""
    gate, probe = Gate(), a_permit(5)
    refuse(gate)
    gate.admit(probe)
    gate.refused(probe, 5.1, None, 0.0, lambda: 0.0)
    assert gate.spacing == defaults.FIRST_SPACING
    assert gate.closed_until == pytest.approx(5.1 + 3 * defaults.PROBE_PAUSE_SHARE)


def test_a_long_spacing_shrinks_fast() -> None:
    """From 10 s to less than 1 s within a minute."""
    gate, now = Gate(), 0.0
    refuse(gate, spacing=10)
    while gate.spacing > 1:
        now += gate.spacing
        gate.answered(a_permit(now))
    assert now < 60


@pytest.mark.parametrize(("told", "spacing"), [(0.05, 0.1), (0.2, 0.2), (60, defaults.MAX_SPACING)])
def test_a_spacing_that_is_told_is_kept(told: float, spacing: float) -> None:
    gate = Gate()
    refuse(gate, spacing=told)
    assert gate.spacing == spacing


def test_requests_pass_at_the_spacing() -> None:
    gate = Gate()
    assert gate.opens_at == -inf
    refuse(gate, 0, 1, drawn=0.0)
    assert gate.opens_at == 1
    gate.admit(a_permit(7))
    assert gate.opens_at == pytest.approx(7 + defaults.FIRST_SPACING)


@pytest.mark.parametrize(("started", "is_probing"), [(-1, True), (0, True), (0.1, False)])
def test_only_a_later_answer_opens_the_gate(started: float, is_probing: bool) -> None:  # noqa: FBT001
    """Only an answer to a later request opens."""
    gate = Gate()
    refuse(gate)
    gate.answered(a_permit(started))
    assert gate.is_probing is is_probing


def test_a_request_after_refusal_is_a_probe() -> None:
    """The request after a refusal is a probe."""
    gate, probe, other = Gate(), a_permit(1), a_permit(2)
    gate.admit(other)
    assert gate.probe is None
    refuse(gate)
    gate.admit(probe)
    gate.ended(other)
    assert gate.probe is probe
    gate.ended(probe)
    assert gate.probe is None


@pytest.mark.parametrize(("seconds", "is_probing"), [(300, False), (300.1, True), (80000, True)])
def test_a_probe_follows_the_longest_pause(seconds: float, is_probing: bool) -> None:  # noqa: FBT001
    """After the longest pause a probe asks."""
    gate = Gate()
    gate.close(0, seconds)
    gate.close(0, 1)  # what is closed for longer stays so
    assert (gate.closed_until, gate.is_probing) == (defaults.MAX_PAUSE, is_probing)
