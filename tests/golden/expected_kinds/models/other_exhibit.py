# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, unknown_properties
from contracts_client.openapi.encode import require, require_json
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "kind": "kind",
}


@define(kw_only=True, repr=False)
class OtherExhibit(Model):
    """One whose kind is none that the specification knows. What else it holds is kept as it came."""

    kind: str
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        require("kind", self.kind, str)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "kind": self.kind,
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_other_exhibit = partial(object.__new__, OtherExhibit)


def decode_other_exhibit(data: Any) -> OtherExhibit:
    """Read one from a JSON object; see ``OtherExhibit.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_other_exhibit()
    absent = 0
    name = ""
    try:
        name = "kind"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.kind = value
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
    return decode_other_exhibit({**source, name: None})


def describe_other_exhibit(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "OtherExhibit",
        lambda structs: (("kind", "kind", str, True),),
    )


def convert_other_exhibit(struct: Any) -> OtherExhibit:
    """Make one from what msgspec has checked."""
    self = blank_other_exhibit()
    self.kind = struct.kind
    self._additional_properties = None
    return self


OtherExhibit._decode = decode_other_exhibit
other_exhibit_reader = Reader(decode_other_exhibit, describe_other_exhibit, convert_other_exhibit)
