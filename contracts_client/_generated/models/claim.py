# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import INT64_MIN, mismatch, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "success": "success",
    "customerNumber": "customer_number",
}


@define(kw_only=True, repr=False)
class Claim(Model):
    """The outcome of a claim. (published)"""

    success: bool
    """Whether the ticket was claimed. (documented)"""

    customer_number: int | None = None
    """The customer who holds the ticket now. (documented)"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("customer_number",))

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "success": self.success,
        }
        if self.customer_number is not None:
            data["customerNumber"] = self.customer_number
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_claim = partial(object.__new__, Claim)


def decode_claim(data: Any) -> Claim:
    """Read one from a JSON object; see ``Claim.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_claim()
    absent = 0
    name = ""
    try:
        name = "success"
        value: Any = source[name]
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.success = value
        name = "customerNumber"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.customer_number = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 2:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_claim({**source, name: None})


def describe_claim(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Claim",
        lambda structs: (
            ("success", "success", bool, True),
            ("customer_number", "customerNumber", structs.integer, False),
        ),
    )


def convert_claim(struct: Any) -> Claim:
    """Make one from what msgspec has checked."""
    self = blank_claim()
    self.success = struct.success
    self.customer_number = struct.customer_number
    self._additional_properties = None
    return self


Claim._decode = decode_claim
claim_reader = Reader(decode_claim, describe_claim, convert_claim)
