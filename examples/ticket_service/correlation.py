"""One correlation id for each request: its sender's or a new one, in every call and log line that it leads to."""

from __future__ import annotations

import re
from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Correlation-Id"

# What is sent on to others and into logs is not just anything that was sent to us.
_USABLE = re.compile(r"[A-Za-z0-9-]{8,64}").fullmatch

correlation_id: ContextVar[str] = ContextVar("correlation_id")
"""The id of the request that is being answered."""


class CorrelationId:
    """ASGI middleware that sets `correlation_id`, and tells it in the response.

    It is no BaseHTTPMiddleware: that one runs what it wraps in another task, and cancels it with the request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        current = sent if _USABLE(sent) else str(uuid4())

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = current
            await send(message)

        token = correlation_id.set(current)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            correlation_id.reset(token)
