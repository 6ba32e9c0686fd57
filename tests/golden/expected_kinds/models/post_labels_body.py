# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, place, read_str
from contracts_client.openapi.encode import require
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class PostLabelsBody(Model):
    """PostLabelsBody"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            for value in self._additional_properties.values():
                require("additional_properties", value, str)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_post_labels_body = partial(object.__new__, PostLabelsBody)


def decode_post_labels_body(data: Any) -> PostLabelsBody:
    """Read one from a JSON object; see ``PostLabelsBody.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_post_labels_body()
    name = ""
    try:
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = read_str(value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    return self


def describe_post_labels_body(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "PostLabelsBody",
        lambda structs: (),
    )


def convert_post_labels_body(struct: Any) -> PostLabelsBody:
    """Make one from what msgspec has checked."""
    self = blank_post_labels_body()
    self._additional_properties = None
    return self


PostLabelsBody._decode = decode_post_labels_body
post_labels_body_reader = Reader(decode_post_labels_body, describe_post_labels_body, convert_post_labels_body)
