# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import mismatch, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model
from ..models.loyalty_program_type import LoyaltyProgramType

_NAMES: dict[str, str] = {
    "id": "id",
    "type": "type",
    "displayName": "display_name",
}
_known_loyalty_program_type = LoyaltyProgramType.known_values.get


@define(kw_only=True, repr=False)
class LoyaltyProgram(Model):
    """The current values of the loyalty program that the contract belongs to. (documented)"""

    id: str | None = None
    """Identifies the program. (inferred)"""

    type: LoyaltyProgramType | None = None
    """How contracts of the program are used up. TIMED: by time alone, such as a customer card. COUPONS: each use
    creates a dependent timed contract, such as a ten-day coupon card. POINTS: by point transactions, such as a
    gift card. The list is open. (inferred)"""

    display_name: list[LocalizedText] | None = None
    """The program's name, one entry a language. (inferred)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.type is not None:
            data["type"] = str(self.type)
        if self.display_name is not None:
            data["displayName"] = [item._written(date_time) for item in self.display_name]
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_loyalty_program = partial(object.__new__, LoyaltyProgram)


def decode_loyalty_program(data: Any) -> LoyaltyProgram:
    """Read one from a JSON object; see ``LoyaltyProgram.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_loyalty_program()
    absent = 0
    name = ""
    try:
        name = "id"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "type"
        value = source.get(name)
        if value is None:
            absent += 1
            self.type = None
        elif type(value) is not str:
            raise mismatch(value, "a string")
        else:
            self.type = _known_loyalty_program_type(value) or LoyaltyProgramType(value)
        name = "displayName"
        value = source.get(name)
        if value is None:
            absent += 1
            self.display_name = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(decode_localized_text(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.display_name = items
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 3:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_loyalty_program(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "LoyaltyProgram",
        lambda structs: (
            ("id", "id", str, False),
            ("type", "type", str, False),
            ("display_name", "displayName", structs.array(describe_localized_text(structs)), False),
        ),
    )


def convert_loyalty_program(struct: Any) -> LoyaltyProgram:
    """Make one from what msgspec has checked."""
    self = blank_loyalty_program()
    self.id = struct.id
    value: Any = struct.type
    self.type = None if value is None else _known_loyalty_program_type(value) or LoyaltyProgramType(value)
    value = struct.display_name
    if value is None:
        self.display_name = None
    else:
        made_display_name: list[Any] = []
        self.display_name = made_display_name
        for item in value:
            item_display_name = blank_localized_text()
            item_display_name.text = item.text
            item_display_name.description = item.description
            item_display_name.language_code = item.language_code
            item_display_name._additional_properties = None
            made_display_name.append(item_display_name)
    self._additional_properties = None
    return self


LoyaltyProgram._decode = decode_loyalty_program
loyalty_program_reader = Reader(decode_loyalty_program, describe_loyalty_program, convert_loyalty_program)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .localized_text import LocalizedText, blank_localized_text, decode_localized_text, describe_localized_text  # noqa: E402
