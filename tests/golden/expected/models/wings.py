# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, nested, place
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class Wings(Model):
    """Wings"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return (
            data
            if self._additional_properties is None
            else self._with_unknown(data, lambda value: value._written(date_time))
        )


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_wings = partial(object.__new__, Wings)


def decode_wings(data: Any) -> Wings:
    """Read one from a JSON object; see ``Wings.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_wings()
    name = ""
    try:
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = nested(decode_book, value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    return self


def describe_wings(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Wings",
        lambda structs: (),
    )


def convert_wings(struct: Any) -> Wings:
    """Make one from what msgspec has checked."""
    self = blank_wings()
    self._additional_properties = None
    return self


Wings._decode = decode_wings
wings_reader = Reader(decode_wings, describe_wings, convert_wings)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import decode_book  # noqa: E402
