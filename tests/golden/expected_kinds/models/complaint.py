# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "message": "message",
}


@define(kw_only=True, repr=False)
class Complaint(Model):
    """Complaint"""

    message: str
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "message": self.message,
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_complaint = partial(object.__new__, Complaint)


def decode_complaint(data: Any) -> Complaint:
    """Read one from a JSON object; see ``Complaint.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_complaint()
    absent = 0
    name = ""
    try:
        name = "message"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.message = value
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
    return decode_complaint({**source, name: None})


def describe_complaint(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Complaint",
        lambda structs: (("message", "message", str, True),),
    )


def convert_complaint(struct: Any) -> Complaint:
    """Make one from what msgspec has checked."""
    self = blank_complaint()
    self.message = struct.message
    self._additional_properties = None
    return self


Complaint._decode = decode_complaint
complaint_reader = Reader(decode_complaint, describe_complaint, convert_complaint)
