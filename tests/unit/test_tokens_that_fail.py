"""What the token cache does while there is no token to be had: what it remembers, tells and warns of."""

import asyncio
import contextlib
import logging

import pytest
from virtual_time import HandClock, VirtualClock, run_virtually

from contracts_client import AccessToken, ClientClosedError, TokenError, TokenProvider, defaults
from contracts_client.auth.cache import Token, TokenCache
from contracts_client.auth.sources import ProvidedToken
from contracts_client.secret import Secret

HOUR = 3600.0


class Fetch:
    """Brings what it is given in turn; a number is a failure with that status."""

    def __init__(self, clock: HandClock, *outcomes: str | int | None) -> None:
        self.clock = clock
        self.outcomes = list(outcomes)
        self.asked = 0

    async def __call__(self) -> Token | TokenError:
        self.asked += 1
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, str):
            return Token.lasting(Secret(outcome), HOUR, self.clock)
        return TokenError("the endpoint is down", status_code=outcome, correlation_id="an-id")


async def failing(tokens: TokenCache) -> TokenError:
    with pytest.raises(TokenError) as caught:
        await tokens.get()
    return caught.value


async def a_moment() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
def longest_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 1.0)


@pytest.mark.usefixtures("longest_pauses")
async def test_pauses_double_up_to_a_second() -> None:
    clock = HandClock()
    fetch = Fetch(clock, *[None] * 7)
    tokens = TokenCache(fetch, clock)
    pauses: list[float | None] = []
    for attempt in range(7):
        error = await failing(tokens)
        pauses.append(error.retry_after)
        assert fetch.asked == attempt + 1
        clock.now += (error.retry_after or 0) - 0.0625
        assert (await failing(tokens)).retry_after == pytest.approx(0.0625)
        clock.now += 0.0626
    assert pauses == pytest.approx([0.1, 0.2, 0.4, 0.8, 1, 1, 1])


@pytest.mark.usefixtures("longest_pauses")
@pytest.mark.parametrize(
    ("status", "seconds"), [(399, 0.1), (400, 30), (401, 30), (403, 30), (404, 0.1), (429, 0.1), (503, 0.1)]
)
async def test_refused_credentials_pause_longest(status: int, seconds: float) -> None:
    clock = HandClock()
    error = await failing(TokenCache(Fetch(clock, status), clock))
    assert error.retry_after == pytest.approx(seconds)


async def test_a_kept_failure_is_told_in_full() -> None:
    """A remembered failure is told whole."""
    clock = HandClock()
    tokens = TokenCache(Fetch(clock, 503), clock)
    for _ in range(2):
        error = await failing(tokens)
        assert (error.message, error.status_code, error.correlation_id) == ("the endpoint is down", 503, "an-id")


@pytest.mark.usefixtures("longest_pauses")
async def test_a_token_ends_a_row_of_failures() -> None:
    clock = HandClock()
    tokens = TokenCache(Fetch(clock, None, None, "one", None), clock)
    for _ in range(2):
        clock.now += ((await failing(tokens)).retry_after or 0) + 0.001
    tokens.reject(await tokens.get())
    assert (await failing(tokens)).retry_after == pytest.approx(defaults.TOKEN_RETRY_BASE)


async def test_renewal_warnings_are_limited(caplog: pytest.LogCaptureFixture) -> None:
    """A token that can not be renewed is warned of now and then."""
    clock = HandClock()
    fetch = Fetch(clock, "one", *[400] * 4)
    tokens = TokenCache(fetch, clock)
    await tokens.get()
    clock.now += HOUR - defaults.TOKEN_RENEWAL_MARGIN
    warned: list[int] = []
    for passed in (0, 29.5, 0.5, 30):  # the third one comes as soon as a warning may follow
        clock.now += passed
        tokens._renew_after = clock.now
        await tokens.get()
        await a_moment()
        warned.append(len(caplog.records))
    assert fetch.asked == 5
    assert warned == [1, 1, 2, 3]
    assert [(record.name, record.levelno) for record in caplog.records] == [("contracts_client", logging.WARNING)] * 3
    assert [record.getMessage() for record in caplog.records] == [
        f"the token can't be renewed, and ends in {seconds} s: the endpoint is down" for seconds in (300, 270, 240)
    ]


