"""What is sent over a transport, and which of its answers are taken: one exchange at a time, without a socket."""

import gzip
from collections.abc import AsyncGenerator, Callable
from math import inf
from types import SimpleNamespace
from typing import Any

import httpx
import httpx2
import pytest
from attrs import evolve
from peer import wire
from virtual_time import HandClock

from contracts_client.headers import CLIENT_NAME, CORRELATION_ID
from contracts_client.openapi.operation import Response
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import TransportRequest
from contracts_client.transport.library import TransportOptions
from contracts_client.transport.trace import ExchangeError, UsedConnectionError

BASE = "https://api.example/v1"
Answer = Callable[[httpx.Request], httpx.Response]


class Transport(httpx.AsyncBaseTransport):
    """Answers as it is told, and keeps the requests."""

    def __init__(self, answer: Answer | None = None) -> None:
        self._answer = answer or (lambda _: httpx.Response(200, content=b"ok"))
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self._answer(request)


async def hold(sent: TransportRequest, transport: Any) -> Response:
    options = TransportOptions(transport=transport)
    return await HttpxTransport(BASE, options, max_concurrency=1, max_bytes=100, clock=HandClock()).send(sent)


async def refused(sent: TransportRequest, transport: Transport) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        await hold(sent, transport)
    return caught.value


def asking(**more: Any) -> TransportRequest:
    return evolve(wire(), deadline=1060.0, **more)  # a minute by the clock that is moved by hand


def says(status: int = 200, content: bytes = b"ok", **headers: str) -> Answer:
    return lambda _: httpx.Response(
        status, headers={name.replace("_", "-"): value for name, value in headers.items()}, content=content
    )


async def test_a_request_goes_out_as_it_was_handed_over() -> None:
    transport = Transport()
    asked = asking(method="POST", query=(("a b", "c/d&å"), ("e", "")), body=b"{}", headers=(("X-One", "1"),))
    answer = await hold(asked, transport)
    assert (answer.status, answer.body) == (200, b"ok")
    (request,) = transport.requests
    assert (request.method, request.content) == ("POST", b"{}")
    assert str(request.url) == f"{BASE}/x?a%20b=c%2Fd%26%C3%A5&e="
    assert [pair for pair in request.headers.multi_items() if pair[0] in {"x-one", "accept-encoding"}] == [
        ("x-one", "1"),
        ("accept-encoding", "gzip"),
    ]
    assert request.extensions["trace"] == asked.trace.trace


async def test_a_request_without_parameters_has_no_question_mark() -> None:
    transport = Transport()
    await hold(asking(), transport)
    assert transport.requests[0].url.raw_path == b"/v1/x"


@pytest.mark.parametrize("path", ["x", "@elsewhere.example/x", ":1/x"])
async def test_a_path_that_would_change_the_host_is_not_sent(path: str) -> None:
    transport = Transport()
    error = await refused(asking(path=path), transport)
    assert str(error) == "the request would have gone elsewhere than to the API (UnsupportedProtocol)"
    assert (error.never_sent, error.transient, transport.requests) == (True, False, [])


@pytest.mark.parametrize(
    ("given", "left", "phases"),
    [
        ((1.0, 2.0, 3.0, 4.0), 60.0, (1.0, 2.0, 3.0, 4.0)),
        ((1.0, 90.0, 3.0, 4.0), 60.0, (1.0, 60.0, 3.0, 4.0)),
        ((None, 2.0, None, 4.0), 60.0, (60.0, 2.0, 60.0, 4.0)),
        ((None, 2.0, None, 4.0), inf, (None, 2.0, None, 4.0)),
        ((None, 2.0, 3.0, 4.0), 0.0, (0.001, 0.001, 0.001, 0.001)),
        ((None, 2.0, 3.0, 4.0), -5.0, (0.001, 0.001, 0.001, 0.001)),
    ],
)
async def test_no_phase_outlasts_the_deadline_and_none_is_without_a_limit_that_has_one(
    given: tuple[float | None, ...], left: float, phases: tuple[float | None, ...]
) -> None:
    transport, names = Transport(), ("connect", "read", "write", "pool")
    timeout = httpx.Timeout(**dict(zip(names, given, strict=True)))
    asked = evolve(wire(timeout=timeout), deadline=1000.0 + left)
    await hold(asked, transport)
    assert transport.requests[0].extensions["timeout"] == dict(zip(names, phases, strict=True))


