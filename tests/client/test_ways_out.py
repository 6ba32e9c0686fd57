"""Ways out: requests of the user's own, extra parameters and headers, and whole responses."""

import asyncio
import copy
import json
import logging
import pickle
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
import yaml
from raw_server import CONTRACT, json_answer, raw_server
from virtual_time import SkippingClock

from contracts_client import (
    APIConnectionError,
    BearerToken,
    ClientCredentials,
    Consumption,
    ContractsClient,
    InvalidArgumentError,
    NotFoundError,
    OutcomeUnknownError,
    ResponseDecodeError,
    ServerError,
    UnreadableOutcomeError,
)
from contracts_client.calls.extras import KNOWN_SEGMENTS
from contracts_client.hooks import CallObserver, CallStart

API = "https://api.entur.io"
CONTRACTS = "/customers/v2/benefits/contracts"
SPECIFICATION = Path(__file__).parents[2] / "openapi.yaml"
CLAIM = f"{CONTRACTS}/claim-personnel-ticket"
VALID = "/customers/v2/benefits/contract-consumers/4711471147/contracts"
PAGE = {"items": [{**CONTRACT, "contractConsumers": []}], "totalItems": 1, "totalPages": 1}
CANARIES = ["t0ken-canary", "b0dy-canary", "h3ader-canary", "4711471147"]


@pytest.fixture
async def client() -> AsyncIterator[ContractsClient]:
    async with ContractsClient("acme-shop", auth=BearerToken("t0ken-canary"), clock=SkippingClock()) as made:
        yield made


