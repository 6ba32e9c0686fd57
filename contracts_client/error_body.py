"""What an error response says: the API's own shape, RFC 9457, or the shape of the gateway in front. Does no I/O."""

from typing import Any, Final

from . import defaults
from ._generated.client import Response, json_value
from ._generated.errors import DecodeError
from ._generated.models import ErrorBody
from ._generated.types import read_dict

_MAX_TEXT: Final = 2048  # characters of a text in an error body

# RFC 9457 names what the API's own shape calls otherwise.
_PROBLEM_NAMES: Final = {"title": "error", "detail": "message", "instance": "path"}


def parse_error_body(response: Response) -> ErrorBody | None:
    """Return what the body of an error response says, in the API's own shape.

    Args:
        response: The response. Its body may be anything.

    Returns:
        The body, in which whatever could not be read is None; None where the body is no JSON object at all, or too
        large to be looked at on the event loop.
    """
    if len(response.body) > defaults.MAX_ERROR_BYTES:
        return None
    try:
        body = read_dict(json_value(response))
    except DecodeError:
        return None
    if isinstance(body.get("fault"), dict):
        return _from_gateway(read_dict(body["fault"]))
    body = {name: each[:_MAX_TEXT] if isinstance(each, str) else each for name, each in body.items()}
    if "message" not in body and not _PROBLEM_NAMES.keys().isdisjoint(body):
        body = {_PROBLEM_NAMES.get(name, name): each for name, each in body.items()}
    return ErrorBody.from_dict(body)


def _from_gateway(fault: dict[str, Any]) -> ErrorBody:
    try:
        code = read_dict(fault.get("detail")).get("errorcode")
    except DecodeError:
        code = None
    return ErrorBody.from_dict({"message": fault.get("faultstring"), "errorCode": code})
