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
async def test_both_servers_share_the_deadline(deadline: float, token: float, page: float) -> None:
    """Both servers have the deadline of the client on the client's clock and a token request 30 s."""
    server = Server()
    server.clock.now = asyncio.get_running_loop().time() + 1e7
    async with server.client(timeout=ENDLESS, deadline=deadline) as client:
        await client.list_contracts()
    assert server.longest("token") == pytest.approx(token)
    assert server.longest("page") == pytest.approx(page)


@pytest.mark.parametrize(("slow", "fails"), [(4.5, False), (5.5, True)])
def test_seconds_bound_the_token_exchange(slow: float, *, fails: bool) -> None:
    """Seconds bound the whole exchange that fetches a token."""

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


async def test_a_token_is_for_its_environment() -> None:
    """The token is asked for the API of the environment and sent to it."""
    server = Server()
    async with server.client() as client:
        await client.list_contracts()
    assert json.loads(server.asked["token"].content)["audience"] == "https://api.entur.io"
    assert server.asked["page"].headers["Authorization"] == "Bearer t"


async def test_a_shared_transport_is_closed_once() -> None:
    """A transport of the user's that serves both is closed once."""
    server = Server()
    async with server.client() as client:
        await client.list_contracts()
    assert server.closed == 1


async def test_both_servers_trust_the_same_cas() -> None:
    """API and token endpoint trust the same authorities which are read once."""
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"), trust_env=False)
    contexts = {id(each._connections._tls) for each in client._session._transports}  # type: ignore[attr-defined]
    assert len(client._session._transports) == 2
    assert len(contexts) == 1
    assert {each._connections._tls._trust_env for each in client._session._transports} == {False}  # type: ignore[attr-defined]


def test_a_user_s_context_verifies_servers() -> None:
    """A context of the user's is the one that servers are verified with."""
    mine = ssl.create_default_context()
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"), ssl_context=mine)
    assert all(each._connections._tls._context is mine for each in client._session._transports)  # type: ignore[attr-defined]


async def test_both_servers_close_with_the_client() -> None:
    """API and token endpoint live as long as the client."""
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"))
    lives = {id(each._life) for each in client._session._transports}  # type: ignore[attr-defined]
    assert lives == {id(client._session._life)}
    assert client._session._life._name == "the client acme-shop at https://api.entur.io"
    await client.aclose()
    assert all(each._closed for each in client._session._transports)  # type: ignore[attr-defined]


def test_a_client_repr_has_name_and_address() -> None:
    """A client is shown with its name and where it calls."""
    client = ContractsClient("acme-shop", base_url="https://gateway.example/x/")
    assert repr(client) == "<ContractsClient acme-shop at https://gateway.example/x>"


@pytest.mark.parametrize(("deadline", "seconds"), [(3.0, 3.0), (inf, defaults.DEADLINE), (100.0, defaults.DEADLINE)])
def test_a_token_function_has_60_s_at_most(deadline: float, seconds: float) -> None:
    """A function for tokens has the deadline of the client, or 60 s."""

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


def test_an_auth_of_another_type_is_refused() -> None:
    """What can't authenticate is refused with what can."""
    words = (
        "auth must be ClientCredentials, BearerToken, an async callable that returns a token, "
        "an Auth of httpx or httpx2, or None"
    )
    with pytest.raises(ConfigurationError) as caught:
        ContractsClient("acme-shop", auth=object())  # type: ignore[arg-type]
    assert str(caught.value) == words


async def test_a_listing_argument_is_refused_early() -> None:
    """An argument of a listing that can't be sent is refused by name and rule before it is read."""
    async with Server().client(auth=BearerToken("t")) as client:
        with pytest.raises(InvalidArgumentError) as caught:
            client.list_contracts(organisation_id="\ud800")  # type: ignore[arg-type]
    assert caught.value.argument == "organisation_id"
    assert str(caught.value).startswith("organisation_id ")
    assert "None" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("strict", [True, False])
async def test_only_strict_clients_refuse_totals(*, strict: bool) -> None:
    """A total of a wrong type is an error for a strict client alone."""

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
async def test_a_hook_is_told_address_and_port(base_url: str, address: str, port: int) -> None:
    """A hook is told where the API is with the port of its scheme."""
    told: list[tuple[str, int]] = []

    def hook(start: CallStart) -> None:
        told.append((start.server_address, start.server_port))

    async with Server().client(base_url=base_url, auth=BearerToken("t"), hooks=[hook]) as client:
        await client.list_contracts()
    assert told == [(address, port)]


async def test_an_httpx_auth_is_asked_each_time() -> None:
    """An auth of httpx is asked for each request."""
    server = Server()
    async with server.client(auth=httpx.BasicAuth("me", "secret")) as client:
        await client.list_contracts()
    assert server.asked["page"].headers["Authorization"].startswith("Basic ")


def test_a_closing_client_takes_no_call() -> None:
    """A client that is closing takes no call and all of it takes no longer than the time to drain."""

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
