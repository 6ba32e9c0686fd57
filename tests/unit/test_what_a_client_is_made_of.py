"""What a client hands to its parts: one clock, one life and one set of authorities for API and token endpoint alike."""

import asyncio
import json
import ssl
from math import inf
from typing import Any

import httpx
import pytest
from virtual_time import HandClock, VirtualClock, run_virtually

from contracts_client import (
    AccessToken,
    APIConnectionError,
    BearerToken,
    CallStart,
    ClientClosedError,
    ClientCredentials,
    ConfigurationError,
    ContractsClient,
    InvalidArgumentError,
    ResponseDecodeError,
    TokenError,
    TokenProvider,
    defaults,
)

PAGE = {"items": [], "totalItems": 0, "totalPages": 0}
TOKEN = {"access_token": "t", "token_type": "Bearer", "expires_in": 3600}


class Server(httpx.AsyncBaseTransport):
    """The API and its token endpoint, by a clock that is moved by hand, and at its side."""

    def __init__(self, *, slow: float = 0) -> None:
        self.clock = HandClock()
        self.slow = slow
        self.asked: dict[str, httpx.Request] = {}
        self.closed = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        is_token = request.url.path == "/oauth/token"
        self.asked["token" if is_token else "page"] = request
        if is_token:
            await asyncio.sleep(self.slow)
        return httpx.Response(200, json=TOKEN if is_token else PAGE)

    async def aclose(self) -> None:
        self.closed += 1

    def longest(self, what: str) -> float:
        """The longest that a phase of the request may take."""
        return max(self.asked[what].extensions["timeout"].values())

    def client(self, **options: Any) -> ContractsClient:
        options.setdefault("auth", ClientCredentials("id", "secret"))
        return ContractsClient("acme-shop", transport=self, clock=self.clock, retry=None, **options)


ENDLESS = httpx.Timeout(None)


@pytest.mark.parametrize(
    ("deadline", "token", "page"),
    [(3.0, 3.0, 3.0), (45.0, defaults.TOKEN_DEADLINE, 45.0), (1e6, defaults.TOKEN_DEADLINE, 1e6)],
)
async def test_both_servers_have_the_deadline_of_the_client_on_the_client_s_clock_and_a_token_30_s_at_the_most(
    deadline: float, token: float, page: float
) -> None:
    server = Server()
    server.clock.now = asyncio.get_running_loop().time() + 1e7
    async with server.client(timeout=ENDLESS, deadline=deadline) as client:
        await client.list_contracts()
    assert server.longest("token") == pytest.approx(token)
    assert server.longest("page") == pytest.approx(page)


@pytest.mark.parametrize(("slow", "fails"), [(4.5, False), (5.5, True)])
def test_seconds_bound_the_whole_exchange_that_fetches_a_token(slow: float, *, fails: bool) -> None:
    async def main() -> None:
        server = Server(slow=slow)
        client = ContractsClient(
            "acme-shop",
            auth=ClientCredentials("id", "s"),
            transport=server,
            clock=VirtualClock(),
            timeout=5,
            retry=None,
        )
        async with client:
            if fails:
                with pytest.raises(TokenError, match="took longer than 5 s"):
                    await client.list_contracts()
            else:
                await client.list_contracts()
        assert server.longest("token") == 5

    run_virtually(main())


async def test_the_token_is_asked_for_the_api_of_the_environment_and_sent_to_it() -> None:
    server = Server()
    async with server.client() as client:
        await client.list_contracts()
    assert json.loads(server.asked["token"].content)["audience"] == "https://api.entur.io"
    assert server.asked["page"].headers["Authorization"] == "Bearer t"


async def test_a_transport_of_the_user_s_that_serves_both_is_closed_once() -> None:
    server = Server()
    async with server.client() as client:
        await client.list_contracts()
    assert server.closed == 1


async def test_api_and_token_endpoint_trust_the_same_authorities_which_are_read_once() -> None:
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"), trust_env=False)
    contexts = {id(each._connections._tls) for each in client._session._transports}  # type: ignore[attr-defined]
    assert len(client._session._transports) == 2
    assert len(contexts) == 1
    assert {each._connections._tls._trust_env for each in client._session._transports} == {False}  # type: ignore[attr-defined]


def test_a_context_of_the_user_s_is_the_one_that_servers_are_verified_with() -> None:
    mine = ssl.create_default_context()
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"), ssl_context=mine)
    assert all(each._connections._tls._context is mine for each in client._session._transports)  # type: ignore[attr-defined]


async def test_api_and_token_endpoint_live_as_long_as_the_client() -> None:
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"))
    lives = {id(each._life) for each in client._session._transports}  # type: ignore[attr-defined]
    assert lives == {id(client._session._life)}
    assert client._session._life._name == "the client acme-shop at https://api.entur.io"
    await client.aclose()
    assert all(each._closed for each in client._session._transports)  # type: ignore[attr-defined]


