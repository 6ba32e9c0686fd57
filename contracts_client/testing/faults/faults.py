"""What can happen to a request instead of, or beside, its answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from attrs import evolve

from ...errors import InvalidArgumentError
from ...headers import CORRELATION_ID
from ...models import Contract, ContractPage
from ..builders import an_error_body
from ..data.schemas import Model
from .exchange import Answer, Exchange

if TYPE_CHECKING:
    import httpx

    from ..records.recording import RecordedRequest

Fault: TypeAlias = "Callable[[Exchange], Awaitable[httpx.Response]]"
"""Handles a whole exchange, and returns a response or raises what httpx would."""

_FIRST_STATUS: Final = 100
_ERROR: Final = 400
_LAST_STATUS: Final = 599


def serving(serve: Callable[[Exchange], Coroutine[Any, Any, Answer]], drip: float | None = None) -> Fault:
    """The request is read, and the server does something that ends in an answer.

    Args:
        serve: What it does.
        drip: Seconds between the bytes of the body, or None for all at once.
    """

    async def happen(exchange: Exchange) -> httpx.Response:
        await exchange.send()
        return await exchange.receive(serve(exchange), drip)

    return happen


answered: Final = serving(Exchange.execute)
"""The API answers: what happens if nothing else is scripted."""


def answers(answer: Callable[[RecordedRequest], Answer], *, executed: bool) -> Fault:
    """An answer of the test's own, after the request was executed or instead."""

    async def serve(exchange: Exchange) -> Answer:
        if executed:
            await exchange.execute()
        return answer(exchange.record)

    return serving(serve)


def changes(change: Callable[[bytes], bytes]) -> Fault:
    """The API answers, and its body is changed."""

    async def serve(exchange: Exchange) -> Answer:
        answer = await exchange.execute()
        body = change(answer.body)
        exchange.record.changed = body != answer.body
        return evolve(answer, body=body)

    return serving(serve)


def then(do: Callable[[], object]) -> Fault:
    """The API answers, and right after that something is done."""

    async def serve(exchange: Exchange) -> Answer:
        answer = await exchange.execute()
        do()
        return answer

    return serving(serve)


async def timed_out(exchange: Exchange) -> httpx.Response:
    """The request is read and never answered."""
    await exchange.send()
    return await exchange.hush()


async def timed_out_connecting(exchange: Exchange) -> httpx.Response:
    """Nothing answers to the attempt to connect."""
    return await exchange.refuse(slowly=True)


async def refused(exchange: Exchange) -> httpx.Response:
    """The connection is refused."""
    return await exchange.refuse(slowly=False)


async def dropped_before_reading(exchange: Exchange) -> httpx.Response:
    """The connection is taken, and ended before the request was read."""
    await exchange.begin()
    return await exchange.drop()


async def dropped_after_reading(exchange: Exchange) -> httpx.Response:
    """The request is read and not executed, and the connection ended."""
    await exchange.send()
    return await exchange.drop()


async def lost(exchange: Exchange) -> httpx.Response:
    """The request is executed, and the connection ended without a word."""
    await exchange.send()
    await asyncio.shield(exchange.server.start(exchange.execute()))
    return await exchange.drop()


def answer_of(
    status: int,
    body: object,
    *,
    retry_after: float | datetime | None,
    headers: Mapping[str, str] | None,
    content_type: str,
) -> Callable[[RecordedRequest], Answer]:
    """Make an answer out of what a test says of it.

    Args:
        status: The status.
        body: JSON, a model or models, bytes or a text as they are, or None for what the API says of an error.
        retry_after: Seconds, or an aware datetime, or None for no such header.
        headers: More headers.
        content_type: The media type.

    Raises:
        InvalidArgumentError: The status is none, or retry_after a datetime without an offset.
        TypeError: The body is no JSON.
    """
    if type(status) is not int or not _FIRST_STATUS <= status <= _LAST_STATUS:
        raise InvalidArgumentError("status", f"must be an integer from {_FIRST_STATUS} to {_LAST_STATUS}")
    named = {"content-type": content_type, **(headers or {})}
    if retry_after is not None:
        named["retry-after"] = _written(retry_after)
    given = b"" if body is None else _encoded(body)  # now, so that the test sees what is wrong with it

    def answer(request: RecordedRequest) -> Answer:
        content = given
        if body is None and status >= _ERROR:
            said = an_error_body(status=status, error=_phrase(status), correlation_id=request.correlation_id)
            content = _encoded(said)
        own = {**named, CORRELATION_ID: request.correlation_id} if request.correlation_id else named
        return Answer(status, own, content)

    return answer


def with_status(status: str) -> Callable[[bytes], bytes]:
    """Give every contract of an answer another status."""
    name, own = _json_name(Contract, "status"), _json_name(Contract, "uuid")  # an error has a status too
    return _each_contract(lambda contract: {**contract, name: status} if own in contract else contract)


def with_field(name: str, value: object) -> Callable[[bytes], bytes]:
    """Add a property to every contract of an answer, or to the answer if it has no contracts."""
    return _each_contract(lambda found: {**found, name: value})


def broken(body: bytes) -> bytes:
    """Cut a body in the middle."""
    return body[: (len(body) + 1) // 2]


def _each_contract(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[bytes], bytes]:
    items = _json_name(ContractPage, "items")

    def changed(body: bytes) -> bytes:
        document: Any = json.loads(body)
        if isinstance(document, list):
            other: Any = [change(each) for each in cast("list[dict[str, Any]]", document)]
        elif items in document:
            other = {**document, items: [change(each) for each in document[items]]}
        else:
            other = change(document)
        return body if other == document else _encoded(other)

    return changed


def _json_name(model: type[Model], attribute: str) -> str:
    return next(name for name, each in model.json_names.items() if each == attribute)


def _encoded(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    return json.dumps(_plain(body)).encode()


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(cast("object", value), list | tuple):
        return [_plain(each) for each in value]
    return value


def _written(retry_after: float | datetime) -> str:
    if not isinstance(retry_after, datetime):
        return str(int(retry_after) if retry_after % 1 == 0 else retry_after)
    if retry_after.tzinfo is None:
        raise InvalidArgumentError("retry_after", "must be a number of seconds, or a datetime with an offset")
    return format_datetime(retry_after.astimezone(UTC), usegmt=True)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
