"""What a caller passes in arrives as it is, in its own place, or is refused without being shown: a server tells."""

import asyncio
import inspect
import posixpath
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final
from urllib.parse import unquote

import pytest
from canaries import CANARIES, assert_error_shows_nothing
from fault_talks import answer, answering, bomb, good, healthy
from hypothesis import example, given
from hypothesis import strategies as st
from peer import Connection, Peer, a_request, peer

from contracts_client import (
    AccessToken,
    BearerToken,
    ClientCredentials,
    ConfigurationError,
    ContractsClient,
    ContractsError,
    Environment,
    InvalidArgumentError,
    ResponseDecodeError,
    defaults,
)
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import ExchangeError
from contracts_client.transport.library import TransportOptions

MakeClient = Callable[..., ContractsClient]
TOKEN: Final = "t0ken"
BEFORE, AFTER = "/customers/v2/benefits/contracts/", "/by-external-ref"
HEADERS: Final = {
    "accept",
    "accept-encoding",
    "authorization",
    "entur-customer-number",
    "et-client-name",
    "host",
    "user-agent",
    "x-correlation-id",
}
NASTY: Final = [
    "\r\nX-Evil: 1", "\n", "\r", "\0", "\x01", "\x7f", " ", "\t",
    "\u00e6", "\u2028", "\ud800", "a b", " a", "a ", "a\n",
]  # fmt: skip
anything = st.text(max_size=12) | st.text(alphabet="ab-./%2eE?#&;=:@\\ \r\n\0\u00e6", max_size=12)


class Told:
    """A server and a client in a loop of their own, for examples by the hundred."""

    def __init__(self, runner: asyncio.Runner, server: Peer, transport: Any) -> None:
        self.runner = runner
        self.server = server
        self.transport = transport

    def call(self, reference: str = "A-B-C", name: str = "acme-shop", auth: Any = None, **options: Any) -> Any:
        """Make a call, and return path and headers of what arrived; a name that comes twice has both values."""
        self.server.requests.clear()

        async def main() -> None:
            made = ContractsClient(
                name, auth=auth or BearerToken(TOKEN), base_url=self.server.url, transport=self.transport
            )
            async with made as client:
                await client.list_contracts_by_external_ref(reference, **{"entur_customer_number": 1, **options})

        self.runner.run(main())
        (request,) = self.server.requests
        line, *lines = request.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        headers: dict[str, str] = {}
        for each in lines:
            header, _, value = each.partition(":")
            assert header.lower() not in headers
            headers[header.lower()] = value.strip(" ")
        method, target, version = line.split(" ")
        assert (method, version) == ("GET", "HTTP/1.1")
        assert headers.keys() == HEADERS
        assert f"http://{headers['host']}" == self.server.url
        return target, headers


@pytest.fixture(scope="module", params=["httpx", "httpx2", "aiohttp"])
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        server = runner.run(stack.enter_async_context(peer(healthy)))
        yield Told(runner, server, None if request.param == "httpx" else request.param)
        runner.run(stack.aclose())


def refused(error: ContractsError, value: str) -> None:
    """See that a refusal shows nothing of the value, and drags along no exception that would."""
    assert isinstance(error, ValueError)
    assert error.__context__ is None
    assert error.__cause__ is None
    if len(value) > 5:
        assert value not in str(error)
        assert value not in repr(error)


@given(value=anything)
@example(value="..")
@example(value="%2e%2E")
@example(value="%252e%252e")
@example(value="../../token")
@example(value="a/b")
@example(value="//evil.example")
@example(value="?x=1")
@example(value="#f")
@example(value="a\\..\\b")
@example(value="a\r\nX-Evil: 1")
@example(value=";jsessionid=1")
def test_a_path_parameter_is_one_segment(told: Told, value: str) -> None:
    """A path parameter is always one segment of the path."""
    try:
        target, _ = told.call(value)
    except InvalidArgumentError as error:
        refused(error, value)
        return
    path, _, _query = target.partition("?")
    assert path.startswith(BEFORE)
    assert path.endswith(AFTER)
    segment = path.removeprefix(BEFORE).removesuffix(AFTER)
    assert segment
    assert "/" not in segment
    assert unquote(segment) == value
    assert posixpath.normpath(path) == path
    assert {".", ".."}.isdisjoint(unquote(path).split("/"))


