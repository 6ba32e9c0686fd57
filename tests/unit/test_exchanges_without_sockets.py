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
from peer import a_request
from virtual_time import HandClock

from contracts_client.headers import CLIENT_NAME, CORRELATION_ID
from contracts_client.openapi.operation import Response
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import ExchangeError, TransportRequest, UsedConnectionError
from contracts_client.transport.library import TransportOptions

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
    return evolve(a_request(), deadline=1060.0, **more)  # a minute by the clock that is moved by hand


def says(status: int = 200, content: bytes = b"ok", **headers: str) -> Answer:
    return lambda _: httpx.Response(
        status, headers={name.replace("_", "-"): value for name, value in headers.items()}, content=content
    )


async def test_a_request_is_sent_as_given() -> None:
    """A request goes out as it was handed over."""
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


async def test_no_parameters_no_question_mark() -> None:
    """A request without parameters has no question mark."""
    transport = Transport()
    await hold(asking(), transport)
    assert transport.requests[0].url.raw_path == b"/v1/x"


@pytest.mark.parametrize("path", ["x", "@elsewhere.example/x", ":1/x"])
async def test_a_path_must_not_change_the_host(path: str) -> None:
    """A path that would change the host is not sent."""
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
async def test_no_phase_outlasts_the_deadline(
    given: tuple[float | None, ...], left: float, phases: tuple[float | None, ...]
) -> None:
    """No phase outlasts the deadline and none is without a limit that has one."""
    transport, names = Transport(), ("connect", "read", "write", "pool")
    timeout = httpx.Timeout(**dict(zip(names, given, strict=True)))
    asked = evolve(a_request(timeout=timeout), deadline=1000.0 + left)
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
async def test_a_response_may_omit_its_request_id(echoed: str) -> None:
    """A response that names its request in any spelling or none at all is taken."""
    transport = Transport(says(x_correlation_id=echoed))
    assert (await hold(asking(headers=((CORRELATION_ID, ID),)), transport)).body == b"ok"


@pytest.mark.parametrize("status", [200, 400, 404, 499])
@pytest.mark.parametrize("echoed", ["Id/1", "x", "gateway-7", "Id/1 ,x", "Id%252F1%252Cx"])
async def test_a_response_to_another_id_is_refused(echoed: str, status: int) -> None:
    """A response that names another request is not taken."""
    transport = Transport(says(status, x_correlation_id=echoed))
    error = await refused(asking(headers=((CORRELATION_ID, ID),)), transport)
    assert str(error) == "the response carries the correlation id of another request"
    assert (error.unusable, error.transient) == (True, False)


@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_a_gateway_may_answer_under_its_id(status: int) -> None:
    """What a gateway may answer by itself is taken with an id of the gateway's."""
    transport = Transport(says(status, x_correlation_id="gateway-7"))
    assert (await hold(asking(headers=((CORRELATION_ID, ID),)), transport)).status == status


@pytest.mark.parametrize("echoed", ["a%41B", "A%41b", "gateway-7,a%41b", "a%2541b"])
async def test_a_quoted_percent_sign_id_matches(echoed: str) -> None:
    """A correlation id with a percent sign is known as it is and as it is quoted."""
    transport = Transport(says(x_correlation_id=echoed))
    assert (await hold(asking(headers=((CORRELATION_ID, "a%41b"),)), transport)).status == 200


async def test_a_request_without_an_id_takes_any() -> None:
    """A request without a correlation id takes any answer."""
    assert (await hold(asking(headers=()), Transport(says(x_correlation_id="gateway-7")))).status == 200


async def test_an_early_answer_is_refused() -> None:
    """An answer that had been waiting before the request is not taken."""
    asked = asking()

    def answer(_: httpx.Request) -> httpx.Response:
        asked.trace.unasked = True
        return httpx.Response(200)

    error = await refused(asked, Transport(answer))
    assert str(error) == "the connection held a response that nobody had asked for"
    assert (error.stale, error.transient) == (True, True)


@pytest.mark.parametrize("status", [199, 300, 404, 500])
async def test_an_unreadable_error_has_its_status(status: int) -> None:
    """The status of an error is enough where its body can't be read."""
    answer = await hold(asking(), Transport(says(status, b"x" * 101)))
    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize("status", [200, 299])
async def test_an_unreadable_success_is_no_success(status: int) -> None:
    """A success whose body can't be read is none."""
    with pytest.raises(Exception, match="too large"):
        await hold(asking(), Transport(says(status, b"x" * 101)))


async def test_two_lengths_close_the_connection() -> None:
    """Two lengths of a response end its connection."""
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


async def test_a_hundred_connections_are_refused() -> None:
    """A transport may refuse a hundred used connections and no more."""

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


async def test_an_auth_sees_decoded_answers() -> None:
    """An auth sees each answer as it is once its coding is undone."""

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
async def test_a_flow_of_only_401_executed_nothing(statuses: list[int], *, executed: bool) -> None:
    """A flow whose answers were all 401 has executed nothing."""
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
async def test_an_auth_must_not_change_the_request(change: Callable[[httpx.Request], None], words: str) -> None:
    """What an auth must not change is not sent."""
    transport = Transport()
    error = await refused(asking(auth=Flow(change=change)), transport)
    assert words in str(error)
    assert (error.never_sent, error.transient, transport.requests) == (True, False, [])


@pytest.mark.parametrize("module", [httpx, httpx2])
async def test_an_auth_gets_requests_of_httpx(module: Any) -> None:
    """An auth is shown requests of httpx and the transport those of its library."""
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
