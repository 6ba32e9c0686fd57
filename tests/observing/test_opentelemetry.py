"""Spans and metrics as OpenTelemetry's SDK receives them."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import ModuleType
from typing import Any

import httpx
import pytest
from opentelemetry import baggage, context, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from simulated_api import ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient, NotFoundError
from contracts_client.opentelemetry import OpenTelemetryHook

CUSTOMER = 4711471147
TEMPLATE = "/customers/v2/benefits/contract-consumers/{customer_number}/contracts"
COMMON = {
    "http.request.method": "GET",
    "url.template": TEMPLATE,
    "server.address": "api.entur.io",
    "server.port": 443,
}


class Telemetry:
    """An SDK that keeps everything."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.reader = InMemoryMetricReader()
        self.hook = OpenTelemetryHook(self.tracers, MeterProvider([self.reader]))

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        return self.exporter.get_finished_spans()

    def measured(self) -> list[Any]:
        data: Any = self.reader.get_metrics_data()
        [metric] = data.resource_metrics[0].scope_metrics[0].metrics
        assert (metric.name, metric.unit) == ("http.client.request.duration", "s")
        return list(metric.data.data_points)


@pytest.fixture
def telemetry() -> Telemetry:
    return Telemetry()


def traced(telemetry: Telemetry, api: ScriptedApi, call: Callable[[ContractsClient], Any] | None = None) -> Any:
    async def main() -> Any:
        async with ContractsClient(
            "acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock(), hooks=[telemetry.hook]
        ) as client:
            if call is not None:
                return await call(client)
            return await client.list_valid_contracts(CUSTOMER, correlation_id="an-id")

    return run_virtually(main())


def test_a_call_is_one_conventional_span(telemetry: Telemetry) -> None:
    """A call is one span with the conventions names."""
    traced(telemetry, ScriptedApi(503, httpx.Response(200, json=[])))
    [span] = telemetry.spans
    assert span.name == f"GET {TEMPLATE}"
    assert span.kind is SpanKind.CLIENT
    assert dict(span.attributes or {}) == {
        **COMMON,
        "contracts_client.operation": "list_valid_contracts",
        "contracts_client.correlation_id": "an-id",
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
    }
    assert span.status.status_code is StatusCode.UNSET
    first, second = [dict(event.attributes or {}) for event in span.events]
    assert (first["number"], first["http.response.status_code"], first["error.type"]) == (1, 503, "503")
    assert (second["number"], second["http.response.status_code"]) == (2, 200)
    assert "retry_in" in first
    assert "retry_in" not in second


def test_a_span_holds_no_argument_value(telemetry: Telemetry) -> None:
    """A span holds no value of an argument."""
    traced(telemetry, ScriptedApi(503, httpx.Response(200, json=[])))
    assert str(CUSTOMER) not in telemetry.spans[0].to_json()


def test_a_span_is_a_child_of_the_caller_s(telemetry: Telemetry) -> None:
    """A span is a child of the caller's and its trace goes to the server."""
    api = ScriptedApi(503, httpx.Response(200, json=[]))
    with telemetry.tracers.get_tracer("test").start_as_current_span("sale") as sale:
        traced(telemetry, api)
    call, outer = telemetry.spans
    assert outer.name == "sale"
    assert call.parent == sale.get_span_context()
    sent = call.get_span_context()
    assert sent is not None
    expected = f"00-{sent.trace_id:032x}-{sent.span_id:016x}-{sent.trace_flags:02x}"
    assert [request.headers["traceparent"] for request in api.requests] == [expected] * 2


def test_baggage_is_not_sent(telemetry: Telemetry) -> None:
    """What the caller keeps in baggage stays at home.

    Baggage may hold anything, such as who the customer is, and the provider is another company.
    """
    api = ScriptedApi(httpx.Response(200, json=[]))
    attached = context.attach(baggage.set_baggage("customer", str(CUSTOMER)))
    try:
        traced(telemetry, api)
    finally:
        context.detach(attached)
    [request] = api.requests
    assert "traceparent" in request.headers
    assert "baggage" not in request.headers
    assert str(CUSTOMER) not in str(request.headers)