ID = "Id/1,x"


@pytest.mark.parametrize(
    "echoed",
    [
        *(
            "Id/1,x",
            "iD/1,X",
            "Id%2F1%2Cx",
            "%49D%2f1,x",
            "  Id/1,x ",
            "gateway-7, Id%2F1%2Cx",
            "Id%2F1%2Cx ,gateway-7",
        ),
        *("", " ", ",", ", \t,"),
    ],
)
async def test_a_response_that_names_its_request_in_any_spelling_or_none_at_all_is_taken(echoed: str) -> None:
    transport = Transport(says(x_correlation_id=echoed))
    assert (await hold(asking(headers=((CORRELATION_ID, ID),)), transport)).body == b"ok"


@pytest.mark.parametrize("status", [200, 400, 404, 499])
@pytest.mark.parametrize("echoed", ["Id/1", "x", "gateway-7", "Id/1 ,x", "Id%252F1%252Cx"])
async def test_a_response_that_names_another_request_is_not_taken(echoed: str, status: int) -> None:
    transport = Transport(says(status, x_correlation_id=echoed))
    error = await refused(asking(headers=((CORRELATION_ID, ID),)), transport)
    assert str(error) == "the response carries the correlation id of another request"
    assert (error.unusable, error.transient) == (True, False)


@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_what_a_gateway_may_answer_by_itself_is_taken_with_an_id_of_the_gateway_s(status: int) -> None:
    transport = Transport(says(status, x_correlation_id="gateway-7"))
    assert (await hold(asking(headers=((CORRELATION_ID, ID),)), transport)).status == status


@pytest.mark.parametrize("echoed", ["a%41B", "A%41b", "gateway-7,a%41b", "a%2541b"])
async def test_a_correlation_id_with_a_percent_sign_is_known_as_it_is_and_as_it_is_quoted(echoed: str) -> None:
    transport = Transport(says(x_correlation_id=echoed))
    assert (await hold(asking(headers=((CORRELATION_ID, "a%41b"),)), transport)).status == 200


async def test_a_request_without_a_correlation_id_takes_any_answer() -> None:
    assert (await hold(asking(headers=()), Transport(says(x_correlation_id="gateway-7")))).status == 200


async def test_an_answer_that_had_been_waiting_before_the_request_is_not_taken() -> None:
    asked = asking()

    def answer(_: httpx.Request) -> httpx.Response:
        asked.trace.unasked = True
        return httpx.Response(200)

    error = await refused(asked, Transport(answer))
    assert str(error) == "the connection held a response that nobody had asked for"
    assert (error.stale, error.transient) == (True, True)


@pytest.mark.parametrize("status", [199, 300, 404, 500])
async def test_the_status_of_an_error_is_enough_where_its_body_can_t_be_read(status: int) -> None:
    answer = await hold(asking(), Transport(says(status, b"x" * 101)))
    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize("status", [200, 299])
async def test_a_success_whose_body_can_t_be_read_is_none(status: int) -> None:
    with pytest.raises(Exception, match="too large"):
        await hold(asking(), Transport(says(status, b"x" * 101)))


async def test_two_lengths_of_a_response_end_its_connection() -> None:
    closed: list[bool] = []

    async def aclose() -> None:
        closed.append(True)

    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"Transfer-Encoding": "chunked", "Content-Length": "2"}
        stream = SimpleNamespace(aclose=aclose)
        return httpx.Response(200, headers=headers, content=b"ok", extensions={"network_stream": stream})

    assert (await hold(asking(), Transport(answer))).body == b"ok"
    assert closed == [True]
    assert (await hold(asking(), Transport(says(Content_Length="2")))).body == b"ok"


async def test_a_transport_may_refuse_a_hundred_used_connections_and_no_more() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise UsedConnectionError

    transport = Transport(answer)
    assert (await refused(asking(fresh=True), transport)).never_sent
    assert len(transport.requests) == 100