async def test_no_warning_without_a_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing is warned of where no token is left since the calls fail."""
    clock = HandClock()
    tokens = TokenCache(Fetch(clock, "one", None), clock)
    await tokens.get()
    clock.now += HOUR
    await failing(tokens)
    assert caplog.records == []


@pytest.mark.parametrize("shift", [0.0, 5.0])
async def test_the_earlier_clock_ends_a_token(shift: float) -> None:
    """A token is over when the earlier of the two clocks says so.

    The machine's clock goes on while a laptop sleeps, and the other one may not.
    """
    clock = HandClock()
    token = Token.lasting(Secret("one"), 10, clock)
    clock.shift = shift
    clock.now += 10 - shift - 0.25
    assert token.is_good(clock)
    clock.now += 0.25
    assert not token.is_good(clock)


async def test_a_clock_set_back_extends_no_token() -> None:
    """A machine's clock that was put back lengthens no token's life."""
    clock = HandClock()
    token = Token.lasting(Secret("one"), 10, clock)
    clock.shift = -100
    clock.now += 10
    assert not token.is_good(clock)


async def test_token_waiters_are_told_of_the_close() -> None:
    """A call that waits for a token learns that its client was closed."""
    never = asyncio.Event()

    async def fetch() -> Token | TokenError:
        await never.wait()
        raise AssertionError

    tokens = TokenCache(fetch, HandClock())
    waiting = asyncio.create_task(tokens.get())
    await a_moment()
    await tokens.aclose()
    with pytest.raises(ClientClosedError):
        await waiting


async def test_cancelling_with_the_fetch_cancels() -> None:
    """A caller that is cancelled together with the fetch is cancelled.

    A cancelled call has to end as cancelled, even when something else failed too.
    """
    tokens = TokenCache(asyncio.Event().wait, HandClock())  # type: ignore[arg-type] # what it returns does not matter
    caller = asyncio.create_task(tokens.get())
    await a_moment()
    (fetching,) = (task for task in asyncio.all_tasks() if task not in {caller, asyncio.current_task()})
    fetching.cancel()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller


@pytest.mark.parametrize("cancelled", [True, False], ids=["cancelled", "failed"])
async def test_a_fetch_without_outcome_is_reported(*, cancelled: bool) -> None:
    """A fetch that ends in no outcome is reported to its callers alone.

    An exception in a callback would go to the event loop's handler, and from there into the host's log.
    """
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    async def fetch() -> Token | TokenError:
        raise asyncio.CancelledError if cancelled else ZeroDivisionError

    with pytest.raises(TokenError if cancelled else ZeroDivisionError):
        await TokenCache(fetch, HandClock()).get()
    await a_moment()
    assert reported == []


async def test_a_closed_user_function_did_not_fail() -> None:
    """A user's function that is ended with its client is no failure of the function."""

    async def fetch() -> AccessToken:
        await asyncio.Event().wait()
        raise AssertionError

    clock = HandClock()
    tokens = TokenCache(ProvidedToken(TokenProvider(fetch), clock), clock)
    waiting = asyncio.create_task(tokens.get())
    await a_moment()
    await tokens.aclose()
    with pytest.raises(ClientClosedError):
        await waiting


def test_a_stuck_function_is_given_up() -> None:
    """A function that can not be hurried is waited for no longer than a bound."""

    async def main() -> float:
        may_end = asyncio.Event()

        async def fetch() -> Token | TokenError:
            while not may_end.is_set():
                with contextlib.suppress(asyncio.CancelledError):
                    await may_end.wait()
            return TokenError("ended at last")

        tokens = TokenCache(fetch, VirtualClock())
        waiting = asyncio.create_task(tokens.get())
        await a_moment()
        await tokens.aclose()
        closed_after = asyncio.get_running_loop().time()
        may_end.set()
        with pytest.raises(TokenError, match="ended at last"):
            await waiting
        return closed_after

    assert run_virtually(main()) == defaults.DRAIN_TIMEOUT


async def test_a_token_fetched_meanwhile_is_taken() -> None:
    """By a call that wakes up a little later than another that waited for the same pause."""
    late = asyncio.Event()

    class Clock(HandClock):
        async def sleep(self, seconds: float) -> None:
            await late.wait()

    clock = Clock()

    async def fetch() -> Token | TokenError:
        if clock.now == 1000.0:
            return TokenError("down", safe_to_retry=True)
        return Token.lasting(Secret("one"), HOUR, clock)

    tokens = TokenCache(fetch, clock)
    waiting = asyncio.create_task(tokens.get())
    await a_moment()
    clock.now += 5
    token = await tokens.get()
    late.set()
    assert await waiting is token
