# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "language": "language",
}


@define(kw_only=True, repr=False)
class Loose(Model):
    """Takes any name."""

    language: str | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.language is not None:
            data["language"] = self.language
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Loose)


def decode_loose(data: Any) -> Loose:
    """Read one from a JSON object; see ``Loose.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "language"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.language = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 1:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_loose(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Loose",
        lambda structs: (("language", "language", str, False),),
    )


def convert_loose(struct: Any) -> Loose:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.language = struct.language
    self._additional_properties = None
    return self


Loose._decode = decode_loose
loose_reader = Reader(decode_loose, describe_loose, convert_loose)