class Flow(httpx.Auth):
    """Asks what it is told to, and keeps the answers."""

    def __init__(self, *requests: httpx.Request, change: Callable[[httpx.Request], None] | None = None) -> None:
        self._requests = requests
        self._change = change or (lambda _: None)
        self.answers: list[httpx.Response] = []
        self.closed = False

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        try:
            self._change(request)
            for each in (*self._requests, request):
                self.answers.append((yield each))
        finally:
            self.closed = True


async def test_an_auth_sees_each_answer_as_it_is_once_its_coding_is_undone() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"Content-Encoding": "gzip", "X-Two": "2"}
        return httpx.Response(401, headers=headers, content=gzip.compress(b"who?"))

    flow, asked = Flow(), asking()
    assert (await hold(evolve(asked, auth=flow), Transport(answer))).body == b"who?"
    (seen,) = flow.answers
    assert (seen.status_code, seen.content, seen.headers["x-two"]) == (401, b"who?", "2")
    assert "content-encoding" not in seen.headers
    assert seen.request.url.path == "/v1/x"
    assert flow.closed


@pytest.mark.parametrize(
    ("statuses", "executed"), [([401], False), ([401, 401], False), ([200, 401], True), ([401, 403], True)]
)
async def test_a_flow_whose_answers_were_all_401_has_executed_nothing(statuses: list[int], *, executed: bool) -> None:
    left = list(statuses)
    flow = Flow(*(httpx.Request("GET", f"{BASE}/token") for _ in statuses[1:]))
    asked = asking(auth=flow)
    await hold(asked, Transport(lambda _: httpx.Response(left.pop(0))))
    assert asked.trace.executed is executed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda request: request.headers.update({"Host": "elsewhere.example"}), "elsewhere"),
        (lambda request: request.headers.pop("Host"), "elsewhere"),
        (lambda request: setattr(request, "url", request.url.copy_with(host="elsewhere.example")), "elsewhere"),
        (lambda request: setattr(request, "url", request.url.copy_with(port=1)), "elsewhere"),
        (lambda request: setattr(request, "url", request.url.copy_with(scheme="http")), "elsewhere"),
        (lambda request: setattr(request, "url", request.url.copy_with(username="me")), "elsewhere"),
        (lambda request: request.headers.update({"X-Three": "a\r\nb: c"}), "can't be sent"),
        (lambda request: request.headers.update({"X Three": "3"}), "can't be sent"),
    ],
    ids=["host", "no host", "another host", "port", "scheme", "user", "line break", "name"],
)
async def test_what_an_auth_must_not_change_is_not_sent(change: Callable[[httpx.Request], None], words: str) -> None:
    transport = Transport()
    error = await refused(asking(auth=Flow(change=change)), transport)
    assert words in str(error)
    assert (error.never_sent, error.transient, transport.requests) == (True, False, [])


@pytest.mark.parametrize("module", [httpx, httpx2])
async def test_an_auth_is_shown_requests_of_httpx_and_the_transport_those_of_its_library(module: Any) -> None:
    shown: list[object] = []
    sent: list[object] = []

    async def answer(request: Any) -> Any:
        sent.append(request)
        return module.Response(200, content=b"ok")

    await hold(asking(auth=Flow(change=shown.append)), module.MockTransport(answer))
    await hold(asking(), module.MockTransport(answer))
    assert [type(each) for each in shown] == [httpx.Request]
    assert [type(each) for each in sent] == [module.Request] * 2


async def test_an_auth_can_t_hide_who_is_calling() -> None:
    def hide(request: httpx.Request) -> None:
        for name in (CLIENT_NAME, CORRELATION_ID, "X-One"):
            request.headers.pop(name)

    transport = Transport()
    headers = ((CLIENT_NAME, "acme-shop"), (CORRELATION_ID, "id-1"), ("X-One", "1"))
    await hold(asking(headers=headers, auth=Flow(change=hide)), transport)
    sent = transport.requests[0].headers
    assert (sent[CLIENT_NAME], sent[CORRELATION_ID], sent.get("X-One")) == ("acme-shop", "id-1", None)
