"""Which connections are lent and closed, and what the libraries are asked for: no connection is made here."""

import asyncio
import ssl
import sys
from typing import Any

import httpx
import httpx2
import pytest
from peer import a_request
from virtual_time import HandClock, run_virtually

from contracts_client import ConfigurationError, ContractsClient, defaults
from contracts_client.transport.connections import Connections
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import RequestTrace
from contracts_client.transport.library import (
    HTTPX,
    Library,
    TransportOptions,
    checked_timeout,
    is_proxy_address,
    library_of,
)
from contracts_client.transport.lifecycle import Lifetime, is_being_cancelled
from contracts_client.transport.network import LazyContext

HTTPX2 = Library(httpx2, "httpcore2")
LIBRARIES = pytest.mark.parametrize("library", [HTTPX, HTTPX2], ids=["httpx", "httpx2"])


class Opened:
    """A transport that only knows whether it is open."""

    def __init__(self, **made_with: Any) -> None:
        self.made_with = made_with
        self.closed = 0

    async def handle_async_request(self, request: Any, /) -> Any:
        return httpx.Response(200, content=b"ok")

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Opened]:
    """What was opened, in the place of real connections, with what it was opened with."""
    made: list[Opened] = []

    def transport(_: Library, context: ssl.SSLContext, **options: Any) -> Opened:
        made.append(Opened(context=context, **options))
        return made[-1]

    monkeypatch.setattr(Library, "transport", transport)
    return made


def connections(
    url: str = "http://127.0.0.1:9", *, limit: int = 2, tls: LazyContext | None = None, **options: Any
) -> Connections:
    return Connections(url, TransportOptions(**options), limit=limit, clock=HandClock(), tls=tls)


def is_closed(made: list[Opened]) -> list[int]:
    return [each.closed for each in made]


def connected() -> RequestTrace:
    trace = RequestTrace()
    trace.opened = True
    return trace


async def closed_by_now() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


async def test_the_latest_connection_is_lent_first(opened: list[Opened]) -> None:
    """The connection that was given back last is lent first."""
    made = connections()
    first, second = [await made.take(fresh=False) for _ in range(2)]
    for each in (first, second):
        made.give_back(each, connected())
    assert await made.take(fresh=False) is second
    assert await made.take(fresh=False) is first
    context = opened[0].made_with.pop("context")
    assert opened[0].made_with == {"proxy": None, "local_address": None}
    assert (context.verify_mode, context.cert_store_stats()["x509"]) == (ssl.CERT_REQUIRED, 0)
    for each in (first, second):
        made.give_back(each, RequestTrace())
    await made.aclose()
    assert is_closed(opened) == [1, 1]


@pytest.mark.parametrize(("limit", "closed"), [(1, [1, 1, 0]), (2, [1, 0, 0]), (3, [0, 0, 0])])
async def test_the_oldest_idle_one_is_closed_first(opened: list[Opened], limit: int, closed: list[int]) -> None:
    """The oldest idle connection makes way for a fresh one."""
    made = connections(limit=3)
    for each in [await made.take(fresh=False) for _ in range(2)]:
        made.give_back(each, connected())
    made._limit = limit
    await made.take(fresh=True)
    if limit == 1:
        await made.take(fresh=True)
    await closed_by_now()
    assert is_closed(opened)[:3] == closed


@pytest.mark.parametrize(("idle", "closed"), [(defaults.KEEPALIVE_EXPIRY, 0), (defaults.KEEPALIVE_EXPIRY + 0.1, 1)])
async def test_idle_connections_close_on_return(opened: list[Opened], idle: float, closed: int) -> None:
    """An idle connection is closed as another is given back."""
    made, clock = connections(), HandClock()
    made._clock = clock
    first, second = [await made.take(fresh=False) for _ in range(2)]
    made.give_back(first, connected())
    clock.now += idle
    made.give_back(second, connected())
    await closed_by_now()
    assert is_closed(opened) == [closed, 0]