def test_an_error_type_is_the_status(telemetry: Telemetry) -> None:
    """An answer that is an error gives its status as the type."""
    with pytest.raises(NotFoundError) as caught:
        traced(telemetry, ScriptedApi(404))
    [span] = telemetry.spans
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == str(caught.value)
    assert (span.attributes or {})["error.type"] == "404"


def test_a_network_error_type_is_its_class(telemetry: Telemetry) -> None:
    """A fault of the network gives its class."""
    with pytest.raises(Exception, match="broke"):
        traced(telemetry, ScriptedApi(*[httpx.ReadError("x")] * 9), lambda client: client.get_contract("c", retry=None))
    [span] = telemetry.spans
    assert (span.attributes or {})["error.type"] == "APIConnectionError"
    assert "http.response.status_code" not in (span.attributes or {})
    assert (span.events[0].attributes or {})["error.type"] == "failed"


def test_attempts_are_measured_in_seconds(telemetry: Telemetry) -> None:
    traced(telemetry, ScriptedApi(httpx.ReadTimeout("x"), httpx.Response(200, json=[]), latency=0.5))
    points = {point.attributes.get("error.type"): point for point in telemetry.measured()}
    assert dict(points["timed_out"].attributes) == {**COMMON, "error.type": "timed_out"}
    assert dict(points[None].attributes) == {**COMMON, "http.response.status_code": 200}
    assert [point.sum for point in points.values()] == pytest.approx([0.5, 0.5])


def test_a_cancelled_claim_has_linked_spans(telemetry: Telemetry) -> None:
    """A cancelled claim leaves a span and its outcome another that is linked to it."""

    async def cancelled(client: ContractsClient) -> None:
        claim = asyncio.ensure_future(client.claim_personnel_ticket("ABC-DEF-1", customer_number=CUSTOMER))
        await asyncio.sleep(1)
        claim.cancel()
        with pytest.raises(asyncio.CancelledError):
            await claim

    traced(telemetry, ScriptedApi(httpx.Response(200, json={"success": True}), latency=3), cancelled)
    call, late = telemetry.spans
    assert (call.attributes or {})["error.type"] == "CancelledError"
    assert call.status.description is None
    assert late.name.endswith("(its caller had gone)")
    assert (late.attributes or {})["http.response.status_code"] == 200
    assert [link.context for link in late.links] == [call.get_span_context()]


def test_without_an_sdk_nothing_is_recorded() -> None:
    """Without an sdk nothing is recorded and nothing fails."""
    api = ScriptedApi(httpx.Response(200, json=[]))

    async def main() -> None:
        async with ContractsClient(
            "acme-shop", transport=api, clock=VirtualClock(), hooks=[OpenTelemetryHook()]
        ) as client:
            await client.list_valid_contracts(CUSTOMER)

    run_virtually(main())
    assert not trace.get_current_span().is_recording()
    assert "traceparent" not in api.requests[0].headers


def test_instrumentors_see_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """And from nothing else. The instrumentors themselves are tried in tests/real_parts."""
    is_suppressed = ContextVar("is_suppressed", default=False)

    @contextmanager
    def suppress() -> Iterator[None]:
        token = is_suppressed.set(True)
        yield
        is_suppressed.reset(token)

    utils = ModuleType("opentelemetry.instrumentation.utils")
    utils.suppress_http_instrumentation = suppress  # type: ignore[attr-defined]
    seen: list[bool] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(is_suppressed.get())
        return httpx.Response(200, json=[])

    async def main() -> None:
        async with ContractsClient("acme-shop", transport=httpx.MockTransport(answer)) as client:
            await client.list_valid_contracts(CUSTOMER)
            monkeypatch.setitem(sys.modules, utils.__name__, utils)
            await client.list_valid_contracts(CUSTOMER)
        seen.append(is_suppressed.get())

    asyncio.run(main())
    assert seen == [False, True, False]
