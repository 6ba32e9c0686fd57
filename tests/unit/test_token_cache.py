"""The token of client credentials: fetched once for all who wait, renewed ahead of its end, never shown."""

import asyncio
import json
import math
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_time import HandClock

from contracts_client import ClientClosedError, ClientCredentials, ConfigurationError, TokenError, __version__, defaults
from contracts_client.auth.cache import Token, TokenCache
from contracts_client.auth.endpoint import TOKEN_PATH, TokenRequest, read_token, token_lifetime
from contracts_client.openapi.operation import Response
from contracts_client.secret import Secret
from contracts_client.transport.interface import ExchangeError, TransportRequest

CANARY = "c4narY"
HOUR = 3600


def answer(token: object = "one", status: int = 200, **changes: object) -> Response:
    body = {"access_token": token, "token_type": "Bearer", "expires_in": HOUR, **changes}
    return Response(status=status, headers={"content-type": "application/json"}, body=json.dumps(body).encode())


class Endpoint:
    """The transport to a token endpoint: answers in turn, raises what is an error, and can be held up."""

    def __init__(self, *answers: Response | BaseException) -> None:
        self.answers = list(answers)
        self.requests: list[TransportRequest] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def send(self, request: TransportRequest) -> Response:
        self.requests.append(request)
        await self.may_answer.wait()
        given_answer = self.answers.pop(0)
        if isinstance(given_answer, BaseException):
            raise given_answer
        return given_answer

    async def aclose(self) -> None: ...


def cache(endpoint: Endpoint, clock: HandClock | None = None, audience: str | None = None) -> TokenCache:
    clock = clock or HandClock()
    credentials = ClientCredentials("an-id", CANARY, audience=audience)
    request = TokenRequest(
        credentials,
        endpoint,
        host="auth.example",
        audience="https://api.example.com",
        client_name="acme-shop",
        clock=clock,
    )
    return TokenCache(request, clock)


