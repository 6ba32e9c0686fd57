"""The small parts, each by itself: paging, tokens, addresses, secrets, Retry-After and bodies."""

import asyncio
import copy
import gzip
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from contracts_client import (
    BearerToken,
    ClientClosedError,
    ClientCredentials,
    ConfigurationError,
    ContractPage,
    ContractsClient,
    Environment,
    InvalidArgumentError,
    NotFoundError,
    Paginator,
    PagingError,
    TokenError,
    defaults,
)
from contracts_client._generated.client import Response
from contracts_client.auth import CallableTokenSource
from contracts_client.body import BodyError, BodyReader
from contracts_client.env import EnvironmentVariables
from contracts_client.environment import checked_url
from contracts_client.headers import checked_client_name, checked_correlation_id
from contracts_client.port import ExchangeError, Wire
from contracts_client.retry_after import parse_retry_after
from contracts_client.secret import Secret
from contracts_client.tokens import TokenCache, token_lifetime


@frozen
class FakePage:
    items: list[int]
    number: int
    total_pages: int | None
    total_items: int | None = None


class Listing:
    """A listing of integers, and the numbers of the pages that were fetched."""

    def __init__(self, total: int, per_page: int, *, says: Callable[[int], int | None] = lambda pages: pages) -> None:
        self.total, self.per_page, self.says = total, per_page, says
        self.fetched: list[int] = []

    async def fetch(self, number: int) -> FakePage:
        self.fetched.append(number)
        start = (number - 1) * self.per_page
        pages = -(-self.total // self.per_page)
        return FakePage(list(range(start, min(start + self.per_page, self.total))), number, self.says(pages))

    def paginator(self, *, first: int = 1, limit: int | None = None) -> Paginator[int, FakePage]:
        return Paginator("list_things", self.fetch, first=first, limit=limit)


async def test_awaiting_fetches_the_first_page_alone() -> None:
    listing = Listing(25, 10)
    assert (await listing.paginator()).items == list(range(10))
    assert listing.fetched == [1]


async def test_every_iteration_starts_afresh() -> None:
    paginator = Listing(25, 10).paginator()
    assert await paginator.collect() == list(range(25))
    assert [number async for number in paginator] == list(range(25))
    assert [page.number async for page in paginator.pages()] == [1, 2, 3]
    assert repr(paginator) == "<Paginator of list_things from page 1>"


@given(
    total=st.integers(0, 60), per_page=st.integers(1, 12), limit=st.none() | st.integers(0, 70), first=st.integers(1, 8)
)
def test_a_listing_is_read_in_order_up_to_its_limit_without_a_needless_page(
    total: int, per_page: int, limit: int | None, first: int
) -> None:
    listing = Listing(total, per_page)
    expected = list(range((first - 1) * per_page, total))[: total if limit is None else limit]
    assert asyncio.run(listing.paginator(first=first, limit=limit).collect()) == expected
    needed = 0 if limit == 0 else max(1, -(-len(expected) // per_page))
    assert listing.fetched == list(range(first, first + needed))


@pytest.mark.parametrize("says", [None, 0, -1])
@pytest.mark.parametrize(("total", "fetched"), [(25, [1, 2, 3]), (20, [1, 2, 3]), (5, [1, 2]), (0, [1])])
async def test_without_totals_a_shorter_or_empty_page_is_the_last(
    says: int | None, total: int, fetched: list[int]
) -> None:
    listing = Listing(total, 10, says=lambda _: says)
    assert await listing.paginator().collect() == list(range(total))
    assert listing.fetched == fetched


@pytest.mark.parametrize(("first", "fetched"), [(1, [1, 2, 3]), (2, [2, 3, 4])])
async def test_the_number_of_items_says_where_a_listing_ends_if_it_is_read_from_its_start(
    first: int, fetched: list[int]
) -> None:
    listing = Listing(30, 10)

    async def fetch(number: int) -> FakePage:
        return FakePage((await listing.fetch(number)).items, number, None, total_items=30)

    paginator = Paginator[int, FakePage]("list_things", fetch, first=first, limit=None)
    assert await paginator.collect() == list(range(10 * (first - 1), 30))
    assert listing.fetched == fetched


async def test_not_found_beyond_the_last_page_is_the_end() -> None:
    async def fetch(number: int) -> FakePage:
        if number > 2:
            raise NotFoundError("no such page", status_code=404, operation="list_things", correlation_id="c")
        return FakePage([number], number, None)

    assert await Paginator[int, FakePage]("list_things", fetch, first=1, limit=None).collect() == [1, 2]
    with pytest.raises(NotFoundError):
        await Paginator[int, FakePage]("list_things", fetch, first=3, limit=None).collect()


async def test_an_empty_page_is_not_handed_on_unless_it_is_the_first() -> None:
    assert [len(page.items) async for page in Listing(20, 10, says=lambda _: None).paginator().pages()] == [10, 10]
    assert [len(page.items) async for page in Listing(0, 10).paginator().pages()] == [0]


async def test_a_server_that_repeats_a_page_ends_in_an_error() -> None:
    async def fetch(number: int) -> FakePage:
        return FakePage([1, 2], number, None)

    found: list[int] = []
    pages = Paginator[int, FakePage]("list_things", fetch, first=1, limit=None)
    iterator = aiter(pages)
    assert aiter(iterator) is iterator
    found += [await anext(iterator), await anext(iterator)]
    with pytest.raises(PagingError, match="page 2 repeats page 1"):
        await anext(iterator)
    assert found == [1, 2]
    with pytest.raises(StopAsyncIteration):
        await anext(iterator)


async def test_a_listing_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 3)
    with pytest.raises(PagingError, match="3 pages"):
        await Listing(100, 1).paginator().collect()


class FakeEndpoint:
    """Answers token requests in turn; an answer that is an error is raised."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.requests = 0
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def send(self, wire: Wire) -> Response:
        assert "a-secret" not in repr(wire)
        self.requests += 1
        await self.go_on.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        return Response(status=status, headers={"content-type": "application/json"}, body=body)

    async def aclose(self) -> None: ...


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def token_cache(endpoint: FakeEndpoint, clock: Callable[[], float]) -> TokenCache:
    credentials = ClientCredentials("an-id", "a-secret")
    return TokenCache(credentials, endpoint, audience="https://api", client_name="acme-shop", clock=clock)


def granted(name: str, lifetime: str = "3600") -> tuple[int, bytes]:
    return 200, f'{{"access_token": "{name}", "token_type": "bearer", "expires_in": {lifetime}}}'.encode()


async def test_two_hundred_callers_need_one_token_even_when_the_first_is_cancelled() -> None:
    endpoint = FakeEndpoint(granted("one"))
    endpoint.go_on.clear()
    cache = token_cache(endpoint, Clock())
    callers = [asyncio.create_task(cache.get()) for _ in range(200)]
    await asyncio.sleep(0)
    callers[0].cancel()
    endpoint.go_on.set()
    found = await asyncio.gather(*callers, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert {token.reveal() for token in found[1:] if isinstance(token, Secret)} == {"one"}
    assert endpoint.requests == 1


@pytest.mark.parametrize(("lifetime", "renewed_after", "good_for"), [(3600, 3300, 3600), (60, 30, 60), (0, 0, 0)])
async def test_a_token_is_renewed_ahead_of_its_end_while_the_old_one_serves(
    lifetime: int, renewed_after: int, good_for: int
) -> None:
    endpoint = FakeEndpoint(granted("one", str(lifetime)), granted("two"))
    clock = Clock()
    cache = token_cache(endpoint, clock)
    assert (await cache.get()).reveal() == "one"
    if lifetime:
        clock.now += renewed_after - 1
        assert (await cache.get()).reveal() == "one"
        assert endpoint.requests == 1
        clock.now += 1
        assert [(await cache.get()).reveal() for _ in range(20)] == ["one"] * 20
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert (await cache.get()).reveal() == "two"
    assert endpoint.requests == 2
    assert good_for >= renewed_after


async def test_a_token_that_is_still_good_is_sent_while_the_next_can_not_be_had() -> None:
    endpoint = FakeEndpoint(granted("one"), ExchangeError("down"), ExchangeError("down"))
    clock = Clock()
    cache = token_cache(endpoint, clock)
    await cache.get()
    clock.now += 3400
    assert (await cache.get()).reveal() == "one"
    await asyncio.sleep(0)
    clock.now += 200
    with pytest.raises(TokenError, match="down"):
        await cache.get()


async def test_a_refused_token_is_forgotten_unless_another_took_its_place() -> None:
    endpoint = FakeEndpoint(granted("one"), granted("two"))
    cache = token_cache(endpoint, Clock())
    first = await cache.get()
    assert cache.reject(first)
    second = await cache.get()
    assert cache.reject(first)
    assert await cache.get() is second
    assert endpoint.requests == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, b'{"error": "access_denied"}'), "answered 401"),
        ((302, b""), "answered 302"),
        ((200, b"<html>"), "not JSON"),
        ((200, b"[]"), "expected an object"),
        ((200, b'{"token_type": "Bearer"}'), "access_token"),
        ((200, b'{"access_token": "a b"}'), "access_token"),
        ((200, b'{"access_token": "a", "token_type": "mac"}'), "token_type"),
        ((200, b'{"access_token": "a", "expires_in": "soon"}'), "expires_in"),
        (ExchangeError("the server can't be reached"), "reached"),
        (ConfigurationError("no certificate authorities"), "certificate"),
    ],
)
async def test_each_caller_gets_an_error_of_its_own_and_the_next_one_tries_again(answer: Any, words: str) -> None:
    endpoint = FakeEndpoint(answer, granted("one"))
    cache = token_cache(endpoint, Clock())
    failed = await asyncio.gather(cache.get(), cache.get(), return_exceptions=True)
    assert all(isinstance(error, TokenError) and words in str(error) for error in failed)
    assert failed[0] is not failed[1]
    assert (await cache.get()).reveal() == "one"


async def test_a_closed_client_fetches_no_token() -> None:
    with pytest.raises(TokenError, match="closed"):
        await token_cache(FakeEndpoint(ClientClosedError("closed")), Clock()).get()


async def test_a_fetch_that_is_ended_with_the_loop_is_not_taken_for_a_token() -> None:
    endpoint = FakeEndpoint(granted("one"))
    endpoint.go_on.clear()
    cache = token_cache(endpoint, Clock())
    caller = asyncio.create_task(cache.get())
    await asyncio.sleep(0)
    assert cache._fetching is not None
    cache._fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    endpoint.go_on.set()
    assert (await cache.get()).reveal() == "one"


@pytest.mark.parametrize(
    ("says", "seconds"),
    [
        (None, 600),
        (60, 60),
        ("86400", 86400),
        (1.5, 1.5),
        (-1, 0),
        (10**400, 604800),
        (float("inf"), 604800),
        (float("nan"), None),
        (True, None),
        ("1e3", None),
        ([], None),
    ],
)
def test_a_lifetime_is_read_leniently_and_bounded(says: object, seconds: float | None) -> None:
    assert token_lifetime(says) == seconds


@pytest.mark.parametrize("token", [7, "", "a b", "a\n"])
async def test_a_callable_that_returns_no_token_is_a_token_error(token: Any) -> None:
    async def give() -> str:
        return token  # type: ignore[no-any-return]

    with pytest.raises(TokenError, match="no bearer token"):
        await CallableTokenSource(give).get()


@pytest.mark.parametrize("error", [ValueError("no"), TokenError("mine")])
async def test_a_callable_that_fails_is_a_token_error(error: Exception) -> None:
    async def fail() -> str:
        raise error

    source = CallableTokenSource(fail)
    with pytest.raises(TokenError, match=r"ValueError|mine"):
        await source.get()
    assert source.reject(Secret("a"))


@pytest.mark.parametrize("text", ["", "with\nbreak", " blank-at-start", "blåbær", "x\x7f", None])
def test_a_credential_that_can_not_be_sent_is_refused_and_not_shown(text: Any) -> None:
    for make in (
        lambda: ClientCredentials("an-id", text),
        lambda: ClientCredentials(text, "x"),
        lambda: BearerToken(text),
    ):
        with pytest.raises(ConfigurationError) as caught:
            make()
        assert not text or str(text) not in str(caught.value)


def test_a_secret_gives_itself_away_to_nobody_who_does_not_ask() -> None:
    secret = Secret("s")
    assert repr(secret) == str(secret) == "Secret(***)"
    assert secret == Secret("s") != Secret("t")
    assert secret != "s"
    assert hash(secret) == hash(Secret("s"))
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert secret.reveal() == "s"
    assert ClientCredentials("i", secret).client_secret == BearerToken(secret).token
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com",
        "ftp://api.example.com",
        "api.example.com",
        "https://",
        "https://host:0",
        "https://host:99999",
        "https://[::1",
        "https://user:pw@host",
        "https://host?",
        "https://host#",
        "https://høst",
        "https://host/a/../b",
        "https://host/%2e",
        "https://host//x",
        "https://ho st",
        "https://ho|st",
        "https://a..b",
        "https://-a.b",
        "https://host\\x",
        7,
    ],
)
def test_a_base_url_that_could_mislead_is_refused_and_not_shown(url: Any) -> None:
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        checked_url("base_url", url)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://Host.example.com.",
        "https://host",
        "https://host:8443/path/",
        "http://localhost:1",
        "http://127.0.0.2",
        "http://[::1]:1",
    ],
)
def test_a_base_url_is_https_or_on_this_machine(url: str) -> None:
    assert checked_url("base_url", url) == url.rstrip("/").lower()


def test_environments_are_named_in_any_case() -> None:
    assert Environment.named(" Staging ") is Environment.STAGING
    assert Environment.PRODUCTION.api_url == "https://api.entur.io"
    assert Environment.DEV.auth_url == "https://partner.dev.entur.org"
    with pytest.raises(ConfigurationError, match="production, staging, dev"):
        Environment.named("test")


def test_variables_name_an_environment_or_two_addresses() -> None:
    assert EnvironmentVariables({"CONTRACTS_CLIENT_ENVIRONMENT": "dev"}).environment() is Environment.DEV
    custom = EnvironmentVariables({"CONTRACTS_CLIENT_AUTH_URL": "http://localhost:1"}).environment()
    assert custom == Environment("https://api.entur.io", "http://localhost:1")


def test_variables_and_a_client_that_was_not_made_show_nothing() -> None:
    assert "canary" not in repr(EnvironmentVariables({"CONTRACTS_CLIENT_SECRET": "canary"}))
    assert repr(object.__new__(ContractsClient)) == "<ContractsClient not made>"
    with pytest.raises(ConfigurationError, match="audience"):
        ClientCredentials("i", "s", audience="a\nb")


@pytest.mark.parametrize("name", ["acme-shop", "nor_way_bussekspress-reiseplanlegger", "a-b-c", "ola.nordmann-app2"])
def test_a_client_name_is_company_and_application(name: str) -> None:
    assert checked_client_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "acme",
        "-shop",
        "acme-",
        "Acme-Shop",
        "acme shop-x",
        "acme-shop\r\n",
        "_-_",
        "æ-b",
        "a-b" * 99,
        "aaaaaaa-" * 15 + "!",
        7,
    ],
)
def test_a_client_name_of_another_form_is_refused(name: Any) -> None:
    with pytest.raises(ConfigurationError, match="company"):
        checked_client_name(name)


@given(st.text(max_size=40))
def test_a_correlation_id_that_is_accepted_can_not_inject(value: str) -> None:
    try:
        accepted = checked_correlation_id(value)
    except InvalidArgumentError as error:
        assert len(value) < 3 or value not in str(error)  # noqa: PT017 # both outcomes are right
    else:
        assert accepted.isascii()
        assert accepted.isprintable()
        assert " " not in accepted


NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2", 2.0),
        (" 0 ", 0.0),
        ("Thu, 01 Jan 2026 00:00:30 GMT", 30.0),
        ("Wed, 31 Dec 2025 23:59:59 GMT", None),
        ("Thu, 41 Jan 2026 00:00:30 GMT", None),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("nan", None),
        ("1_000", None),
        ("١٢", None),
        ("1" * 11, None),
        ("120, 60", None),
        ("Thu, 01 Jan 0026 00:00:30 GMT", None),
        ("Abc, 01 Jan 2026 00:00:30 GMT", None),
    ],
)
def test_retry_after_is_read_strictly(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@given(st.text(max_size=40))
def test_retry_after_is_never_anything_but_a_wait(value: str) -> None:
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or 0 <= seconds < 10**12


@given(body=st.binary(max_size=2000), cuts=st.lists(st.integers(0, 2000), max_size=5), packed=st.booleans())
def test_a_body_is_the_same_however_it_is_cut(body: bytes, cuts: list[int], packed: bool) -> None:  # noqa: FBT001
    raw = gzip.compress(body) if packed else body
    reader = BodyReader({"content-encoding": "gzip"} if packed else {}, 2000)
    edges = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    for start, end in pairwise(edges):
        reader.feed(raw[start:end])
    assert reader.finish() == body


@pytest.mark.parametrize(("tail", "words"), [(b"x", "after the end"), (b"", "too large")])
def test_a_gzip_body_ends_where_it_says_and_within_its_bounds(tail: bytes, words: str) -> None:
    reader = BodyReader({"content-encoding": "x-gzip", "content-length": "nonsense"}, 10 if tail else 3)
    with pytest.raises(BodyError, match=words):
        reader.feed(gzip.compress(b"hello") + tail)


def test_a_plain_body_stops_at_its_bounds() -> None:
    reader = BodyReader({}, 3)
    with pytest.raises(BodyError, match="too large"):
        reader.feed(b"four")


def test_a_gzip_stream_that_goes_on_is_too_large() -> None:
    reader = BodyReader({"content-encoding": "gzip"}, 1000)
    with pytest.raises(BodyError, match="too large"):
        reader.feed(gzip.compress(b" " * 100_000))


def test_a_page_can_be_read_from_json() -> None:
    page = ContractPage.from_dict({"items": [], "totalItems": 0, "extra": 1})
    assert (page.number, page.items, page.total_items, page.total_pages) == (1, [], 0, None)
    assert page.to_dict() == {"items": [], "totalItems": 0, "extra": 1}
