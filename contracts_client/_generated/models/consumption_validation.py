# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import mismatch, read_int, read_str, read_union, unknown_properties
from ...openapi.encode import write_any
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "isValid": "is_valid",
    "code": "code",
    "reason": "reason",
}


@define(kw_only=True, repr=False)
class ConsumptionValidation(Model):
    """Whether the consumptions can be made, and why not. (documented)"""

    is_valid: bool
    """True where every consumption in the list can be made. (documented)"""

    code: int | str | None = None
    """A code for the reason of a rejection. 3101 means that all is well. (documented)"""

    reason: str | None = None
    """A short explanation of the verdict. (documented)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "isValid": self.is_valid,
        }
        if self.code is not None:
            data["code"] = write_any(self.code, "code")
        if self.reason is not None:
            data["reason"] = self.reason
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_consumption_validation = partial(object.__new__, ConsumptionValidation)


def decode_consumption_validation(data: Any) -> ConsumptionValidation:
    """Read one from a JSON object; see ``ConsumptionValidation.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_consumption_validation()
    absent = 0
    name = ""
    try:
        name = "isValid"
        value: Any = source[name]
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.is_valid = value
        name = "code"
        value = source.get(name)
        if value is None:
            absent += 1
            self.code = None
        else:
            self.code = read_union(value, read_int, read_str)
        name = "reason"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.reason = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 3:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_consumption_validation({**source, name: None})


def describe_consumption_validation(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "ConsumptionValidation",
        lambda structs: (
            ("is_valid", "isValid", bool, True),
            ("code", "code", Any, False),
            ("reason", "reason", str, False),
        ),
    )


def convert_consumption_validation(struct: Any) -> ConsumptionValidation:
    """Make one from what msgspec has checked."""
    self = blank_consumption_validation()
    self.is_valid = struct.is_valid
    value: Any = struct.code
    self.code = None if value is None else read_union(value, read_int, read_str)
    self.reason = struct.reason
    self._additional_properties = None
    return self


ConsumptionValidation._decode = decode_consumption_validation
consumption_validation_reader = Reader(
    decode_consumption_validation, describe_consumption_validation, convert_consumption_validation
)
