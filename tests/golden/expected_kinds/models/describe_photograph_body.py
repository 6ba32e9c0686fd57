# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, read_int, unknown_properties
from contracts_client.openapi.encode import require, require_json, require_list
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "title": "title",
    "rooms": "rooms",
}


@define(kw_only=True, repr=False)
class DescribePhotographBody(Model):
    """DescribePhotographBody"""

    title: str | None = None
    """Not described."""

    rooms: list[int] | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        if self.title is not None:
            require("title", self.title, str)
        if self.rooms is not None:
            require_list("rooms", self.rooms, lambda argument, item: require(argument, item, int))
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.title is not None:
            data["title"] = self.title
        if self.rooms is not None:
            data["rooms"] = list(self.rooms)
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_describe_photograph_body = partial(object.__new__, DescribePhotographBody)


def decode_describe_photograph_body(data: Any) -> DescribePhotographBody:
    """Read one from a JSON object; see ``DescribePhotographBody.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_describe_photograph_body()
    absent = 0
    name = ""
    try:
        name = "title"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.title = value
        name = "rooms"
        value = source.get(name)
        if value is None:
            absent += 1
            self.rooms = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_int(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.rooms = items
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 2:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_describe_photograph_body(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "DescribePhotographBody",
        lambda structs: (
            ("title", "title", str, False),
            ("rooms", "rooms", structs.array(structs.integer), False),
        ),
    )


def convert_describe_photograph_body(struct: Any) -> DescribePhotographBody:
    """Make one from what msgspec has checked."""
    self = blank_describe_photograph_body()
    self.title = struct.title
    self.rooms = struct.rooms
    self._additional_properties = None
    return self


DescribePhotographBody._decode = decode_describe_photograph_body
describe_photograph_body_reader = Reader(
    decode_describe_photograph_body, describe_describe_photograph_body, convert_describe_photograph_body
)