@pytest.mark.parametrize(("age", "lent"), [(0.0, 0), (0.79, 0), (1.0, 1)])
async def test_a_live_connection_is_lent_again(opened: list[Opened], age: float, lent: int) -> None:
    """A connection is lent again as long as it lives."""
    made, clock = connections(connection_lifetime=3.0), HandClock()
    made._clock = clock
    made.give_back(await made.take(fresh=False), connected())
    clock.now += 3.0 * age
    again = await made.take(fresh=False)
    assert again.transport is opened[lent]
    made.give_back(again, connected() if lent else RequestTrace())  # to be used again doesn't make one younger
    clock.now += 3.0
    await made.take(fresh=False)
    await closed_by_now()
    assert is_closed(opened)[: lent + 1] == [1] * (lent + 1)


async def test_a_lent_connection_closes_on_return(opened: list[Opened]) -> None:
    """A connection that is lent while all are closed is closed once back."""
    made = connections()
    first, second = [await made.take(fresh=False) for _ in range(2)]
    closing = asyncio.create_task(made.aclose())
    await closed_by_now()
    made.give_back(first, connected())
    await closed_by_now()
    assert not closing.done()
    made.discard(second, RequestTrace())
    await closing
    assert is_closed(opened) == [1, 1]


@pytest.mark.parametrize(("fresh", "closed"), [(True, [1]), (False, [0])])
async def test_a_fresh_connection_is_used_once(opened: list[Opened], *, fresh: bool, closed: list[int]) -> None:
    transport = HttpxTransport("http://127.0.0.1:9", TransportOptions(), max_concurrency=7, max_bytes=100)
    await transport.send(a_request(fresh=fresh))
    await closed_by_now()
    assert is_closed(opened) == closed
    await transport.aclose()
    assert is_closed(opened) == [1]


@pytest.mark.parametrize("closes", [True, False])
async def test_a_user_transport_is_closed_if_owned(opened: list[Opened], *, closes: bool) -> None:
    """A transport of the user's is closed where it is to be."""

    class Own(httpx.AsyncBaseTransport):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    own = Own()
    made = connections("https://api.example", transport=own, closes_transport=closes)
    assert made.given is own
    await made.aclose()
    assert (own.closed, opened) == (closes, [])


@pytest.mark.parametrize(("fault", "seconds"), [(RuntimeError, 0), (None, defaults.DRAIN_TIMEOUT)])
def test_a_transport_that_hangs_is_logged(
    caplog: pytest.LogCaptureFixture, fault: type[Exception] | None, seconds: float
) -> None:
    """A transport that does not close is logged and not waited for."""

    class Stuck(httpx.AsyncBaseTransport):
        async def aclose(self) -> None:
            if fault is not None:
                raise fault("c4narY")
            await asyncio.Event().wait()

    async def main() -> float:
        await connections("https://api.example", transport=Stuck()).aclose()
        return asyncio.get_running_loop().time()

    assert run_virtually(main()) == pytest.approx(seconds)
    name = "TimeoutError" if fault is None else "RuntimeError"
    assert caplog.messages == [f"a connection could not be closed: {name}"]


@pytest.mark.parametrize("trust_env", [True, False])
def test_a_custom_context_pool_trusts_env(*, trust_env: bool) -> None:
    """A pool with a context of its own trusts the environment as far as it is told."""
    assert connections("https://api.example", trust_env=trust_env)._tls._trust_env is trust_env


async def test_the_context_suits_the_address(
    opened: list[Opened],
) -> None:
    """The context is the user's or the shared one or for plain HTTP one that trusts nobody."""
    mine, shared = (ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) for _ in range(2))
    tls = LazyContext(shared, trust_env=False)
    for url, given, lazy, context in (
        ("https://api.example", mine, None, mine),
        ("http://localhost", mine, None, mine),
        ("https://api.example", None, tls, shared),
    ):
        await connections(url, ssl_context=given, tls=lazy).take(fresh=False)
        assert opened[-1].made_with["context"] is context
    await connections("http://localhost", tls=tls).take(fresh=False)
    assert opened[-1].made_with["context"] not in {mine, shared}


