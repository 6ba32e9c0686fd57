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
from ..models.genre import Genre
from ..types import (
    INT64_MIN,
    Reader,
    Wire,
    decoded,
    lenient_properties,
    mismatch,
    nested,
    none_if_empty,
    read_date_time,
    read_list,
    short_repr,
    write_date_time,
)

_NAMES: dict[str, str] = {
    "message": "message",
    "status": "status",
    "at": "at",
    "genre": "genre",
    "causes": "causes",
    "reader": "reader",
}
_PERSONAL = frozenset[str](("reader",))
_known_genre = Genre.known_values.get


@define(kw_only=True, repr=False)
class Complaint:
    """What a server says that refuses.

    Decoding one never fails on a property: what can't be read is None, and kept in ``additional_properties``.
    """

    message: str | None = None
    """Not described."""

    status: int | None = None
    """Not described."""

    at: datetime.datetime | None = None
    """Not described."""

    genre: Genre | None = None
    """What it is about, "roughly" or \\exactly."""

    causes: list[Complaint] | None = None
    """Not described."""

    reader: str | None = None
    """Not described."""

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
    def from_dict(cls, data: Any) -> Complaint:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_complaint)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.message is not None:
            data["message"] = self.message
        if self.status is not None:
            data["status"] = self.status
        if self.at is not None:
            data["at"] = write_date_time(self.at, "at")
        if self.genre is not None:
            data["genre"] = str(self.genre)
        if self.causes is not None:
            data["causes"] = [item.to_dict() for item in self.causes]
        if self.reader is not None:
            data["reader"] = self.reader
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Complaint)


def decode_complaint(data: Any) -> Complaint:
    """Read one from a JSON object; see ``Complaint.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    unknown = {name: value for name, value in source.items() if name not in _NAMES}
    value: Any = source.get("message")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.message = value
    except DecodeError:
        self.message = None
        unknown["message"] = value
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
    value = source.get("at")
    try:
        if value is None:
            self.at = None
        else:
            self.at = read_date_time(value)
    except DecodeError:
        self.at = None
        unknown["at"] = value
    value = source.get("genre")
    try:
        if value is None:
            self.genre = None
        elif type(value) is not str:
            raise mismatch(value, "a string")
        else:
            self.genre = _known_genre(value) or Genre(value)
    except DecodeError:
        self.genre = None
        unknown["genre"] = value
    value = source.get("causes")
    try:
        if value is None:
            self.causes = None
        else:
            self.causes = nested(read_list, value, decode_complaint)
    except DecodeError:
        self.causes = None
        unknown["causes"] = value
    value = source.get("reader")
    try:
        if value is None:
            pass
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.reader = value
    except DecodeError:
        self.reader = None
        unknown["reader"] = value
    self._additional_properties = lenient_properties(unknown)
    return self


def describe_complaint(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Complaint",
        lambda wire: (
            ("message", "message", str, True),
            ("status", "status", wire.integer, True),
            ("at", "at", wire.date_time, False),
            ("genre", "genre", str, False),
            ("causes", "causes", wire.array(describe_complaint(wire)), False),
            ("reader", "reader", str, False),
        ),
    )


def convert_complaint(wire: Any) -> Complaint:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.message = wire.message
    self.status = wire.status
    self.at = wire.at
    value: Any = wire.genre
    self.genre = None if value is None else _known_genre(value) or Genre(value)
    value = wire.causes
    self.causes = None if value is None else nested(lambda value: [convert_complaint(item) for item in value], value)
    self.reader = wire.reader
    self._additional_properties = None
    return self


complaint_reader = Reader(decode_complaint, describe_complaint, convert_complaint)