def test_a_client_is_shown_with_its_name_and_where_it_calls() -> None:
    client = ContractsClient("acme-shop", base_url="https://gateway.example/x/")
    assert repr(client) == "<ContractsClient acme-shop at https://gateway.example/x>"


@pytest.mark.parametrize(("deadline", "seconds"), [(3.0, 3.0), (inf, defaults.DEADLINE), (100.0, defaults.DEADLINE)])
def test_a_function_for_tokens_has_the_deadline_of_the_client_and_60_s_at_the_most(
    deadline: float, seconds: float
) -> None:
    async def hang() -> AccessToken:
        await asyncio.Event().wait()
        raise AssertionError

    async def main() -> float:
        clock = VirtualClock()
        async with ContractsClient(
            "acme-shop", auth=TokenProvider(hang), clock=clock, deadline=deadline, retry=None
        ) as client:
            began = clock.monotonic()
            with pytest.raises(TokenError, match=f"took longer than {seconds:g} s"):
                await client.list_contracts(deadline=1000)
            return clock.monotonic() - began

    assert run_virtually(main()) == pytest.approx(seconds)


def test_what_can_t_authenticate_is_refused_with_what_can() -> None:
    words = (
        "auth must be ClientCredentials, BearerToken, an async callable that returns a token, "
        "an Auth of httpx or httpx2, or None"
    )
    with pytest.raises(ConfigurationError) as caught:
        ContractsClient("acme-shop", auth=object())  # type: ignore[arg-type]
    assert str(caught.value) == words


async def test_an_argument_of_a_listing_that_can_t_be_sent_is_refused_by_name_and_rule_before_it_is_read() -> None:
    async with Server().client(auth=BearerToken("t")) as client:
        with pytest.raises(InvalidArgumentError) as caught:
            client.list_contracts(organisation_id="\ud800")  # type: ignore[arg-type]
    assert caught.value.argument == "organisation_id"
    assert str(caught.value).startswith("organisation_id ")
    assert "None" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("strict", [True, False])
async def test_a_total_of_a_wrong_type_is_an_error_for_a_strict_client_alone(*, strict: bool) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={**PAGE, "totalItems": "many"})

    transport = httpx.MockTransport(answer)
    async with ContractsClient("acme-shop", auth=BearerToken("t"), transport=transport, strict=strict) as client:
        if strict:
            with pytest.raises(ResponseDecodeError, match="totalItems"):
                await client.list_contracts()
        else:
            assert (await client.list_contracts()).total_items is None


@pytest.mark.parametrize(
    ("base_url", "address", "port"),
    [
        ("https://gateway.example", "gateway.example", 443),
        ("https://gateway.example:8443/x", "gateway.example", 8443),
        ("http://localhost", "localhost", 80),
        ("http://[::1]:9", "::1", 9),
    ],
)
async def test_a_hook_is_told_where_the_api_is_with_the_port_of_its_scheme(
    base_url: str, address: str, port: int
) -> None:
    told: list[tuple[str, int]] = []

    def hook(start: CallStart) -> None:
        told.append((start.server_address, start.server_port))

    async with Server().client(base_url=base_url, auth=BearerToken("t"), hooks=[hook]) as client:
        await client.list_contracts()
    assert told == [(address, port)]


async def test_an_auth_of_httpx_is_asked_for_each_request() -> None:
    server = Server()
    async with server.client(auth=httpx.BasicAuth("me", "secret")) as client:
        await client.list_contracts()
    assert server.asked["page"].headers["Authorization"].startswith("Basic ")


def test_a_client_that_is_closing_takes_no_call_and_all_of_it_takes_no_longer_than_the_time_to_drain() -> None:
    async def main() -> tuple[float, BaseException | None]:
        class Silent(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                await asyncio.Event().wait()
                raise AssertionError

        clock = VirtualClock()
        client = ContractsClient(
            "acme-shop", auth=BearerToken("t"), transport=Silent(), clock=clock, timeout=ENDLESS, deadline=inf
        )
        call = asyncio.ensure_future(client.list_contracts())
        await asyncio.sleep(1)
        closing = asyncio.ensure_future(client.aclose())
        await asyncio.sleep(0.5)
        with pytest.raises(ClientClosedError):
            await client.list_valid_contracts(1)
        await closing
        await asyncio.wait([call])
        return clock.monotonic() - 1, call.exception()

    took, error = run_virtually(main())
    assert took == pytest.approx(defaults.DRAIN_TIMEOUT)
    assert isinstance(error, APIConnectionError)
