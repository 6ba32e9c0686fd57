"""A hook that makes a span of each call, and measures each attempt, with OpenTelemetry (extra ``otel``).

::

    ContractsClient("acme-ticketshop", hooks=[OpenTelemetryHook()])

Names follow OpenTelemetry's semantic conventions for HTTP clients. A span shows the path template and the correlation
id, but no argument, no query and no body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from opentelemetry import metrics, propagate, trace
from opentelemetry.context import Context
from opentelemetry.metrics import Histogram, MeterProvider
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode, Tracer, TracerProvider

from ._version import __version__
from .errors import APIStatusError, ContractsError
from .hooks import AttemptEnd, CallEnd, CallObserver, CallStart

Attributes = dict[str, str | int | float]

_NAME: Final = __name__.rpartition(".")[0]
_FIRST_ERROR: Final = 400


class OpenTelemetryHook:
    """Makes a span of each call and an event of each attempt, sends the trace's headers, and measures attempts.

    The span is a child of the caller's current span. The late outcome of a claim, after its caller was cancelled, is a
    span of its own, linked to the span of the call.

    Args:
        tracer_provider: Where spans go; None is the process's own.
        meter_provider: Where the histogram ``http.client.request.duration`` (seconds) goes; None is the process's own.
    """

    def __init__(
        self, tracer_provider: TracerProvider | None = None, meter_provider: MeterProvider | None = None
    ) -> None:
        self._tracer = trace.get_tracer(_NAME, __version__, tracer_provider)
        self._durations = metrics.get_meter(_NAME, __version__, meter_provider).create_histogram(
            "http.client.request.duration", unit="s", description="Duration of HTTP client requests."
        )

    def __call__(self, start: CallStart) -> CallObserver:
        """Observe a call."""
        return _Observer(self._tracer, self._durations, start)


class _Observer(CallObserver):
    def __init__(self, tracer: Tracer, durations: Histogram, start: CallStart) -> None:
        self._tracer = tracer
        self._durations = durations
        self._name = f"{start.method} {start.path_template}"
        self._common: Attributes = {
            "http.request.method": start.method,
            "url.template": start.path_template,
            "server.address": start.server_address,
            "server.port": start.server_port,
        }
        self._own: Attributes = {
            **self._common,
            f"{_NAME}.operation": start.operation,
            f"{_NAME}.correlation_id": start.correlation_id,
        }
        self._span: Span = tracer.start_span(self._name, kind=SpanKind.CLIENT, attributes=self._own)

    def headers(self) -> Mapping[str, str]:
        carrier: dict[str, str] = {}
        # Into a new context, since the caller's may have baggage, which must not go to the provider.
        propagate.inject(carrier, trace.set_span_in_context(self._span, Context()))
        return carrier

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        outcome = _outcome(attempt)
        self._durations.record(attempt.seconds, {**self._common, **outcome})
        self._span.add_event(
            "attempt",
            {
                "number": attempt.number,
                "seconds": attempt.seconds,
                **outcome,
                **({} if attempt.retry_in is None else {"retry_in": attempt.retry_in}),
            },
        )

    def ended(self, end: CallEnd) -> None:
        span = self._span
        if end.status_code is not None:
            span.set_attribute("http.response.status_code", end.status_code)
        if end.attempts > 1:
            span.set_attribute("http.request.resend_count", end.attempts - 1)
        if end.error is not None:
            span.set_attribute("error.type", _error_type(end.error))
            # The text of an error of ours is fit for a log. The text of another error may hold anything.
            text = str(end.error) if isinstance(end.error, ContractsError) else None
            span.set_status(Status(StatusCode.ERROR, text))
        span.end()

    def ended_late(self, attempt: AttemptEnd) -> None:
        late = self._tracer.start_span(
            f"{self._name} (its caller had gone)",
            kind=SpanKind.CLIENT,
            attributes={**self._own, **_outcome(attempt)},
            links=[Link(self._span.get_span_context())],
        )
        late.end()


def _outcome(attempt: AttemptEnd) -> Attributes:
    """Return the status of an attempt, and the type of its error."""
    found: Attributes = {}
    if attempt.status_code is not None:
        found["http.response.status_code"] = attempt.status_code
        if attempt.status_code >= _FIRST_ERROR:
            found["error.type"] = str(attempt.status_code)
    if attempt.error is not None:
        found["error.type"] = attempt.error.replace(" ", "_")
    return found


def _error_type(error: BaseException) -> str:
    return str(error.status_code) if isinstance(error, APIStatusError) else type(error).__name__
