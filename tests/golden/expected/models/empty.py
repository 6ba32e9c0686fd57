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
    "only": "only",
}


@define(kw_only=True, repr=False)
class Empty(Model):
    """A map of anything."""

    only: str | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.only is not None:
            data["only"] = self.only
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Empty)


def decode_empty(data: Any) -> Empty:
    """Read one from a JSON object; see ``Empty.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "only"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.only = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 1:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_empty(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Empty",
        lambda structs: (("only", "only", str, False),),
    )


def convert_empty(struct: Any) -> Empty:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.only = struct.only
    self._additional_properties = None
    return self


Empty._decode = decode_empty
empty_reader = Reader(decode_empty, describe_empty, convert_empty)
