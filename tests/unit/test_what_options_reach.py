"""Each option of a client, of a view and of a call gets to where it counts, and is refused by its name."""

from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from contracts_client import (
    BearerToken,
    ClientCredentials,
    ConfigurationError,
    ContractsClient,
    Environment,
    InvalidArgumentError,
    RetryPolicy,
    defaults,
)
from contracts_client.headers import CORRELATION_ID

PAGE = {"items": [], "totalItems": 0, "totalPages": 0}
PHASES = {"connect", "read", "write", "pool"}


class Server:
    """Keeps the requests, and answers all of them alike."""

    def __init__(self, status: int = 200) -> None:
        self.requests: list[httpx.Request] = []
        self.status = status

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.status, json=PAGE if self.status == 200 else {})

    def phases(self) -> set[float]:
        """How long each phase of the last request may take."""
        timeout: dict[str, float] = self.requests[-1].extensions["timeout"]
        assert timeout.keys() == PHASES
        return set(timeout.values())

    def client(self, **options: Any) -> ContractsClient:
        return ContractsClient("acme-shop", auth=BearerToken("t"), transport=httpx.MockTransport(self), **options)


async def test_a_call_option_counts_for_that_call() -> None:
    """An option of a call counts for that call."""
    server = Server()
    async with server.client() as client:
        await client.list_contracts(timeout=0.5, correlation_id="id-1")
        assert server.phases() == {0.5}
        assert server.requests[-1].headers[CORRELATION_ID] == "id-1"
        await client.list_contracts(timeout=httpx.Timeout(60), deadline=0.25)
        assert max(server.phases()) <= 0.25
        await client.list_contracts()
        assert max(server.phases()) == defaults.READ_TIMEOUT


async def test_a_view_option_counts_for_its_calls() -> None:
    """An option of a view counts for its calls and not for those of its client."""
    server = Server()
    async with server.client(timeout=2) as client:
        await client.with_options(timeout=0.5).list_contracts()
        assert server.phases() == {0.5}
        await client.with_options(deadline=0.25).list_contracts()
        assert max(server.phases()) <= 0.25
        await client.with_options(correlation_id=lambda: "id-2").list_contracts()
        assert server.requests[-1].headers[CORRELATION_ID] == "id-2"
        await client.list_contracts()
        assert server.phases() == {2}
        assert server.requests[-1].headers[CORRELATION_ID] != "id-2"


async def test_a_view_has_a_retry_of_its_own() -> None:
    server = Server(503)
    async with server.client(retry=None) as client:
        view = client.with_options(retry=RetryPolicy(max_attempts=2, backoff_base=0.001, backoff_max=0.001))
        for caller, attempts in ((client, 1), (view, 2), (view.with_options(), 2), (view.with_options(retry=None), 1)):
            server.requests.clear()
            with pytest.raises(Exception, match="503"):
                await caller.list_contracts()
            assert len(server.requests) == attempts


async def test_an_id_source_is_asked_for_each_call() -> None:
    """A client's source of correlation ids is asked for each call."""
    server = Server()
    current: ContextVar[str] = ContextVar("current")
    async with server.client(correlation_id=current) as client:
        for current_id in ("id-3", "id-4"):
            current.set(current_id)
            await client.list_contracts()
    assert [request.headers[CORRELATION_ID] for request in server.requests] == ["id-3", "id-4"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"environment": "staging"}, "environment must be an Environment, such as Environment.STAGING"),
        ({"limits": 5}, "limits must be RateLimits, or None"),
        ({"base_url": "http://api.example"}, "base_url must use https; plain http is for loopback addresses alone"),
        ({"timeout": 0}, "timeout must be a Timeout of httpx or httpx2, or a positive number of seconds"),
        ({"deadline": 0}, "deadline must be a positive number of seconds"),
        ({"retry": 3}, "retry must be a RetryPolicy, or None for one attempt"),
        ({"correlation_id": 3}, "correlation_id must be a ContextVar, or a callable that returns a string"),
        ({"ssl_context": "ca.pem"}, "ssl_context must be an ssl.SSLContext, or None; servers are always verified"),
        ({"on_schema_drift": 3}, "on_schema_drift must be a function that is called with a SchemaDrift, or None"),
        ({"clock": 3}, "clock must have the methods of contracts_client.clock.Clock"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_option_is_refused_by_name(options: dict[str, Any], words: str) -> None:
    """An option is refused by name and rule."""
    with pytest.raises(ConfigurationError) as caught:
        Server().client(**options)
    assert str(caught.value) == words


@pytest.mark.parametrize("option", ["timeout", "deadline", "retry", "correlation_id"])
def test_a_view_option_is_refused_too(option: str) -> None:
    """An option of a view is refused as one of a client is."""
    options: dict[str, Any] = {option: -3}
    with pytest.raises(ConfigurationError, match=f"^{option} must be "):
        Server().client().with_options(**options)


async def test_two_addresses_override_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The variable of the token endpoint does not count where code gives both addresses."""
    monkeypatch.setenv("CONTRACTS_CLIENT_ID", "id")
    monkeypatch.setenv("CONTRACTS_CLIENT_SECRET", "secret")
    monkeypatch.setenv("CONTRACTS_CLIENT_AUTH_URL", "https://elsewhere.example")
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, json={"access_token": "t", "token_type": "Bearer", "expires_in": 60, **PAGE})

    async with ContractsClient.from_env(
        client_name="acme-shop",
        environment=Environment.DEV,
        base_url="https://gateway.example",
        transport=httpx.MockTransport(answer),
    ) as client:
        await client.list_contracts()
    assert asked == ["partner.dev.entur.org", "gateway.example"]


async def test_local_credentials_are_sent_locally() -> None:
    """Credentials for this machine are shown to it alone."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, json={"access_token": "t", "token_type": "Bearer", "expires_in": 60, **PAGE})

    async with ContractsClient(
        "acme-shop",
        auth=ClientCredentials("id", "secret"),
        base_url="http://localhost:9",
        transport=httpx.MockTransport(answer),
    ) as client:
        await client.list_contracts()
    assert asked == ["localhost", "localhost"]


def test_an_unfinished_client_has_a_repr() -> None:
    """A client whose constructor failed can be shown all the same."""
    assert repr(object.__new__(ContractsClient)) == "<ContractsClient not made>"


@pytest.mark.parametrize("option", ["timeout", "deadline", "retry"])
def test_a_listing_option_is_refused_early(option: str) -> None:
    """An option of a listing is refused before it is read."""
    options: dict[str, Any] = {option: -3}
    with pytest.raises(InvalidArgumentError, match=f"^{option} must be "):
        Server().client().list_contracts(**options)


def test_a_listing_is_named_like_its_method() -> None:
    """A listing has the name of its method."""
    assert repr(Server().client().list_contracts()).startswith("<Paginator of list_contracts()")
