# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, place, read_str
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "language": "language",
}


@define(kw_only=True, repr=False)
class Remarks(Model):
    """Remarks"""

    language: str
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "language": self.language,
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Remarks)


def decode_remarks(data: Any) -> Remarks:
    """Read one from a JSON object; see ``Remarks.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    name = ""
    try:
        name = "language"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.language = value
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = read_str(value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    except KeyError:
        pass
    else:
        return self
    # Null is no better than nothing, and says what was expected.
    return decode_remarks({**source, name: None})


def describe_remarks(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Remarks",
        lambda structs: (("language", "language", str, True),),
    )


def convert_remarks(struct: Any) -> Remarks:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.language = struct.language
    self._additional_properties = None
    return self


Remarks._decode = decode_remarks
remarks_reader = Reader(decode_remarks, describe_remarks, convert_remarks)
