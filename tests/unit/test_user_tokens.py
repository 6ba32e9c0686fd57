"""Tokens of the user's own: kept where they say how long they last, and asked for every call where they do not."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import httpx
import pytest
from simulated_api import ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    AccessToken,
    APITimeoutError,
    AuthenticationError,
    ClientClosedError,
    ConfigurationError,
    ContractsClient,
    TokenError,
    TokenProvider,
    defaults,
)
from contracts_client.auth.cache import TokenCache
from contracts_client.auth.sources import ProvidedToken

CANARY = "c4narY"


class Provider:
    """Fetches token-1, token-2 and so on, or fails."""

    def __init__(self, *, expires_in: float | None = 3600, latency: float = 0.0) -> None:
        self.fetched = 0
        self.expires_in = expires_in
        self.latency = latency
        self.failure: Exception | None = None

    async def __call__(self) -> AccessToken:
        self.fetched += 1
        number = self.fetched
        await asyncio.sleep(self.latency)
        if self.failure is not None:
            raise self.failure
        return AccessToken(f"token-{number}", expires_in=self.expires_in)


def sent(api: ScriptedApi) -> list[str]:
    return [request.headers["Authorization"].removeprefix("Bearer ") for request in api.requests]


def with_client(auth: Any, api: ScriptedApi, main: Callable[[ContractsClient], Any]) -> Any:
    async def run() -> Any:
        async with ContractsClient("acme-shop", auth=auth, transport=api, clock=VirtualClock(), retry=None) as client:
            return await main(client)

    return run_virtually(run())


async def get(client: ContractsClient) -> Any:
    return await client.get_contract("c-1")


def test_200_callers_share_one_fetch() -> None:
    provider, api = Provider(latency=5), ScriptedApi()

    async def main(client: ContractsClient) -> None:
        await asyncio.gather(*(get(client) for _ in range(200)))

    with_client(TokenProvider(provider), api, main)
    assert provider.fetched == 1
    assert sent(api) == ["token-1"] * 200


def test_a_provided_token_is_renewed_early() -> None:
    """A token is renewed ahead of its end while calls go on with the old one."""
    provider, api = Provider(expires_in=3600, latency=5), ScriptedApi()

    async def main(client: ContractsClient) -> None:
        await get(client)
        await asyncio.sleep(3600 - defaults.TOKEN_RENEWAL_MARGIN)
        await asyncio.gather(*(get(client) for _ in range(10)))
        await asyncio.sleep(6)
        await get(client)

    with_client(TokenProvider(provider), api, main)
    assert provider.fetched == 2
    assert sent(api) == ["token-1"] * 11 + ["token-2"]


def test_a_token_lasts_600_s_by_default() -> None:
    """A token that does not say how long it lasts is kept for ten minutes."""
    provider, api = Provider(expires_in=None), ScriptedApi()

    async def main(client: ContractsClient) -> None:
        await get(client)
        await asyncio.sleep(defaults.TOKEN_LIFETIME / 2 - 1)
        await get(client)
        await asyncio.sleep(defaults.TOKEN_LIFETIME / 2 + 1)
        await get(client)

    with_client(TokenProvider(provider), api, main)
    assert sent(api) == ["token-1", "token-1", "token-2"]


def test_a_token_the_api_refuses_is_replaced() -> None:
    """A token that the API refuses is replaced once."""
    provider, api = Provider(), ScriptedApi(401)
    with_client(TokenProvider(provider), api, get)
    assert sent(api) == ["token-1", "token-2"]
    api = ScriptedApi(401, 401)
    with pytest.raises(AuthenticationError):
        with_client(TokenProvider(Provider()), api, get)
    assert len(api.requests) == 2


def test_a_failure_is_shared_and_remembered() -> None:
    """A failure is shared and remembered for a moment."""
    provider, api = Provider(latency=1), ScriptedApi()
    provider.failure = RuntimeError(CANARY)

    async def main(client: ContractsClient) -> list[Any]:
        errors = await asyncio.gather(*(get(client) for _ in range(50)), return_exceptions=True)
        errors += await asyncio.gather(get(client), return_exceptions=True)
        await asyncio.sleep(defaults.TOKEN_FAILURE_MEMORY)
        provider.failure = None
        await get(client)
        return errors

    errors = with_client(TokenProvider(provider), api, main)
    assert all(type(error) is TokenError for error in errors)
    assert len({id(error) for error in errors}) == 51
    assert provider.fetched == 2
    assert all("failed with RuntimeError" in str(error) and CANARY not in str(error) for error in errors)
    assert all(error.__context__ is None and error.__cause__ is None for error in errors)


def test_a_provider_s_token_error_is_raised() -> None:
    """A provider's own token error is passed on."""
    provider = Provider()
    provider.failure = TokenError("the vault is closed", status_code=503, correlation_id="an-id", retry_after=90)
    with pytest.raises(TokenError) as caught:
        with_client(TokenProvider(provider), ScriptedApi(), get)
    error = caught.value
    assert (error.message, error.status_code, error.correlation_id) == ("the vault is closed", 503, "an-id")
    assert error.retry_after == pytest.approx(90)


