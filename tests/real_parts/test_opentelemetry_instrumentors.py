"""OpenTelemetry's instrumentors of HTTP libraries, which many hosts switch on for everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import aiohttp
import httpx
import pytest
from api import Api
from opentelemetry import trace
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor
from opentelemetry.instrumentation.asyncio import AsyncioInstrumentor
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from contracts_client import ClientCredentials, ContractsClient, Environment
from contracts_client.opentelemetry import OpenTelemetryHook

CUSTOMER = 40917735
REFERENCE = "QRS-TUV-987"
TRANSPORTS = [None, "httpx2", "aiohttp"]


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """The spans of a host that instruments all it can."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trace, "_TRACER_PROVIDER", provider)
        instrumentors: list[Any] = [HTTPXClientInstrumentor(), AioHttpClientInstrumentor(), AsyncioInstrumentor()]
        for each in instrumentors:
            each.instrument(tracer_provider=provider)
        try:
            yield exporter
        finally:
            for each in instrumentors:
                each.uninstrument()


def told(spans: tuple[ReadableSpan, ...]) -> str:
    """Everything that spans say."""
    return "\n".join(span.to_json() for span in spans)


async def use(api: Api, transport: Any, *hooks: Any) -> None:
    environment = Environment(api_url=api.url, auth_url=api.url)
    auth = ClientCredentials("an-id", "a-s3cret")
    async with ContractsClient(
        "acme-ticketshop", environment=environment, auth=auth, transport=transport, hooks=hooks
    ) as client:
        await client.list_valid_contracts(CUSTOMER)
        await client.list_contracts(customer_number=CUSTOMER)
        await client.list_contracts_by_external_ref(REFERENCE).collect()
        await client.claim_personnel_ticket(REFERENCE, customer_number=CUSTOMER)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("hooks", [(), (OpenTelemetryHook(),)], ids=["no hook", "hook"])
async def test_no_span_holds_an_argument(api: Api, spans: InMemorySpanExporter, transport: Any, hooks: Any) -> None:
    await use(api, transport, *hooks)
    assert len(api.requests) == 5
    text = told(spans.get_finished_spans())
    assert str(CUSTOMER) not in text
    assert REFERENCE not in text
    assert "s3cret" not in text
    assert "t0ken" not in text


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_the_trace_goes_on_from_the_call(api: Api, spans: InMemorySpanExporter, transport: Any) -> None:
    """The spans are ours alone, one a call, and each request carries that of its call."""
    with trace.get_tracer("a host").start_as_current_span("a request of the host") as outer:
        await use(api, transport, OpenTelemetryHook())
    ours = [span for span in spans.get_finished_spans() if span.kind is trace.SpanKind.CLIENT]
    assert [span.name.partition(" ")[0] for span in ours] == ["GET", "GET", "GET", "POST"]
    assert all(span.parent is not None and span.parent.span_id == outer.get_span_context().span_id for span in ours)
    sent = [request.headers.get("traceparent", "") for request in api.requests if "oauth" not in request.path]
    of_ours = [f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}" for span in ours]
    assert [each.rpartition("-")[0] for each in sent] == of_ours


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_the_span_of_the_host_stays_current(api: Api, spans: InMemorySpanExporter, transport: Any) -> None:
    with trace.get_tracer("a host").start_as_current_span("a request of the host") as outer:
        await use(api, transport, OpenTelemetryHook())
        assert trace.get_current_span() is outer


async def test_the_hosts_own_requests_are_seen(api: Api, spans: InMemorySpanExporter) -> None:
    """What is kept from the client's requests is not kept from those of others."""
    async with httpx.AsyncClient() as client, aiohttp.ClientSession() as session:
        await use(api, None, OpenTelemetryHook())
        await client.get(api.url)
        async with session.get(api.url) as response:
            await response.read()
    assert [span.name for span in spans.get_finished_spans()][-2:] == ["GET", "GET"]
