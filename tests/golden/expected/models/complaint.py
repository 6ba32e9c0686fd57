# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import lenient_properties, mismatch, nested, read_list
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.genre import Genre

_NAMES: dict[str, str] = {
    "message": "message",
    "causes": "causes",
    "genre": "genre",
}
_known_genre = Genre.known_values.get


@define(kw_only=True, repr=False)
class Complaint(Model):
    """Complaint

    Decoding one never fails on a property: what can't be read is None, and kept in ``additional_properties``.
    """

    message: str | None = None
    """Not described."""

    causes: list[Complaint] | None = None
    """Not described."""

    genre: Genre | None = None
    """What it is about, "roughly"."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.message is not None:
            data["message"] = self.message
        if self.causes is not None:
            data["causes"] = [item._written(date_time) for item in self.causes]
        if self.genre is not None:
            data["genre"] = str(self.genre)
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_complaint = partial(object.__new__, Complaint)


def decode_complaint(data: Any) -> Complaint:
    """Read one from a JSON object; see ``Complaint.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_complaint()
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
    value = source.get("causes")
    try:
        if value is None:
            self.causes = None
        else:
            self.causes = nested(read_list, value, decode_complaint)
    except DecodeError:
        self.causes = None
        unknown["causes"] = value
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
    self._additional_properties = lenient_properties(unknown)
    return self


def describe_complaint(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Complaint",
        lambda structs: (
            ("message", "message", str, True),
            ("causes", "causes", structs.array(describe_complaint(structs)), False),
            ("genre", "genre", str, False),
        ),
    )


def convert_complaint(struct: Any) -> Complaint:
    """Make one from what msgspec has checked."""
    self = blank_complaint()
    self.message = struct.message
    value: Any = struct.causes
    self.causes = None if value is None else nested(lambda value: [convert_complaint(item) for item in value], value)
    value = struct.genre
    self.genre = None if value is None else _known_genre(value) or Genre(value)
    self._additional_properties = None
    return self


Complaint._decode = decode_complaint
complaint_reader = Reader(decode_complaint, describe_complaint, convert_complaint)
