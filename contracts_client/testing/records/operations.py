"""The operations as users call them, and what was asked of them, read from a request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from difflib import get_close_matches
from inspect import signature
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qs

from ...client import ContractsClient
from ...errors import InvalidArgumentError
from ...headers import CLIENT_NAME, CORRELATION_ID
from ...models import Consumption
from ...openapi.errors import DecodeError

if TYPE_CHECKING:
    import httpx

    from ...sandbox.app import State
    from ...sandbox.specification import Parameter

TOKEN: Final = "token"  # noqa: S105 # a name
"""What a request for a token is called."""

REQUEST: Final = "request"
"""What a request of the user's own is called, by ``ContractsClient.request``."""

OPERATION_IDS: Final[Mapping[str, str]] = {
    "list_contracts": "getContracts",
    "get_contract": "getContracts",
    "list_contracts_by_external_ref": "getContractsByExternalRef",
    "list_valid_contracts": "getAllValidContractsByCustomerNumber",
    "validate_consumption": "validateContractConsumption",
    "claim_personnel_ticket": "claimPersonnelTicket",
}
"""The operations of the specification, by the methods of the client that call them."""

__tracebackhide__ = True  # what a test did wrong is seen best in the test

_NOT_SENT = frozenset(
    {
        *("self", "timeout", "deadline", "retry", "extra_headers", "headers", "safe"),
        *("limit", "prefetch", "resume", "on_drift", "deduplicate", "on_unreadable"),
    }
)
_OF_THE_CLIENT = frozenset({CLIENT_NAME.lower(), CORRELATION_ID.lower()})
_HINTS = {"find_claim": "; find_claim calls list_contracts_by_external_ref"}
_UNKNOWN = "unknown"


def check_operation(name: str) -> None:
    """Refuse what is no operation.

    Raises:
        InvalidArgumentError: It is none; the message names those that are.
    """
    known = [*OPERATION_IDS, REQUEST, TOKEN]
    if name not in known:
        near = get_close_matches(name, known)
        hint = _HINTS.get(name) or (f"; did you mean {' or '.join(near)}?" if near else "")
        raise InvalidArgumentError("operation", f"must be one of {', '.join(known)}{hint}")


def check_call(operation: str, names: Iterable[str]) -> None:
    """Refuse what is no call of the client's: a token is fetched for all of them.

    Args:
        operation: Name of the operation.
        names: Names of its arguments.

    Raises:
        InvalidArgumentError: There is no such operation, or it is no call.
        TypeError: No argument that is sent has one of these names; the message names those that are spelled alike.
    """
    check_operation(operation)
    if operation == TOKEN:
        raise InvalidArgumentError("operation", f"must be a call's: a token is asked for by requests_of({TOKEN!r})")
    known = signature(getattr(ContractsClient, operation)).parameters.keys() - _NOT_SENT
    for name in names:
        if name not in known:
            near = get_close_matches(name, known)
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; it has {', '.join(sorted(known))}"
            raise TypeError(f"{operation} has no argument {name} that is sent{hint}")


def read_request(state: State, request: httpx.Request) -> tuple[str, dict[str, Any]]:
    """Say which operation a request calls, and with what.

    Args:
        state: The sandbox's.
        request: The request, read.

    Returns:
        The name of the client's method, "token" for a request for a token, or "unknown", and the arguments by the names
        that they have in Python. The specification says what is an integer, a boolean or a moment.
    """
    path = request.url.raw_path.decode("ascii").partition("?")[0]
    if path == state.token_path:
        return TOKEN, {}
    found = state.specification.match(path).get(request.method)
    if found is None:
        return _UNKNOWN, {}
    operation, values = found
    query = parse_qs(request.url.query.decode("ascii"), keep_blank_values=True)
    arguments: dict[str, Any] = {}
    for each in operation.parameters:
        texts = _texts(each, values, query, request)
        if texts and each.name.lower() not in _OF_THE_CLIENT:
            read = [_read(each, text) for text in texts]
            arguments[_snake(each.name)] = read if each.schema.get("type") == "array" else read[0]
    known = {each.name for each in operation.parameters if each.location == "query"}
    extra = {name: values for name, values in query.items() if name not in known}
    if extra:
        arguments["extra_query"] = _plain(extra)
    arguments |= _body(request.content)
    names = [name for name, known in OPERATION_IDS.items() if known == operation.operation_id]
    # get_contract is a listing of one; the client says which it was, where it is one of the fake's.
    order = list(signature(getattr(ContractsClient, names[0])).parameters)
    return names[0], {name: arguments[name] for name in sorted(arguments, key=lambda name: _place(order, name))}


def own_arguments(request: httpx.Request) -> dict[str, Any]:
    """Say what ``ContractsClient.request`` was called with, as far as it was sent."""
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    sent = parse_qs(query, keep_blank_values=True)
    arguments: dict[str, Any] = {"method": request.method, "path": path}
    if sent:
        arguments["query"] = _plain(sent)
    if request.content:
        arguments["json"] = json.loads(request.content)
    return arguments


def _plain(query: Mapping[str, list[str]]) -> dict[str, str | list[str]]:
    return {name: values[0] if len(values) == 1 else values for name, values in query.items()}


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _texts(
    each: Parameter, values: Mapping[str, str], query: Mapping[str, list[str]], request: httpx.Request
) -> list[str]:
    if each.location == "path":
        return [values[each.name]]
    return query.get(each.name, []) if each.location == "query" else request.headers.get_list(each.name)


def _read(parameter: Parameter, text: str) -> Any:
    kind = parameter.schema.get("type")
    if kind == "integer" and re.fullmatch("-?[0-9]{1,20}", text):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return _moment(text) if parameter.schema.get("format") == "date-time" else text


def _moment(text: str) -> datetime | str:
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    return text


def _body(content: bytes) -> dict[str, Any]:
    try:
        body: object = json.loads(content)
    except ValueError:
        return {}
    if not isinstance(body, dict):
        return {}
    return {_snake(name): _models(value) for name, value in cast("dict[str, Any]", body).items()}


def _models(value: Any) -> Any:
    """Consumptions as the caller had them; anything else as it is."""
    if not isinstance(cast("object", value), list):
        return value
    items: list[Any] = value
    try:
        return [Consumption.from_dict(each) for each in items]
    except DecodeError:
        return items


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").lower()