async def a_moment() -> None:
    """Let all tasks that are ready run."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_two_hundred_callers_are_one_request() -> None:
    endpoint = Endpoint(answer())
    tokens = cache(endpoint)
    found = await asyncio.gather(*(tokens.get() for _ in range(200)))
    assert len(endpoint.requests) == 1
    assert {id(token) for token in found} == {id(found[0])}
    assert found[0].reveal() == "one"


async def test_a_cached_token_needs_no_request() -> None:
    """A token that is there is given without a request."""
    endpoint = Endpoint(answer())
    tokens = cache(endpoint)
    assert await tokens.get() is await tokens.get()
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("cancelled", [range(1), range(199), range(50, 150)], ids=["the first", "all but one", "some"])
async def test_cancelled_callers_harm_no_others(cancelled: range) -> None:
    """Callers that are cancelled take the token from nobody."""
    endpoint = Endpoint(answer())
    endpoint.may_answer.clear()
    tokens = cache(endpoint)
    callers = [asyncio.create_task(tokens.get()) for _ in range(200)]
    await a_moment()
    for index in cancelled:
        callers[index].cancel()
    await a_moment()
    assert all(callers[index].cancelled() for index in cancelled)
    endpoint.may_answer.set()
    left = [caller for index, caller in enumerate(callers) if index not in cancelled]
    assert {token.reveal() for token in await asyncio.gather(*left)} == {"one"}
    assert len(endpoint.requests) == 1


async def test_an_unclaimed_token_is_kept() -> None:
    """A token whose callers have all gone is kept for the next."""
    endpoint = Endpoint(answer())
    endpoint.may_answer.clear()
    tokens = cache(endpoint)
    caller = asyncio.create_task(tokens.get())
    await a_moment()
    caller.cancel()
    endpoint.may_answer.set()
    await a_moment()
    assert (await tokens.get()).reveal() == "one"
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("lifetime", "good_for"),
    [
        pytest.param(HOUR, HOUR - defaults.TOKEN_RENEWAL_MARGIN, id="an hour: the margin before its end"),
        pytest.param(60, 30, id="a minute: half of it"),
        pytest.param(2 * defaults.TOKEN_RENEWAL_MARGIN, defaults.TOKEN_RENEWAL_MARGIN, id="twice the margin: either"),
        pytest.param(None, defaults.TOKEN_LIFETIME / 2, id="not said: the default"),
        pytest.param(1e12, defaults.MAX_TOKEN_LIFETIME - defaults.TOKEN_RENEWAL_MARGIN, id="for ever: the cap"),
    ],
)
async def test_a_token_is_renewed_ahead_of_its_end(lifetime: float | None, good_for: float) -> None:
    clock = HandClock()
    endpoint = Endpoint(answer(expires_in=lifetime), answer("two"))
    tokens = cache(endpoint, clock)
    assert (await tokens.get()).reveal() == "one"
    clock.now += good_for - 0.001
    assert (await tokens.get()).reveal() == "one"
    await a_moment()
    assert len(endpoint.requests) == 1
    clock.now += 0.001
    await tokens.get()
    await a_moment()
    assert (await tokens.get()).reveal() == "two"
    assert len(endpoint.requests) == 2


async def test_a_renewal_is_one_request_too() -> None:
    clock = HandClock()
    endpoint = Endpoint(answer(), answer("two"))
    tokens = cache(endpoint, clock)
    await tokens.get()
    clock.now += HOUR
    found = await asyncio.gather(*(tokens.get() for _ in range(200)))
    assert {token.reveal() for token in found} == {"two"}
    assert len(endpoint.requests) == 2


async def test_a_good_token_is_used_during_renewal() -> None:
    """Nobody waits for a renewal while the old token is good."""
    clock = HandClock()
    endpoint = Endpoint(answer(), answer("two"))
    tokens = cache(endpoint, clock)
    old = await tokens.get()
    clock.now += HOUR - defaults.TOKEN_RENEWAL_MARGIN
    endpoint.may_answer.clear()
    assert {id(token) for token in await asyncio.gather(*(tokens.get() for _ in range(200)))} == {id(old)}
    assert len(endpoint.requests) == 2
    endpoint.may_answer.set()
    await a_moment()
    assert (await tokens.get()).reveal() == "two"
    assert len(endpoint.requests) == 2


async def test_a_failed_renewal_keeps_the_token() -> None:
    """A renewal that fails costs nobody anything until the old token ends."""
    clock = HandClock()
    endpoint = Endpoint(answer(), *(ExchangeError("down") for _ in range(9)))
    tokens = cache(endpoint, clock)
    old = await tokens.get()
    for passed in (HOUR - defaults.TOKEN_RENEWAL_MARGIN, 100, defaults.TOKEN_RENEWAL_MARGIN - 100.001):
        clock.now += passed
        assert await tokens.get() is old
        await a_moment()
    clock.now += 0.001
    with pytest.raises(TokenError, match="down"):
        await tokens.get(retry=False)


@pytest.mark.parametrize("lifetime", [0, -1, "0"])
async def test_an_expired_token_serves_its_waiters(lifetime: object) -> None:
    """A token that is over at once serves those who wait for it."""
    endpoint = Endpoint(answer(expires_in=lifetime), answer("two", expires_in=lifetime))
    tokens = cache(endpoint)
    found = await asyncio.gather(tokens.get(), tokens.get())
    assert [token.reveal() for token in found] == ["one", "one"]
    assert (await tokens.get()).reveal() == "two"


async def test_fetching_does_not_lengthen_a_token() -> None:
    """The time that the request takes does not lengthen a token's life.

    Its lifetime counts from the answer, which comes after the server made it; the margin is for that.
    """
    clock = HandClock()
    endpoint = Endpoint(answer(), answer("two"))
    endpoint.may_answer.clear()
    tokens = cache(endpoint, clock)
    caller = asyncio.create_task(tokens.get())
    await a_moment()
    clock.now += 10
    endpoint.may_answer.set()
    await caller
    clock.now += HOUR - defaults.TOKEN_RENEWAL_MARGIN
    await tokens.get()
    await a_moment()
    assert (await tokens.get()).reveal() == "two"


async def test_callers_share_one_replacement_token() -> None:
    """A refused token is replaced once for all who held it."""
    endpoint = Endpoint(answer(), answer("two"))
    tokens = cache(endpoint)
    first = await tokens.get()

    async def refused() -> str:
        assert tokens.reject(first)
        return (await tokens.get()).reveal()

    assert set(await asyncio.gather(*(refused() for _ in range(200)))) == {"two"}
    assert len(endpoint.requests) == 2


@pytest.mark.skipif(sys.version_info < (3, 12), reason="asyncio has no eager tasks before Python 3.12")
async def test_an_eager_fetch_ends_at_once() -> None:
    """A fetch that waits for nothing has ended when its caller goes on where tasks are eager."""
    asyncio.get_running_loop().set_task_factory(vars(asyncio)["eager_task_factory"])
    tokens = cache(Endpoint(answer(), ExchangeError("no")))
    assert tokens.reject(await tokens.get())
    with pytest.raises(TokenError) as caught:
        await tokens.get(retry=False)
    assert caught.value.retry_after is not None
    assert 0 < caught.value.retry_after <= 0.1


async def test_a_late_refusal_keeps_the_new_token() -> None:
    """A refusal that comes late does not touch the token in its place."""
    endpoint = Endpoint(answer(), answer("two"))
    tokens = cache(endpoint)
    first = await tokens.get()
    tokens.reject(first)
    second = await tokens.get()
    assert tokens.reject(first)
    assert await tokens.get() is second
    assert len(endpoint.requests) == 2


async def test_only_the_refused_token_is_replaced() -> None:
    """It is the token itself that is refused and not one of the same text."""
    tokens = cache(Endpoint(answer()))
    held = await tokens.get()
    tokens.reject(Secret("one"))
    assert await tokens.get() is held


async def test_a_replacement_is_kept_for_a_while() -> None:
    """A token in the place of a refused one is kept for a while though it is refused too.

    Twice as long for each in a row, up to half a minute: the endpoint is no target for an API that refuses all.
    """
    clock = HandClock()
    tokens = cache(Endpoint(*(answer(f"token-{number}") for number in range(20))), clock)
    for kept in (1, 2, 4, 8, 16, 30, 30):
        refused = await tokens.get()
        assert tokens.reject(refused)
        kept_one = await tokens.get()
        assert kept_one is not refused
        assert not tokens.reject(kept_one)
        clock.now += kept - 0.001
        assert not tokens.reject(kept_one)
        assert await tokens.get() is kept_one
        clock.now += 0.001


async def test_a_long_used_token_is_replaced_again() -> None:
    """A token that was good for long enough is replaced at once again."""
    clock = HandClock()
    tokens = cache(Endpoint(*(answer(f"token-{number}") for number in range(9))), clock)
    for seconds in (1, 2, 4):
        assert tokens.reject(await tokens.get())
        await tokens.get()
        clock.now += seconds
    assert tokens.reject(await tokens.get())
    await tokens.get()
    clock.now += 8 + defaults.TOKEN_FAILURE_MEMORY_MAX
    assert tokens.reject(await tokens.get())
    latest = await tokens.get()
    clock.now += 1  # as after the first of all
    assert tokens.reject(latest)


async def test_a_first_token_may_come_later() -> None:
    """There may be another token even where there was none."""
    assert cache(Endpoint()).reject(Secret("one"))


FAILURES: list[Any] = [
    pytest.param(ExchangeError("the server can't be reached"), "the server can't be reached", None, id="unreachable"),
    pytest.param(ConfigurationError("no authorities"), "no authorities", None, id="no authorities"),
    pytest.param(ClientClosedError("closed"), "the client is closed", None, id="closed"),
    pytest.param(answer(status=400), "answered 400", 400, id="400"),
    pytest.param(answer(status=401), "answered 401", 401, id="401"),
    pytest.param(answer(status=302), "answered 302", 302, id="302"),
    pytest.param(answer(status=201), "answered 201", 201, id="201"),
    pytest.param(answer(status=503), "answered 503", 503, id="503"),
    pytest.param(answer(token=f"{CANARY}\n"), "access_token", 200, id="token with a line break"),
]


@pytest.mark.parametrize(("failure", "words", "status"), FAILURES)
async def test_each_caller_gets_its_own_error(failure: Any, words: str, status: int | None) -> None:
    """A failure is one request and an error for each caller."""
    endpoint = Endpoint(failure)
    tokens = cache(endpoint)
    failed = await asyncio.gather(*(tokens.get(retry=False) for _ in range(50)), return_exceptions=True)
    assert len(endpoint.requests) == 1
    assert len({id(error) for error in failed}) == 50
    for error in failed:
        assert isinstance(error, TokenError)
        assert words in str(error)
        assert error.status_code == status
        assert CANARY not in str(error)
        assert error.__cause__ is error.__context__ is None


async def test_a_failure_is_not_the_end() -> None:
    clock = HandClock()
    tokens = cache(Endpoint(ExchangeError("no"), answer()), clock)
    with pytest.raises(TokenError):
        await tokens.get(retry=False)
    clock.now += 61  # longer than a failure is worth remembering
    assert (await tokens.get()).reveal() == "one"


async def test_an_unexpected_error_is_passed_on() -> None:
    """An error that nobody thought of reaches the caller and is not the end either."""
    tokens = cache(Endpoint(ZeroDivisionError("a defect"), answer()))
    with pytest.raises(ZeroDivisionError):
        await tokens.get()
    await a_moment()
    assert (await tokens.get()).reveal() == "one"


async def test_a_cancelled_fetch_is_not_the_end() -> None:
    """A request that is ended from outside is not the end either."""
    endpoint = Endpoint(answer())
    endpoint.may_answer.clear()
    tokens = cache(endpoint)
    caller = asyncio.create_task(tokens.get())
    await a_moment()
    (fetching,) = (task for task in asyncio.all_tasks() if task not in {caller, asyncio.current_task()})
    fetching.cancel()
    with pytest.raises(TokenError, match="cancelled"):  # nobody cancelled the caller
        await caller
    endpoint.may_answer.set()
    assert (await tokens.get()).reveal() == "one"


@pytest.mark.parametrize(
    ("own", "sent"), [(None, "https://api.example.com"), ("https://other", "https://other")], ids=["the API's", "own"]
)
async def test_the_request_is_the_published_one(own: str | None, sent: str) -> None:
    endpoint = Endpoint(answer())
    await cache(endpoint, audience=own).get()
    (request,) = endpoint.requests
    assert (request.method, request.path, request.query, request.auth) == ("POST", TOKEN_PATH, (), None)
    assert json.loads(request.body or b"") == {
        "client_id": "an-id",
        "client_secret": CANARY,
        "audience": sent,
        "grant_type": "client_credentials",
    }
    headers = dict(request.headers)
    assert len(headers.pop("X-Correlation-Id")) == 36
    assert headers == {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": f"contracts-client/{__version__}",
        "ET-Client-Name": "acme-shop",
    }
    assert math.isfinite(request.deadline)


async def test_the_request_s_repr_shows_no_secret() -> None:
    endpoint = Endpoint(answer())
    await cache(endpoint).get()
    assert CANARY not in repr(endpoint.requests)


@pytest.mark.parametrize(
    ("says", "seconds"),
    [
        (None, defaults.TOKEN_LIFETIME),
        (HOUR, HOUR),
        ("86400", 86400),
        (1.5, 1.5),
        (0, 0),
        (-1, 0),
        (-math.inf, 0),
        (10**12, defaults.MAX_TOKEN_LIFETIME),
        (10**400, defaults.MAX_TOKEN_LIFETIME),
        (math.inf, defaults.MAX_TOKEN_LIFETIME),
        ("999999999999", defaults.MAX_TOKEN_LIFETIME),
    ],
    ids=str,
)
def test_a_lifetime_is_read_leniently(says: object, seconds: float) -> None:
    """A lifetime is read leniently and bounded."""
    assert token_lifetime(says) == seconds


@pytest.mark.parametrize(
    "says", [math.nan, True, False, "", "soon", "1.5", "-1", "1e3", "\u0661\u0662", " 60", [], {}], ids=repr
)
def test_what_is_no_number_is_no_lifetime(says: object) -> None:
    assert token_lifetime(says) is None


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=15) | st.lists(st.integers()))
def test_a_lifetime_is_always_bounded(says: object) -> None:
    """A lifetime is never anything but a bounded time."""
    seconds = token_lifetime(says)
    assert seconds is None or (type(seconds) is float and 0 <= seconds <= defaults.MAX_TOKEN_LIFETIME)


@pytest.mark.parametrize("kind", ["Bearer", "bearer", "BEARER"])
def test_the_type_is_bearer_in_any_case(kind: str) -> None:
    """The type of a token is bearer in any case."""
    token = read_token(answer(token_type=kind), HandClock())
    assert isinstance(token, Token)
    assert token.value.reveal() == "one"
    assert (token.renew_at, token.ends_at) == (1000.0 + HOUR - defaults.TOKEN_RENEWAL_MARGIN, 1000.0 + HOUR)


def test_a_token_answer_may_be_minimal() -> None:
    """An answer may hold a token and no more."""
    response = Response(status=200, headers={"content-type": "application/json"}, body=b'{"access_token": "one"}')
    assert isinstance(read_token(response, HandClock()), Token)


def test_a_token_s_repr_does_not_show_it() -> None:
    assert CANARY not in repr(read_token(answer(token=CANARY), HandClock()))


def raw(body: bytes, content_type: str = "application/json") -> Response:
    return Response(status=200, headers={"content-type": content_type}, body=body)


@pytest.mark.parametrize(
    ("response", "words"),
    [
        pytest.param(raw(b"<html>c4narY</html>", "text/html"), "content type text/html", id="html"),
        pytest.param(raw(b"<html>c4narY</html>"), "not JSON", id="html that calls itself JSON"),
        pytest.param(raw(b""), "an empty body", id="empty"),
        pytest.param(raw(b'["c4narY"]'), "expected an object, found an array", id="array"),
        pytest.param(raw(b"{}"), "access_token", id="no token"),
        pytest.param(answer(None), "access_token", id="null"),
        pytest.param(answer(7), "access_token", id="integer"),
        pytest.param(answer(""), "access_token", id="empty token"),
        pytest.param(answer("c4narY x"), "access_token", id="token with a space"),
        pytest.param(answer("c4narY\r\nX: y"), "access_token", id="token with a header"),
        pytest.param(answer("c4narY\u00e5"), "access_token", id="token beyond ASCII"),
        pytest.param(answer("c4narY", token_type="mac"), "token_type", id="mac"),
        pytest.param(answer("c4narY", token_type=7), "token_type", id="type a number"),
        pytest.param(answer("c4narY", expires_in="soon"), "expires_in", id="lifetime a word"),
        pytest.param(answer("c4narY", expires_in=True), "expires_in", id="lifetime a boolean"),
        pytest.param(raw(b'{"access_token": "c4narY", "expires_in": NaN}'), "JSON", id="lifetime NaN"),
    ],
)
def test_an_invalid_answer_is_not_quoted(response: Response, words: str) -> None:
    """Nonsense is an error that names the problem and quotes nothing."""
    error = read_token(response, HandClock())
    assert isinstance(error, TokenError)
    assert words in str(error)
    assert CANARY not in str(error)
    assert error.status_code == 200


@given(st.binary(max_size=60), st.integers(100, 599))
def test_no_answer_is_an_exception(body: bytes, status: int) -> None:
    outcome = read_token(Response(status=status, headers={"content-type": "application/json"}, body=body), HandClock())
    assert isinstance(outcome, TokenError)
    assert outcome.status_code == status


async def test_a_closed_cache_gives_no_token() -> None:
    """A cache that is closed gives no token."""
    tokens = cache(Endpoint(answer()))
    await tokens.get()
    await tokens.aclose()
    with pytest.raises(ClientClosedError):
        await tokens.get()


async def test_a_failed_renewal_waits_for_a_retry() -> None:
    """A token that could not be renewed is used without asking again at once."""
    clock = HandClock()
    endpoint = Endpoint(answer(), ExchangeError("refused"))
    tokens = cache(endpoint, clock)
    first = await tokens.get()
    clock.now += HOUR - defaults.TOKEN_RENEWAL_MARGIN + 1
    assert await tokens.get() is first
    await a_moment()
    assert await tokens.get() is first
    assert len(endpoint.requests) == 2
    await tokens.aclose()