@pytest.mark.parametrize("value", [CANARY, None, 5])
def test_a_provider_returns_an_access_token(value: Any) -> None:
    """A provider has to return an access token."""

    async def fetch() -> Any:
        return value

    with pytest.raises(TokenError, match="no AccessToken") as caught:
        with_client(TokenProvider(fetch), ScriptedApi(), get)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("value", ["3599", 3599, 3599.0, Decimal(3599), Fraction(3599)], ids=repr)
def test_seconds_may_be_digits_or_any_number(value: Any) -> None:
    """Token endpoints write them as text, and numpy has numbers of its own."""
    assert AccessToken("one", expires_in=value).expires_in == 3599.0


def test_a_provider_error_tells_our_rule() -> None:
    """A rule of ours is told by a provider."""

    async def fetch() -> AccessToken:
        return AccessToken("one", expires_in="soon")

    async def main(client: ContractsClient) -> None:
        with pytest.raises(TokenError) as caught:
            await client.get_contract("c-1")
        assert str(caught.value) == (
            "the function of the TokenProvider failed: expires_in must be a number of seconds from 0, digits, or None"
        )

    with_client(TokenProvider(fetch), ScriptedApi(), main)


@pytest.mark.parametrize(
    "value", [-1, True, "60.5", "-1", "", "1e3", "٦٠", [], float("nan"), Decimal("sNaN"), -(10**400), b"60"], ids=repr
)
def test_seconds_out_of_range_are_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="expires_in must be a number of seconds from 0, digits, or None"):
        AccessToken("t", expires_in=value)


def test_seconds_beyond_floats_are_no_end() -> None:
    assert AccessToken("t", expires_in=10**400).expires_in == float("inf")


def test_an_endless_token_lasts_a_week() -> None:
    """A token without end is kept no longer than a week."""
    provider, api = Provider(expires_in=float("inf")), ScriptedApi()

    async def main(client: ContractsClient) -> None:
        await get(client)
        await asyncio.sleep(defaults.MAX_TOKEN_LIFETIME + 1)
        await get(client)

    with_client(TokenProvider(provider), api, main)
    assert sent(api) == ["token-1", "token-2"]


def test_neither_shows_its_token() -> None:
    assert CANARY not in repr(AccessToken(CANARY))
    assert CANARY not in repr(TokenProvider(Provider()))


def test_a_plain_function_is_always_asked() -> None:
    """A plain function is asked for every call."""
    api, tokens = ScriptedApi(), iter(["one", "two"])

    async def token() -> str:
        return next(tokens)

    async def main(client: ContractsClient) -> None:
        await get(client)
        await get(client)

    with_client(token, api, main)
    assert sent(api) == ["one", "two"]


async def cancels_itself() -> Any:
    """Fails as code does that awaits a task which something else has cancelled."""
    raise asyncio.CancelledError(CANARY)


