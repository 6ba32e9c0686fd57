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
    "place": "place",
}


@define(kw_only=True, repr=False)
class FoundThing2(Model):
    """FoundThing2"""

    place: str | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.place is not None:
            data["place"] = self.place
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, FoundThing2)


def decode_found_thing_2(data: Any) -> FoundThing2:
    """Read one from a JSON object; see ``FoundThing2.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "place"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.place = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 1:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_found_thing_2(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "FoundThing2",
        lambda structs: (("place", "place", str, False),),
    )


def convert_found_thing_2(struct: Any) -> FoundThing2:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.place = struct.place
    self._additional_properties = None
    return self


FoundThing2._decode = decode_found_thing_2
found_thing_2_reader = Reader(decode_found_thing_2, describe_found_thing_2, convert_found_thing_2)