@given(value=anything | st.sampled_from(NASTY).map("canary{}".format))
@example(value="a\r\nX-Evil: 1")
def test_a_correlation_id_is_sent_or_refused(told: Told, value: str) -> None:
    """A correlation id arrives as it is or is refused."""
    try:
        _, headers = told.call(correlation_id=value)
    except InvalidArgumentError as error:
        refused(error, value)
    else:
        assert headers["x-correlation-id"] == value


@given(value=st.from_regex(r"[a-z0-9_.]{1,5}-[a-z0-9_.]{1,5}", fullmatch=True) | anything)
@example(value="acme-shop\r\nX-Evil: 1")
def test_a_client_name_is_sent_or_refused(told: Told, value: str) -> None:
    """A client name arrives as it is or is refused."""
    try:
        _, headers = told.call(name=value)
    except ConfigurationError as error:
        refused(error, value)
    else:
        assert headers["et-client-name"] == value


@given(value=st.from_regex(r"[A-Za-z0-9._~+/-]{1,12}={0,2}", fullmatch=True) | anything)
@example(value="t0ken-of-someone\n")
def test_a_token_is_sent_as_it_is_or_refused(told: Told, value: str) -> None:
    """A token arrives as it is or is refused."""
    try:
        _, headers = told.call(auth=BearerToken(value))
    except ConfigurationError as error:
        refused(error, value)
    else:
        assert headers["authorization"] == f"Bearer {value}"


@given(value=st.integers() | st.booleans() | anything)
@example(value="1\r\nX-Evil: 1")
@example(value=2**63 - 1)
def test_customer_number_is_sent_or_refused(told: Told, value: Any) -> None:
    """A customer number arrives as it is or is refused."""
    try:
        _, headers = told.call(entur_customer_number=value)
    except InvalidArgumentError as error:
        refused(error, str(value))
    else:
        assert headers["entur-customer-number"] == str(value)


@pytest.mark.parametrize("bad", NASTY, ids=ascii)
def test_a_strange_credential_is_refused(bad: str) -> None:
    """No credential with a character out of place is taken or shown."""
    canary = f"5ecr3t{bad}" if bad.strip(" \t") else f"5ecr3t\n{bad}"
    makers: list[Callable[[], object]] = [
        lambda: BearerToken(canary),
        lambda: AccessToken(canary),
        lambda: ContractsClient(f"acme-{canary}"),
    ]
    if bad not in {"a b", " a"}:  # a secret may have a space within
        makers += [lambda: ClientCredentials("an-id", canary), lambda: ClientCredentials(canary, "secret")]
    for make in makers:
        with pytest.raises(ConfigurationError) as caught:
            make()
        refused(caught.value, canary)
        assert "5ecr3t" not in str(caught.value)


def test_a_line_break_at_the_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line break at the end of an environment variable is refused."""
    for name, value in {"NAME": "acme-shop", "ID": "an-id", "SECRET": "5ecr3t-canary\n"}.items():
        monkeypatch.setenv(f"CONTRACTS_CLIENT_{name}", value)
    with pytest.raises(ConfigurationError, match="client_secret") as caught:
        ContractsClient.from_env()
    assert_error_shows_nothing(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com",
        "https://user:5ecr3t-canary@api.example.com",
        "https://api.example.com?key=5ecr3t-canary",
        "https://api.example.com#f",
        "https://\u00e6.example.com",
        "https://api.example.com:0",
        "https://api.example.com:99999",
        "//api.example.com",
        "api.example.com",
        "ftp://api.example.com",
        "https://",
        "https://api.example.com/../x",
        "http://127.0.0.1.example.com",
        "http://2130706433",
    ],
)
def test_a_misleading_base_url_is_refused(url: str) -> None:
    """A base URL that could mislead is refused at once."""
    for make in (
        lambda: ContractsClient("acme-shop", base_url=url),
        lambda: Environment(url, "https://auth.example.com"),
        lambda: Environment("https://api.example.com", url),
    ):
        with pytest.raises(ConfigurationError) as caught:
            make()
        assert_error_shows_nothing(caught.value)


def test_nothing_turns_verification_off() -> None:
    """A context of one's own is the only way to trust anybody else."""
    parameters = inspect.signature(ContractsClient).parameters
    assert [name for name in parameters if "verify" in name or "insecure" in name] == []
    assert "ssl_context" in parameters