@pytest.mark.parametrize("trust_env", [True, False])
async def test_an_environment_proxy_needs_trust(
    opened: list[Opened], monkeypatch: pytest.MonkeyPatch, *, trust_env: bool
) -> None:
    """The environment's proxy counts where the environment is trusted and the pool is the client's."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    await connections("https://api.example", trust_env=trust_env, ssl_context=context).take(fresh=False)
    assert opened[0].made_with["proxy"] == ("http://proxy.example:3128" if trust_env else None)


@LIBRARIES
@pytest.mark.parametrize("proxy", [None, "http://proxy.example:3128", "https://proxy.example:3128"])
def test_a_library_is_set_up_with_bounds(library: Library, proxy: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library is asked for bounded HTTP 1 1 with one context for server and proxy."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr(library.module, "AsyncHTTPTransport", Opened)
    made: Any = library.transport(context, proxy=proxy, local_address="::")
    asked = made.made_with
    through = asked.pop("proxy")
    limits = library.module.Limits(
        max_connections=1, max_keepalive_connections=1, keepalive_expiry=defaults.KEEPALIVE_EXPIRY
    )
    assert asked == {"verify": context, "trust_env": False, "http2": False, "local_address": "::", "limits": limits}
    assert (through is None) is (proxy is None)
    if proxy is not None:
        assert str(through.url) == proxy
        assert (through.ssl_context is context) is proxy.startswith("https:")


@LIBRARIES
def test_an_httpx_request_is_converted(library: Library) -> None:
    """A request of httpx becomes the same of the library."""
    trace = RequestTrace()
    mine = library.new_request(
        "PUT", "https://api.example/x?a=b%2F", [("X-One", "1")], b"{}", timeout={"read": 1}, trace=trace
    )
    assert mine.extensions == {"timeout": {"read": 1}, "trace": trace.trace}
    assert library.request(mine, trace) is mine
    given = httpx.Request(
        "PUT", "https://api.example/x?a=b%2F", headers=[("X-One", "1")], content=b"{}", extensions={"trace": 1}
    )
    same = library.request(given, trace)
    assert isinstance(same, library.module.Request)
    assert (same.method, str(same.url), same.content) == ("PUT", "https://api.example/x?a=b%2F", b"{}")
    assert same.headers.raw == given.headers.raw
    assert same.extensions == {"trace": 1}
    empty = library.request(httpx.Request("GET", "https://api.example/x"), trace)
    assert "content-length" not in empty.headers


@LIBRARIES
def test_a_library_is_loaded_with_its_core(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library is loaded with the one below it."""
    library.load()
    assert library.is_loaded
    monkeypatch.delitem(sys.modules, library.core)
    assert not library.is_loaded


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is not there is named and the choices are told."""
    monkeypatch.setitem(sys.modules, "httpx2", None)
    for transport, words in (
        ("httpx2", 'transport="httpx2" needs that library: install contracts-client[httpx2], or httpx2 itself'),
        ("x", 'transport must be an httpx.AsyncBaseTransport, an httpx2.AsyncBaseTransport, "httpx2" or "aiohttp"'),
    ):
        with pytest.raises(ConfigurationError) as caught:
            library_of(transport)  # type: ignore[arg-type]
        assert str(caught.value) == words


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("http://proxy.example", True),
        ("socks5://proxy.example:1", True),
        ("http://", False),
        ("proxy.example:1", False),
        ("http://\x00", False),
        ("http://proxy.example:x", False),
        ("", False),
    ],
)
def test_a_proxy_needs_a_scheme_and_a_host(address: str, *, is_one: bool) -> None:
    """An address of a proxy has a scheme that is known and a host."""
    assert is_proxy_address(address) is is_one


@pytest.mark.parametrize("seconds", [0.001, defaults.MAX_SECONDS])
def test_seconds_have_a_greatest_number(seconds: float) -> None:
    """Seconds may be as many as can be waited for."""
    phases, whole = checked_timeout(seconds, ValueError)
    assert (phases, whole) == (httpx.Timeout(seconds), seconds)
    for phase in ("connect", "read", "write", "pool"):
        timeout = httpx.Timeout(None, **{phase: seconds})
        assert checked_timeout(timeout, ValueError) == (timeout, None)
        with pytest.raises(ValueError, match=f"^must have a positive number of seconds, or None, for {phase}$"):
            checked_timeout(httpx.Timeout(None, **{phase: defaults.MAX_SECONDS + 1}), ValueError)
    with pytest.raises(ValueError, match=r"^must be a Timeout of httpx or httpx2, or a positive number of seconds$"):
        checked_timeout(defaults.MAX_SECONDS + 1, ValueError)


def test_nothing_is_cancelled_outside_a_task() -> None:
    """Outside of any task nobody is being cancelled."""
    seen: list[bool] = []

    async def main() -> None:
        asyncio.get_running_loop().call_soon(lambda: seen.append(is_being_cancelled()))
        await asyncio.sleep(0)
        seen.append(is_being_cancelled())
        task: Any = asyncio.current_task()
        task.cancel()
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            seen.append(is_being_cancelled())
            task.uncancel()

    asyncio.run(main())
    assert seen == [False, False, True]


async def test_draining_ends_with_the_last_call() -> None:
    """Draining ends with the last call and not before."""
    life = Lifetime()
    first, second = life.begin(), life.begin()
    draining = asyncio.create_task(life.drain(30))
    life.end(first)
    for _ in range(3):
        await asyncio.sleep(0)
    assert not draining.done()
    life.end(second)
    await draining
    await life.drain(30)  # nothing is under way: at once


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_draining_has_a_time_limit(seconds: float) -> None:
    """Draining takes no longer than it may."""

    async def main() -> float:
        life, began = Lifetime(), asyncio.get_running_loop().time()
        life.begin()
        await life.drain(seconds)
        return asyncio.get_running_loop().time() - began

    assert run_virtually(main()) == pytest.approx(seconds)


def test_a_running_call_is_told_of_its_end() -> None:
    """A call under way learns at once that it is ended and until then has no end."""

    async def main() -> float:
        life = Lifetime()
        scope = life.begin()
        asyncio.get_running_loop().call_later(1000, life.end_calls)
        with pytest.raises(TimeoutError):
            async with scope:
                await asyncio.Event().wait()
        return asyncio.get_running_loop().time()

    assert run_virtually(main()) == pytest.approx(1000)


async def test_the_warning_points_to_the_client() -> None:
    """The warning points to where the client was forgotten."""
    life = Lifetime()
    life.is_open = True
    with pytest.warns(ResourceWarning) as caught:
        del life
    assert caught[0].filename == __file__


async def test_an_unclosed_client_is_named() -> None:
    """A forgotten client is named in its warning."""
    life = Lifetime("the client acme-shop")
    life.is_open = True
    words = (
        r"^the client acme-shop was forgotten with connections open: use it inside 'async with', or await its aclose"
    )
    with pytest.warns(ResourceWarning, match=words) as caught:
        del life
    assert isinstance(caught[0].source, Lifetime)  # tracemalloc tells where it was made
    nameless = Lifetime()
    nameless.is_open = True
    with pytest.warns(ResourceWarning, match="^client was forgotten"):
        del nameless
    for is_open, is_closed in ((False, False), (True, True), (False, True)):
        quiet = Lifetime()
        quiet.is_open, quiet.is_closed = is_open, is_closed
        del quiet


def test_a_client_tells_its_event_loop() -> None:
    """A client says in which loop it lives."""
    client = ContractsClient("acme-shop")
    with pytest.raises(ConfigurationError) as caught:
        client.list_contracts().__await__().send(None)
    assert str(caught.value) == "the client needs asyncio: await it within asyncio.run(), not under trio or by hand"
    asyncio.run(client.aclose())
