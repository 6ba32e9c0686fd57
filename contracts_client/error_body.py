"""What an error response says: the API's own shape, RFC 9457, or the shape of the gateway in front. Does no I/O."""

from typing import Any, Final

from ._generated.client import Response, json_value
from ._generated.errors import DecodeError
from ._generated.models import ErrorBody

# RFC 9457 names what the API's own shape calls otherwise.
_PROBLEM_NAMES: Final = {"title": "error", "detail": "message", "instance": "path"}


def parse_error_body(response: Response) -> ErrorBody | None:
    """Return what the body of an error response says, in the API's own shape.

    Args:
        response: The response. Its body may be anything.

    Returns:
        The body, in which whatever could not be read is None; None where the body is no JSON object at all.
    """
    try:
        value: Any = json_value(response)
    except DecodeError:
        return None
    if not isinstance(value, dict):
        return None
    body: dict[str, Any] = {**value}
    fault: Any = body.get("fault")
    if isinstance(fault, dict):
        return _from_gateway({**fault})
    if "message" not in body and not _PROBLEM_NAMES.keys().isdisjoint(body):
        body = {_PROBLEM_NAMES.get(name, name): each for name, each in body.items()}
    return ErrorBody.from_dict(body)


def _from_gateway(fault: dict[str, Any]) -> ErrorBody:
    detail: Any = fault.get("detail")
    code: Any = detail.get("errorcode") if isinstance(detail, dict) else None
    return ErrorBody.from_dict({"message": fault.get("faultstring"), "errorCode": code})
