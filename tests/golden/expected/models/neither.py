# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, nested, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "neither": "neither",
}


@define(kw_only=True, repr=False)
class Neither(Model):
    """Neither"""

    neither: Query
    """Holds itself through several types of a union, each in a place of its own."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "neither": self.neither.to_dict(),
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Neither)


def decode_neither(data: Any) -> Neither:
    """Read one from a JSON object; see ``Neither.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "neither"
        value: Any = source[name]
        self.neither = nested(decode_query, value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 1:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_neither({**source, name: None})


def describe_neither(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Neither",
        lambda structs: (("neither", "neither", describe_query(structs), True),),
    )


def convert_neither(struct: Any) -> Neither:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.neither
    self.neither = nested(convert_query, value)
    self._additional_properties = None
    return self


Neither._decode = decode_neither
neither_reader = Reader(decode_neither, describe_neither, convert_neither)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .query import Query, convert_query, decode_query, describe_query  # noqa: E402