@pytest.mark.parametrize("path", ["https://evil.example/x", "x", "", "\\\\evil.example", "@evil.example", "?x", "#f"])
async def test_no_path_leads_to_another_origin(transport: Any, path: str) -> None:
    async with peer(healthy) as server, transport_for(server, transport) as own_transport:
        with pytest.raises(ExchangeError, match="elsewhere") as caught:
            await own_transport.send(a_request(path))
    assert caught.value.never_sent
    assert server.connections == 0


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "/@evil.example", "/:80/x"])
async def test_a_path_stays_below_the_base_url(transport: Any, path: str) -> None:
    """A path that looks like an origin stays below the base URL."""
    async with peer(healthy) as server, transport_for(server, transport) as own_transport:
        assert (await own_transport.send(a_request(path))).status == 200
    assert f"Host: {server.url.removeprefix('http://')}\r\n".encode() in server.requests[0]
    assert server.requests[0].startswith(b"GET /")


@asynccontextmanager
async def transport_for(server: Peer, transport: Any) -> AsyncIterator[HttpxTransport]:
    made = HttpxTransport(server.url, TransportOptions(transport=transport), max_concurrency=1, max_bytes=10_000)
    yield made
    await made.aclose()


async def test_a_bomb_costs_less_than_two_caps(make_client: MakeClient) -> None:
    """A bomb costs less memory than twice the cap."""
    cap = 4_000_000
    async with peer(answering(answer(bomb(100), headers={"Content-Encoding": "gzip"}))) as server:
        client = make_client(server.url, max_response_bytes=cap)
        with pytest.raises(ResponseDecodeError):
            await client.list_contracts()  # what a first call costs is not what is measured
        tracemalloc.start()
        try:
            with pytest.raises(ResponseDecodeError, match="too large"):
                await client.list_contracts()
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 2 * cap
    assert defaults.MAX_RESPONSE_BYTES == 16 * 1024 * 1024


async def test_a_call_keeps_one_correlation_id(make_client: MakeClient) -> None:
    """All attempts of a call have the same correlation id.

    The one that a context variable or a function gives is the same in every attempt.
    """

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            failing = len(connection.peer.requests) < 3
            await connection.say(answer(b"", "503 Service Unavailable") if failing else good(request))

    ids = iter(["first", "second"])
    async with peer(talk) as server:
        client = make_client(server.url, correlation_id=lambda: next(ids))
        await client.list_contracts()
        await client.list_contracts()
    sent = [request.partition(b"X-Correlation-Id: ")[2].partition(b"\r\n")[0] for request in server.requests]
    assert sent == [b"first"] * 3 + [b"second"]


async def test_a_hook_is_told_the_path_template(make_client: MakeClient) -> None:
    """What others are told of a call names its template."""
    told: list[str] = []

    def hook(start: Any) -> None:
        told.append(repr(start))

    async with peer(healthy) as server:
        client = make_client(server.url, hooks=[hook])
        await client.list_contracts_by_external_ref(CANARIES[3], entur_customer_number=int(CANARIES[2]))
    assert "{external_ref}" in told[0]
    assert [canary for canary in CANARIES if canary in told[0]] == []
