"""The sandbox as an ASGI application: from a request to an answer that the specification allows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from werkzeug.datastructures import Headers, ImmutableMultiDict

from .checking import Checker, SentRequest
from .data.churn import Churn
from .data.seeding import make_data
from .responses.operations import Call, Operations
from .responses.problems import Problem, timestamp
from .specification import Specification, SpecificationError, load_specification
from .tokens import DEFAULT_LIFETIME, Credentials, TokenRefusal, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import Receive, Scope, Send

    from .data.store import DataSet
    from .specification import Operation

CORRELATION_HEADER = "X-Correlation-Id"
CLIENT_NAME_HEADER = "ET-Client-Name"

_TRUE = "true"


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass
class State:
    """Everything that one application owns; there is nothing global."""

    specification: Specification
    data: DataSet
    tokens: Tokens
    operations: Operations
    checker: Checker
    clock: Callable[[], datetime]
    client: Credentials
    internal_client: Credentials
    token_method: str
    token_path: str
    extra_query: set[str] = field(default_factory=set[str])


def create_app(
    contracts: int = 300,
    seed: int = 1,
    *,
    clock: Callable[[], datetime] = utc_now,
    token_lifetime: int = DEFAULT_LIFETIME,
    specification: Mapping[str, Any] | None = None,
    churn: int = 0,
) -> Starlette:
    """Make the sandbox as an ASGI application, for a server or for `httpx.ASGITransport`.

    Args:
        contracts: How many contracts there are, 0 to 20 000.
        seed: Which data set; the same seed gives the same one on the same day.
        clock: Tells the time as aware datetimes; tests turn it by hand.
        token_lifetime: Seconds that a token holds, from 1.
        specification: A parsed openapi.yaml to answer from; None reads the project's own.
        churn: How many contracts come or go after each page of a listing, from 0.

    Returns:
        The application. `app.state.sandbox` is its State: data, tokens, credentials.

    Raises:
        SpecificationError: There is no openapi.yaml, or it has an operation that the sandbox cannot answer.
        ValueError: `contracts`, `token_lifetime` or `churn` is out of range.
    """
    if churn < 0:
        raise ValueError("churn must be at least 0")
    if token_lifetime < 1:
        raise ValueError("token_lifetime must be at least 1 second")
    document = load_specification() if specification is None else Specification(dict(specification))
    data = make_data(contracts, seed, clock())
    operations = Operations(document, data, clock, Churn(data, churn, seed).page_answered)
    known = {operation.operation_id for operation in document.operations}
    for operation in document.operations:
        if operation.operation_id not in operations.handlers:
            if operations.handlers.keys() <= known:
                continue  # a new one is answered by 500 until it has a meaning; any other was renamed
            raise SpecificationError(f"the sandbox has no handler for the operation {operation.operation_id}")
        if not operation.answers.get(200):
            raise SpecificationError(f"the operation {operation.operation_id} has no 200 answer in JSON")
    endpoint = document.at("components", "securitySchemes", "bearerAuth", "x-token-endpoint")
    asked = endpoint.get("request", {})
    client = Credentials("sandbox-client", "sandbox-client-secret", organisation_id=data.organisations[0].id)
    internal = Credentials("sandbox-internal", "sandbox-internal-secret", organisation_id=None)
    app = Starlette()
    app.state.sandbox = state = State(
        specification=document,
        data=data,
        tokens=Tokens(
            (client, internal),
            clock,
            token_lifetime,
            asked.get("grantType", "client_credentials"),
            tuple(dict.fromkeys(["client_id", "client_secret", "grant_type", *asked.get("properties", [])])),
        ),
        operations=operations,
        checker=Checker(document),
        clock=clock,
        client=client,
        internal_client=internal,
        token_method=endpoint.get("method", "POST"),
        token_path=endpoint.get("path", "/oauth/token"),
    )
    # No route: the specification says what lies where, and a %2F or a line break in a path stays in its value.
    app.router.default = _Dispatcher(state)
    return app


class _Dispatcher:
    """Answers every request."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        raw_path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
        response = self._respond(request, raw_path.decode("latin-1").partition("?")[0], body)
        if request.method == "HEAD":
            response.body = b""  # its headers, with the length, are those of the GET
        await response(scope, receive, send)

    def _respond(self, request: Request, path: str, body: bytes) -> Response:
        # A lower-case UUID comes back as it was; other characters come back URL-encoded, as the provider's do.
        correlation_id = quote(request.headers.get(CORRELATION_HEADER) or str(uuid4()), safe="", encoding="latin-1")
        headers = {CORRELATION_HEADER: correlation_id}
        if path == self._state.token_path and request.method == self._state.token_method:
            return self._grant(body, headers)
        sent: SentRequest | None = None
        try:
            operation, values = self._find("GET" if request.method == "HEAD" else request.method, path)
            sent = SentRequest(
                operation,
                values,
                ImmutableMultiDict(
                    (name, value)
                    for name, value in parse_qsl(request.url.query, keep_blank_values=True)
                    if name not in self._state.extra_query
                ),
                Headers(request.headers.items()),
                request.headers.get("Content-Type", ""),
                body or None,
            )
            answer = self._answer(sent, request)
            content = _dump(answer)
            self._state.checker.check_response(sent, 200, content, headers)
        except Problem as problem:
            return self._refuse(problem, sent, path, headers)
        except Exception as error:  # noqa: BLE001 - the caller gets the documented form of any error
            # Its text may quote the request, so it is not told.
            failure = Problem(500, "INTERNAL_ERROR", f"the sandbox failed with {type(error).__name__}")
            return self._refuse(failure, sent, path, headers)
        return _json(200, content, headers)

    def _find(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        found = self._state.specification.match(path)
        if method in found:
            return found[method]
        allowed = sorted(found) or [self._state.token_method] * (path == self._state.token_path)
        if allowed:
            allow = ", ".join(allowed)
            raise Problem(405, "METHOD_NOT_ALLOWED", f"the method must be {allow}", headers={"Allow": allow})
        raise Problem(404, "PATH_UNKNOWN", "the specification has no such path")

    def _answer(self, sent: SentRequest, request: Request) -> Any:
        client_name = request.headers.get(CLIENT_NAME_HEADER, "").strip()
        if not client_name:
            raise Problem(400, "CLIENT_NAME_MISSING", f"the header {CLIENT_NAME_HEADER} is missing or empty")
        client = self._state.tokens.check(request.headers.get("Authorization"))
        self._state.checker.check_request(sent)
        body = json.loads(sent.body) if sent.body else None
        return self._state.operations.answer(Call(sent.operation, _typed(sent), body, client, client_name))

    def _grant(self, body: bytes, headers: dict[str, str]) -> Response:
        try:
            granted = self._state.tokens.grant(body)
        except TokenRefusal as refusal:
            return _json(refusal.status, _dump(refusal.body), headers)
        return _json(200, _dump(granted), {**headers, "Cache-Control": "no-store"})

    def _refuse(self, problem: Problem, sent: SentRequest | None, path: str, headers: dict[str, str]) -> Response:
        state = self._state
        now = timestamp(state.clock())
        body = _dump(problem.body(state.specification, path, now, headers[CORRELATION_HEADER]))
        try:
            state.checker.check_response(sent, problem.status, body, headers)
        except Problem as invalid:
            # There is no right way left to say it.
            body = _dump(invalid.body(state.specification, path, now, headers[CORRELATION_HEADER]))
            return _json(invalid.status, body, headers)
        return _json(problem.status, body, {**headers, **problem.headers})


def _typed(sent: SentRequest) -> dict[str, Any]:
    """The parameters of a request that has been judged right, as the types of the specification."""
    typed: dict[str, Any] = {}
    for parameter in sent.operation.parameters:
        texts = sent.texts(parameter)
        if texts:
            kind = parameter.schema.get("type")
            values = [_scalar(kind, text) for text in texts]
            typed[parameter.name] = values if kind == "array" else values[0]
    return typed


def _scalar(kind: object, text: str) -> str | int | bool:
    if kind == "integer":
        return int(text)
    return text == _TRUE if kind == "boolean" else text


def _dump(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _json(status: int, content: bytes, headers: Mapping[str, str]) -> Response:
    return Response(content, status, dict(headers), media_type="application/json")
