# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, unknown_properties
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class WorkProperties(Model):
    """WorkProperties"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_work_properties = partial(object.__new__, WorkProperties)


def decode_work_properties(data: Any) -> WorkProperties:
    """Read one from a JSON object; see ``WorkProperties.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_work_properties()
    absent = 0
    if len(source) + absent == 0:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_work_properties(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "WorkProperties",
        lambda structs: (),
    )


def convert_work_properties(struct: Any) -> WorkProperties:
    """Make one from what msgspec has checked."""
    self = blank_work_properties()
    self._additional_properties = None
    return self


WorkProperties._decode = decode_work_properties
work_properties_reader = Reader(decode_work_properties, describe_work_properties, convert_work_properties)
