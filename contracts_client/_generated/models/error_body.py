# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import (
    INT64_MIN,
    Reader,
    Wire,
    decoded,
    lenient_properties,
    mismatch,
    none_if_empty,
    read_any,
    read_date_time,
    short_repr,
    write_date_time,
)

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
_PERSONAL = frozenset[str](("path", "message", "errors"))


@define(kw_only=True, repr=False)
class ErrorBody:
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

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Properties that the specification does not know, by name; written back as they came."""
        if self._additional_properties is None:
            self._additional_properties = {}
        return self._additional_properties

    @additional_properties.setter
    def additional_properties(self, properties: dict[str, Any]) -> None:
        self._additional_properties = properties

    def __repr__(self) -> str:
        return short_repr(self, _PERSONAL)

    @classmethod
    def from_dict(cls, data: Any) -> ErrorBody:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_error_body)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
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
            data["timestamp"] = write_date_time(self.timestamp, "timestamp")
        if self.correlation_id is not None:
            data["correlationId"] = self.correlation_id
        if self.error_code is not None:
            data["errorCode"] = self.error_code
        if self.errors is not None:
            data["errors"] = list(self.errors)
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, ErrorBody)


def decode_error_body(data: Any) -> ErrorBody:
    """Read one from a JSON object; see ``ErrorBody.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
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


def describe_error_body(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "ErrorBody",
        lambda wire: (
            ("path", "path", str, True),
            ("error", "error", str, True),
            ("status", "status", wire.integer, True),
            ("message", "message", str, True),
            ("timestamp", "timestamp", wire.date_time, True),
            ("correlation_id", "correlationId", str, True),
            ("error_code", "errorCode", str, False),
            ("errors", "errors", wire.array(Any), False),
        ),
    )


def convert_error_body(wire: Any) -> ErrorBody:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.path = wire.path
    self.error = wire.error
    self.status = wire.status
    self.message = wire.message
    self.timestamp = wire.timestamp
    self.correlation_id = wire.correlation_id
    self.error_code = wire.error_code
    value: Any = wire.errors
    self.errors = None if value is None else [read_any(item) for item in value]
    self._additional_properties = None
    return self


error_body_reader = Reader(decode_error_body, describe_error_body, convert_error_body)
