# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.dates import read_date_time
from ...openapi.decode import INT64_MIN, lenient_properties, mismatch, read_any
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "path": "path",
    "error": "error",
    "status": "status",
    "message": "message",
    "timestamp": "timestamp",
    "correlationId": "correlation_id",
    "errorCode": "error_code",
    "errors": "errors",
}


@define(kw_only=True, repr=False)
class ErrorBody(Model):
    """What went wrong, as the API itself reports it. A gateway in front of it may answer in another shape. (published)

    Decoding one never fails on a property: what can't be read is None, and kept in ``additional_properties``.
    """

    path: str | None = None
    """The path of the request. (published)"""

    error: str | None = None
    """The name of the status, such as Bad Request. (published)"""

    status: int | None = None
    """The status code. (published)"""

    message: str | None = None
    """What went wrong, for people. It may quote what was sent. (published)"""

    timestamp: datetime.datetime | None = None
    """When it went wrong. (published)"""

    correlation_id: str | None = None
    """The correlation id of the request. (published)"""

    error_code: str | None = None
    """A code for the kind of error. (published)"""

    errors: list[Any] | None = None
    """Details, one entry a fault. They may quote what was sent. (published)"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("path", "message", "errors"))

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.path is not None:
            data["path"] = self.path
        if self.error is not None:
            data["error"] = self.error
        if self.status is not None:
            data["status"] = self.status
        if self.message is not None:
            data["message"] = self.message
        if self.timestamp is not None:
            data["timestamp"] = date_time(self.timestamp, "timestamp")
        if self.correlation_id is not None:
            data["correlationId"] = self.correlation_id
        if self.error_code is not None:
            data["errorCode"] = self.error_code
        if self.errors is not None:
            data["errors"] = list(self.errors)
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_error_body = partial(object.__new__, ErrorBody)


def decode_error_body(data: Any) -> ErrorBody:
    """Read one from a JSON object; see ``ErrorBody.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_error_body()
    unknown = {name: value for name, value in source.items() if name not in _NAMES}
    value: Any = source.get("path")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.path = value
    except DecodeError:
        self.path = None
        unknown["path"] = value
    value = source.get("error")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.error = value
    except DecodeError:
        self.error = None
        unknown["error"] = value
    value = source.get("status")
    try:
        if value is None:
            pass
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.status = value
    except DecodeError:
        self.status = None
        unknown["status"] = value
    value = source.get("message")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.message = value
    except DecodeError:
        self.message = None
        unknown["message"] = value
    value = source.get("timestamp")
    try:
        if value is None:
            self.timestamp = None
        else:
            self.timestamp = read_date_time(value)
    except DecodeError:
        self.timestamp = None
        unknown["timestamp"] = value
    value = source.get("correlationId")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.correlation_id = value
    except DecodeError:
        self.correlation_id = None
        unknown["correlationId"] = value
    value = source.get("errorCode")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.error_code = value
    except DecodeError:
        self.error_code = None
        unknown["errorCode"] = value
    value = source.get("errors")
    try:
        if value is None:
            self.errors = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_any(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.errors = items
    except DecodeError:
        self.errors = None
        unknown["errors"] = value
    self._additional_properties = lenient_properties(unknown)
    return self


def describe_error_body(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "ErrorBody",
        lambda structs: (
            ("path", "path", str, True),
            ("error", "error", str, True),
            ("status", "status", structs.integer, True),
            ("message", "message", str, True),
            ("timestamp", "timestamp", structs.date_time, True),
            ("correlation_id", "correlationId", str, True),
            ("error_code", "errorCode", str, False),
            ("errors", "errors", structs.array(Any), False),
        ),
    )


def convert_error_body(struct: Any) -> ErrorBody:
    """Make one from what msgspec has checked."""
    self = blank_error_body()
    self.path = struct.path
    self.error = struct.error
    self.status = struct.status
    self.message = struct.message
    self.timestamp = struct.timestamp
    self.correlation_id = struct.correlation_id
    self.error_code = struct.error_code
    value: Any = struct.errors
    self.errors = None if value is None else [read_any(item) for item in value]
    self._additional_properties = None
    return self


ErrorBody._decode = decode_error_body
error_body_reader = Reader(decode_error_body, describe_error_body, convert_error_body)