@respx.mock
async def test_own_requests_are_sent_as_operations(client: ContractsClient) -> None:
    """Path, query, headers and body are the caller's; identity, token and correlation id are the client's."""
    route = respx.patch(url__startswith=f"{API}{CONTRACTS}/c%20-1").respond(201, json={"a": 1}, headers={"X-Got": "it"})
    raw = await client.request(
        "patch",
        f"{CONTRACTS}/c%20-1",
        query={"a": ["1", 2, 2.5], "b": True, "d": date(2026, 1, 2), "t": datetime(2026, 1, 2, tzinfo=UTC), "no": None},
        headers={"X-Trial": "on", "entur-customer-number": "1001"},
        json={"amount": Decimal("1.50"), "who": [Consumption(contract_uuid="c-1", customer_number=7)]},
        correlation_id="mine",
    )
    sent = route.calls.last.request
    assert sent.url.params.multi_items() == [
        *[("a", "1"), ("a", "2"), ("a", "2.5")],
        *[("b", "true"), ("d", "2026-01-02"), ("t", "2026-01-02T00:00:00Z")],
    ]
    assert {name: sent.headers.get_list(name) for name in ("X-Trial", "Entur-Customer-Number", "ET-Client-Name")} == {
        "X-Trial": ["on"],
        "Entur-Customer-Number": ["1001"],
        "ET-Client-Name": ["acme-shop"],
    }
    assert (sent.headers["X-Correlation-Id"], sent.headers["Authorization"]) == ("mine", "Bearer t0ken-canary")
    assert json.loads(sent.content) == {"amount": "1.50", "who": [{"contractUuid": "c-1", "customerNumber": 7}]}
    assert sent.headers["Content-Type"] == "application/json"
    assert (raw.status_code, raw.headers["x-GOT"], raw.content, raw.parse()) == (201, "it", b'{"a":1}', {"a": 1})
    assert (raw.correlation_id, raw.attempts) == ("mine", 1)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("https://elsewhere.example/x", "no host"),
        ("//elsewhere.example/x", "no host"),
        ("contracts", "begin with one /"),
        ("", "begin with one /"),
        (None, "begin with one /"),
        ("/a/../b", "segments . or .."),
        ("/a/%2e%2E/b", "segments . or .."),
        ("/a/..%2fb", "segments . or .."),
        ("/a/..;x/b", "segments . or .."),
        ("/a/%252525252e", "over and over"),
        ("/a?b=1", "no query"),
        ("/a#b", "no fragment"),
        ("/a b", "percent-encode"),
        ("/ø", "percent-encode"),
        ("/a%2", "percent-encode"),
        ("/a\\b", "percent-encode"),
        ("/a\r\nX: y", "percent-encode"),
        ("/" + "a" * 4096, "at most 4096"),
    ],
)
async def test_a_path_elsewhere_is_refused(client: ContractsClient, path: Any, rule: str) -> None:
    with pytest.raises(ValueError, match=rule) as caught:
        await client.request("GET", path)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"method": "TRACE"}, "method must be one of GET, HEAD"),
        ({"method": None}, "method must be one of"),
        ({"json": {}}, "json must be left out of a GET request"),
        ({"method": "POST", "json": {"a": float("nan")}}, "json must hold only what JSON"),
        ({"method": "POST", "json": object()}, "json must hold only what JSON"),
        ({"method": "POST", "json": "\ud800"}, "json must hold only what JSON"),
        ({"method": "POST", "json": datetime(2026, 1, 1)}, "json must"),  # noqa: DTZ001
        ({"method": "POST", "json": "a" * 70_000}, "json must not be larger than 65536 bytes"),
        ({"safe": "yes"}, "safe must be True, False or None"),
        ({"query": "a=b"}, "query must be a mapping"),
        ({"query": {"": "b"}}, "query must have names of 1 to 128"),
        ({"query": {"a\n": "b"}}, "query must have names of 1 to 128"),
        ({"query": {1: "b"}}, "query must have names of 1 to 128"),
        ({"query": {"a": object()}}, r"query\['a'\] must be a string, a number"),
        ({"query": {"a": b"x"}}, r"query\['a'\] must be a string, a number"),
        ({"query": {"a": ""}}, r"query\['a'\] must not be empty"),
        ({"query": {"a": float("inf")}}, r"query\['a'\] must be a finite number"),
        ({"query": {"a": datetime(2026, 1, 1)}}, r"query\['a'\] must"),  # noqa: DTZ001
        ({"query": {"a": ["b" * 4000] * 9}}, "query must not be longer than 32768 characters when quoted"),
        ({"headers": ["a"]}, "headers must be a mapping"),
        ({"headers": {"a b": "c"}}, "headers must have names of ASCII"),
        ({"headers": {"X-A": "b\r\nX-C: d"}}, r"headers\['X-A'\] must be visible ASCII"),
        ({"headers": {"X-A": 1}}, r"headers\['X-A'\] must be a string"),
        ({"headers": {"X-A": "b", "x-a": "c"}}, "headers must hold x-a once"),
        ({"headers": {"Host": "b"}}, "headers must not hold Host, which is the client's own"),
    ],
)
async def test_what_can_not_be_sent_is_refused(client: ContractsClient, options: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=text) as caught:
        await client.request(options.pop("method", "GET"), CONTRACTS, **options)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "name",
    [
        *("ET-Client-Name", "X-Correlation-Id", "Authorization", "Proxy-Authorization", "Cookie", "User-Agent", "Host"),
        *("Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer", "Expect", "Keep-Alive"),
        *("Content-Type", "Content-Encoding", "Accept", "Accept-Encoding", "Entur-Customer-Number"),
        *("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method", "Proxy-Connection"),
        *("Entur_Customer_Number", "ET_Client_Name", "X-Forwarded-Host", "Forwarded", "X-Original-URL"),
    ],
)
async def test_a_header_of_the_client_is_refused(client: ContractsClient, name: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"extra_headers must not hold {name}, which"):
        await client.list_valid_contracts(1, extra_headers={name: "x"})


def test_known_segments_are_the_paths_own() -> None:
    """What the specification's paths are made of, but for parameters, is no secret."""
    paths = yaml.safe_load(SPECIFICATION.read_text())["paths"]
    segments = {segment for path in paths for segment in path.split("/") if segment and "{" not in segment}
    assert segments == KNOWN_SEGMENTS