@pytest.mark.parametrize("auth", [cancels_itself, TokenProvider(cancels_itself)], ids=["function", "provider"])
def test_a_self_cancelled_function_failed(auth: Any) -> None:
    """A function that was cancelled while its caller was not is a token error.

    A caller that nobody cancelled must not look as if somebody had.
    """
    with pytest.raises(TokenError, match="failed with CancelledError") as caught:
        with_client(auth, ScriptedApi(), get)
    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kept", [False, True], ids=["function", "provider"])
def test_a_caller_of_a_function_is_cancelled(*, kept: bool) -> None:
    """A caller that is cancelled while it waits for a function is cancelled."""

    async def forever() -> Any:
        await asyncio.Event().wait()

    async def main(client: ContractsClient) -> None:
        call = asyncio.ensure_future(get(client))
        await asyncio.sleep(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    with_client(TokenProvider(forever) if kept else forever, ScriptedApi(), main)


@pytest.mark.parametrize("kept", [False, True], ids=["function", "provider"])
def test_a_function_must_be_async(*, kept: bool) -> None:
    """A function that is not async is said not to be.

    A TypeError, whose traceback is left out since it may hold a secret, would not tell.
    """

    def function() -> Any:
        return AccessToken("t") if kept else "t"

    with pytest.raises(TokenError, match=r"^the function for tokens is not async: make it an 'async def'$"):
        with_client(TokenProvider(function) if kept else function, ScriptedApi(), get)


def test_a_provider_s_function_must_be_one() -> None:
    with pytest.raises(ConfigurationError, match=r"^fetch must be an async function that returns an AccessToken$"):
        TokenProvider(AccessToken("t"))  # type: ignore[arg-type]


def test_an_unknown_auth_is_refused() -> None:
    """An auth that is none of these is refused."""
    with pytest.raises(ConfigurationError, match="auth must be ClientCredentials, BearerToken"):
        ContractsClient("acme-shop", auth=5)  # type: ignore[arg-type]


def test_an_error_with_a_body_is_passed_on() -> None:
    """An error that has a body of its own is no token error."""
    api = ScriptedApi(httpx.Response(403, json={"message": CANARY}))
    with pytest.raises(Exception, match="403") as caught:
        with_client(TokenProvider(Provider()), api, get)
    assert CANARY not in str(caught.value)


def test_a_hanging_function_ends_in_time() -> None:
    async def main(client: ContractsClient) -> None:
        with pytest.raises(APITimeoutError, match="deadline of 5 s"):
            await client.get_contract("c-1", deadline=5)

    async def hang() -> str:
        await asyncio.sleep(1000)
        return "a-token"

    api = ScriptedApi()
    with_client(hang, api, main)
    assert api.requests == []


def test_a_hanging_function_is_called_again() -> None:
    """A function that hangs is given up and called again."""
    provider, api = Provider(latency=1e6), ScriptedApi()

    async def main(client: ContractsClient) -> None:
        with pytest.raises(TokenError, match="TokenProvider took longer than 60 s"):
            await client.get_contract("c-1", deadline=1000)
        provider.latency = 0.0
        await asyncio.sleep(1)
        await get(client)

    with_client(TokenProvider(provider), api, main)
    assert sent(api) == ["token-2"]


def test_a_function_timeout_is_its_failure() -> None:
    """A timeout of the function's own is its failure and not the client's."""
    provider, api = Provider(), ScriptedApi()
    provider.failure = TimeoutError(CANARY)

    async def main(client: ContractsClient) -> None:
        with pytest.raises(TokenError, match="TokenProvider failed with TimeoutError"):
            await get(client)

    with_client(TokenProvider(provider), api, main)


def test_a_closed_client_calls_no_provider() -> None:
    """A caller that waits for another try learns that the client is closed."""
    provider = Provider()
    provider.failure = ConnectionResetError()

    async def main() -> None:
        clock = VirtualClock()
        tokens = TokenCache(ProvidedToken(TokenProvider(provider), clock), clock)
        waiting = asyncio.create_task(tokens.get())
        await asyncio.sleep(0.04)
        await tokens.aclose()
        with pytest.raises(ClientClosedError):
            await waiting
        assert provider.fetched == 1

    run_virtually(main())
