# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.dates import read_date_time, write_date_time
from contracts_client.openapi.decode import INT64_MIN, lenient_properties, mismatch, nested, read_list
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.genre import Genre

_NAMES: dict[str, str] = {
    "message": "message",
    "status": "status",
    "at": "at",
    "genre": "genre",
    "causes": "causes",
    "reader": "reader",
}
_known_genre = Genre.known_values.get


@define(kw_only=True, repr=False)
class Complaint(Model):
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

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("reader",))

    def to_dict(self) -> dict[str, Any]:
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
        return data if self._additional_properties is None else self._with_unknown(data)


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


def describe_complaint(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Complaint",
        lambda structs: (
            ("message", "message", str, True),
            ("status", "status", structs.integer, True),
            ("at", "at", structs.date_time, False),
            ("genre", "genre", str, False),
            ("causes", "causes", structs.array(describe_complaint(structs)), False),
            ("reader", "reader", str, False),
        ),
    )


def convert_complaint(struct: Any) -> Complaint:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.message = struct.message
    self.status = struct.status
    self.at = struct.at
    value: Any = struct.genre
    self.genre = None if value is None else _known_genre(value) or Genre(value)
    value = struct.causes
    self.causes = None if value is None else nested(lambda value: [convert_complaint(item) for item in value], value)
    self.reader = struct.reader
    self._additional_properties = None
    return self


Complaint._decode = decode_complaint
complaint_reader = Reader(decode_complaint, describe_complaint, convert_complaint)