@pytest.mark.parametrize(
    ("method", "options"), [("GET", {}), ("HEAD", {}), ("POST", {"safe": True}), ("DELETE", {"safe": True})]
)
@respx.mock
async def test_a_safe_request_is_retried(client: ContractsClient, method: str, options: dict[str, bool]) -> None:
    respx.route(method=method).mock(side_effect=[httpx.ReadError("x"), httpx.Response(503), httpx.Response(200)])
    raw = await client.request(method, "/x", **options)
    assert (raw.attempts, raw.status_code, raw.parse()) == (3, 200, None)


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [("POST", CLAIM, {}), ("POST", CLAIM, {"safe": False}), ("PUT", "/x", {}), ("GET", "/x", {"safe": False})],
)
async def test_any_other_request_is_sent_once(method: str, path: str, options: dict[str, bool]) -> None:
    """The server sees one request; its lost answer leaves the outcome unknown."""

    async def lose(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with raw_server(lose) as server, ContractsClient("acme-shop", base_url=server.url) as client:
        with pytest.raises(OutcomeUnknownError, match="do not send it again unasked: read what it changes") as caught:
            await client.request(method, path, **options)
        assert len(server.requests) == 1
    assert (caught.value.operation, caught.value.attempts, caught.value.safe_to_retry) == ("request", 1, False)


@pytest.mark.parametrize(
    "path", [CLAIM, CLAIM.upper(), CLAIM.replace("claim", "%63laim"), CLAIM.replace("claim", "%2563laim")]
)
async def test_a_claim_is_never_safe(client: ContractsClient, path: str) -> None:
    with pytest.raises(InvalidArgumentError, match="safe must not be True for a claim"):
        await client.request("POST", path, safe=True)


@respx.mock
async def test_an_unsent_request_is_sent_again(client: ContractsClient) -> None:
    """As a claim is: a connection that was refused carried nothing."""
    respx.post(f"{API}/x").mock(side_effect=[httpx.ConnectError("refused"), httpx.Response(204)])
    assert (await client.request("POST", "/x")).attempts == 2


@pytest.mark.parametrize(
    ("method", "status", "kind"),
    [
        *(("GET", 404, NotFoundError), ("POST", 404, NotFoundError), ("GET", 500, ServerError)),
        *(("POST", 500, OutcomeUnknownError), ("POST", 302, OutcomeUnknownError)),
    ],
)
@respx.mock
async def test_a_refusal_raises_as_operations_do(
    client: ContractsClient, method: str, status: int, kind: type[Exception]
) -> None:
    respx.route(method=method).respond(status, json={"errorCode": "NO", "status": status})
    with pytest.raises(kind, match=f"{method} /customers/{{hidden}}/contracts was answered with {status}"):
        await client.request(method, "/customers/4711471147/contracts")


@respx.mock
async def test_an_own_request_has_the_call_options(client: ContractsClient) -> None:
    respx.get(f"{API}/x").mock(side_effect=[httpx.Response(503)])
    with pytest.raises(ServerError) as caught:
        await client.request("GET", "/x", retry=None, timeout=3, deadline=5)
    assert caught.value.attempts == 1
    respx.get(f"{API}/x").mock(side_effect=httpx.ConnectError("no"))
    with pytest.raises(APIConnectionError):
        await client.request("GET", "/x", retry=None)
    with pytest.raises(InvalidArgumentError, match="deadline"):
        await client.request("GET", "/x", deadline=-1)


async def test_an_own_request_is_bounded() -> None:
    """A body above the client's bound is not read; a request that is sent once may have been executed then."""

    async def say_much(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(json_answer("x" * 200))

    async with (
        raw_server(say_much) as server,
        ContractsClient("acme-shop", base_url=server.url, max_response_bytes=100) as client,
    ):
        with pytest.raises(ResponseDecodeError, match="too large"):
            await client.request("GET", "/x")
        with pytest.raises(UnreadableOutcomeError, match="read what it changes to find out"):
            await client.request("POST", "/x")


async def test_a_head_may_tell_of_a_large_body() -> None:
    """No body comes, so its length, beyond the bound, and its coding do not matter."""

    async def tell(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nContent-Encoding: br\r\n\r\n")

    async with raw_server(tell) as server, ContractsClient("acme-shop", base_url=server.url) as client:
        for _ in range(2):
            assert (await client.request("HEAD", "/x")).headers["content-length"] == "99999999999"
        assert server.connections == 1


@respx.mock
async def test_every_operation_sends_extras(client: ContractsClient) -> None:
    respx.get(url__regex=".*contract-consumers.*").respond(json=[])
    respx.post(url__regex=".*validate-consumption.*").respond(json={"isValid": True})
    respx.post(url__regex=".*claim-personnel.*").respond(json={"success": True})
    respx.get(url__startswith=API).respond(json=PAGE)
    extras: Any = {"extra_query": {"newFilter": "x"}, "extra_headers": {"X-Trial": "1"}}
    use = Consumption(contract_uuid="c-1", customer_number=7)
    await client.list_contracts(per_page=5, limit=3, **extras).collect()
    await client.get_contract("c-0001", **extras)
    await client.list_contracts_by_external_ref("A-B-C", **extras)
    await client.list_valid_contracts(1, **extras)
    await client.validate_consumption([use], **extras)
    await client.claim_personnel_ticket("A-B-C", customer_number=1, **extras)
    await client.find_claim("A-B-C", customer_number=1, **extras)
    await client.with_raw_response.list_contracts(**extras)
    await client.with_raw_response.list_valid_contracts(1, **extras)
    assert len(respx.calls) == 9
    for call in respx.calls:
        assert call.request.url.params.get_list("newFilter") == ["x"]
        assert call.request.headers.get_list("X-Trial") == ["1"]


@pytest.mark.parametrize("name", ["uuid", "page", "Page"])
async def test_what_the_operation_sends_is_refused(client: ContractsClient, name: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"extra_query must not hold {name}, which the operation itself"):
        await client.get_contract("c-1", extra_query={name: "2"})
    with pytest.raises(InvalidArgumentError, match="extra_query must not hold perPage"):
        client.list_contracts(per_page=5, extra_query={"perPage": 6})


@respx.mock
async def test_a_bookmark_belongs_to_its_extras(client: ContractsClient) -> None:
    respx.get(url__startswith=API).respond(json=PAGE)
    listing = client.list_contracts(extra_query={"newFilter": "x"}, extra_headers={"X-Trial": "1"})
    await listing
    client.list_contracts(extra_query={"newFilter": "x"}, extra_headers={"X-Trial": "1"}, resume=listing.bookmark)
    for query, headers in (({"newFilter": "y"}, {"X-Trial": "1"}), ({"newFilter": "x"}, {"X-Trial": "2"})):
        with pytest.raises(InvalidArgumentError, match="bookmark of the same query"):
            client.list_contracts(extra_query=query, extra_headers=headers, resume=listing.bookmark)
    assert "h3ader" not in repr(client.list_contracts(extra_query={"newFilter": "h3ader"}))


@respx.mock
async def test_the_callers_headers_beat_a_hooks(client: ContractsClient) -> None:
    """A trace that a hook would propagate does not come beside the caller's own."""

    class Observer(CallObserver):
        def headers(self) -> dict[str, str]:
            return {"TraceParent": "the hook's", "X-Hook": "too"}

    route = respx.get(url__startswith=API).respond(json=[])
    starts: list[CallStart] = []

    def hook(start: CallStart) -> Observer:
        starts.append(start)
        return Observer()

    async with ContractsClient("acme-shop", hooks=[hook]) as made:
        await made.list_valid_contracts(1, extra_headers={"traceparent": "mine"})
        await made.request("GET", VALID)
    sent = route.calls[0].request.headers
    assert (sent.get_list("traceparent"), sent["X-Hook"]) == (["mine"], "too")
    assert [(each.operation, each.path_template) for each in starts] == [
        ("list_valid_contracts", "/customers/v2/benefits/contract-consumers/{customer_number}/contracts"),
        ("request", "/customers/v2/benefits/contract-consumers/{hidden}/contracts"),
    ]


@respx.mock
async def test_a_raw_response_has_what_came(client: ContractsClient) -> None:
    respx.get(url__regex=".*contract-consumers.*").mock(
        side_effect=[httpx.Response(503), httpx.Response(200, json=[CONTRACT], headers={"ETag": "e"})]
    )
    raw = await client.with_raw_response.list_valid_contracts(1, correlation_id="mine")
    assert (raw.status_code, json.loads(raw.content), raw.attempts, raw.correlation_id) == (200, [CONTRACT], 2, "mine")
    assert (raw.headers["etag"], "ETAG" in raw.headers, 1 in raw.headers, dict(raw.headers)["etag"]) == (
        *("e", True, False, "e"),
    )
    assert len(raw.headers) == len(list(raw.headers))
    assert raw.elapsed > 0
    assert [each.uuid for each in raw.parse()] == ["c-0001"]
    assert raw.parse() == raw.parse()


@respx.mock
async def test_every_operation_has_a_raw_response(client: ContractsClient) -> None:
    respx.post(url__regex=".*validate-consumption.*").respond(json={"isValid": True})
    respx.post(url__regex=".*claim-personnel.*").respond(json={"success": True})
    respx.get(url__startswith=API).respond(json=PAGE)
    raw = client.with_raw_response
    use = Consumption(contract_uuid="c-1", customer_number=7)
    assert (await raw.validate_consumption([use])).parse().is_valid
    assert (await raw.claim_personnel_ticket("A-B-C", customer_number=1)).parse().success
    assert (await raw.get_contract("c-0001")).parse().uuid == "c-0001"
    assert (await raw.list_contracts_by_external_ref("A-B-C")).parse().number == 1
    other = await raw.get_contract("c-2")
    with pytest.raises(ResponseDecodeError, match="get_contract"):
        other.parse()


@respx.mock
async def test_an_unreadable_response_comes_raw(client: ContractsClient) -> None:
    """The response is there to look at, and parse() raises what the operation would."""
    respx.get(url__startswith=API).respond(202, content=b"b0dy-canary")
    respx.post(url__startswith=API).respond(200, content=b"b0dy-canary")
    read = await client.with_raw_response.list_valid_contracts(1)
    with pytest.raises(ResponseDecodeError, match="status 202") as caught:
        read.parse()
    assert (read.content, caught.value.operation, caught.value.__context__) == (
        *(b"b0dy-canary", "list_valid_contracts", None),
    )
    claim = await client.with_raw_response.claim_personnel_ticket("A-B-C", customer_number=1)
    with pytest.raises(UnreadableOutcomeError, match="find_claim") as unknown:
        claim.parse()
    assert unknown.value.status_code == 200


@respx.mock
async def test_a_raw_listing_gives_its_pages(client: ContractsClient) -> None:
    pages = [{"items": [{**CONTRACT, "uuid": f"c-{n}"}], "totalItems": 3, "totalPages": 3} for n in (1, 2, 3)]
    respx.get(url__startswith=API).mock(side_effect=lambda request: answered(request, pages))
    listing = client.with_raw_response.list_contracts(limit=2)
    first = await listing
    assert (first.status_code, first.parse().number, listing.total_items) == (200, 1, 3)
    got = [(json.loads(raw.content)["items"][0]["uuid"], raw.parse().number) async for raw in listing]
    assert got == [("c-1", 1), ("c-2", 2)]
    assert (listing.total_pages, bool(listing.drift), listing.bookmark.page) == (3, False, 2 + 1)
    rest = client.with_raw_response.list_contracts(resume=str(listing.bookmark))
    assert [raw.parse().items[0].uuid async for raw in rest] == ["c-3"]
    assert "RawPages of <Paginator of list_contracts" in repr(listing)


@respx.mock
async def test_an_unreadable_page_comes_raw_first(client: ContractsClient) -> None:
    pages = [{"items": [CONTRACT], "totalPages": 2}, {"items": 5}]
    respx.get(url__startswith=API).mock(side_effect=lambda request: answered(request, pages))
    listing = client.with_raw_response.list_contracts()
    iterator = aiter(listing)
    assert (await anext(iterator)).parse().number == 1
    unreadable = await anext(iterator)
    assert json.loads(unreadable.content) == {"items": 5}
    with pytest.raises(ResponseDecodeError) as caught:
        await anext(iterator)
    assert (caught.value.path, caught.value.bookmark) == ("items", listing.bookmark)
    assert b"items" in (await client.with_raw_response.list_contracts(page=2)).content


@respx.mock
async def test_raw_listings_raise_as_listings_do(client: ContractsClient) -> None:
    respx.get(url__startswith=API).mock(side_effect=[httpx.Response(404), httpx.Response(200, content=b"\x1f")] * 2)
    raw = client.with_raw_response.list_contracts()
    with pytest.raises(NotFoundError):
        await raw
    respx.get(url__startswith=API).respond(200, content=b"x", headers={"Content-Encoding": "br"})
    for read in (raw, anext(aiter(raw))):
        with pytest.raises(ResponseDecodeError, match="coding"):
            await read
    with pytest.raises(InvalidArgumentError):
        client.with_raw_response.list_contracts(correlation_id="a b")


@respx.mock
async def test_raw_responses_keep_to_strict(caplog: pytest.LogCaptureFixture) -> None:
    respx.get(url__startswith=API).respond(json=[{**CONTRACT, "news": 1}])
    told: list[Any] = []
    async with ContractsClient("acme-shop", on_schema_drift=told.append) as made:
        (await made.with_raw_response.list_valid_contracts(1)).parse()
    assert [each.path for each in told] == ["[0].news"]
    async with ContractsClient("acme-shop", strict=True) as made:
        raw = await made.with_raw_response.list_valid_contracts(1)
        with pytest.raises(ResponseDecodeError, match="news"):
            raw.parse()


@respx.mock
async def test_no_way_out_shows_anything_personal(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    respx.post("https://partner.entur.org/oauth/token").respond(json={"access_token": "t0ken-canary"})
    respx.get(url__startswith=API).respond(json={"x": "b0dy-canary"}, headers={"X-Got": "h3ader-canary"})
    async with ContractsClient("acme-shop", auth=ClientCredentials("id", "s3cret")) as made:
        raw = await made.request("GET", VALID, query={"q": "b0dy-canary"}, headers={"X-A": "h3ader-canary"})
        extra: Any = {"extra_query": {"q": "b0dy-canary"}, "extra_headers": {"X-A": "h3ader-canary"}}
        pages = made.with_raw_response.list_contracts(**extra)
        with pytest.raises(ResponseDecodeError) as caught:
            await made.list_contracts(**extra)
        shown = [repr(raw), repr(raw.headers), str(raw), repr(pages), repr(caught.value), caplog.text]
        with pytest.raises(InvalidArgumentError) as refused:
            await made.request("GET", VALID, query={"a": "4711471147\ud800"}, headers={"X-A": "h3ader-canary"})
        shown.append(str(refused.value))
    assert [each for each in CANARIES if each in "".join(shown)] == []
    assert "GET /customers/v2/benefits/contract-consumers/{hidden}/contracts 200 in " in caplog.text
    for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="a RawResponse can't be copied or pickled"):
            duplicate(raw)  # type: ignore[operator]


def answered(request: httpx.Request, pages: list[Any]) -> httpx.Response:
    return httpx.Response(200, json=pages[int(request.url.params["page"]) - 1])
