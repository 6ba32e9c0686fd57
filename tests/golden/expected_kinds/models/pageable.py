# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import INT64_MIN, mismatch, read_str, unknown_properties
from contracts_client.openapi.encode import require, require_json, require_list
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "page": "page",
    "size": "size",
    "sort": "sort",
}


@define(kw_only=True, repr=False)
class Pageable(Model):
    """Pageable"""

    page: int | None = None
    """Not described."""

    size: int | None = None
    """Not described."""

    sort: list[str] | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        if self.page is not None:
            require("page", self.page, int)
        if self.size is not None:
            require("size", self.size, int)
        if self.sort is not None:
            require_list("sort", self.sort, lambda argument, item: require(argument, item, str))
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.page is not None:
            data["page"] = self.page
        if self.size is not None:
            data["size"] = self.size
        if self.sort is not None:
            data["sort"] = list(self.sort)
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_pageable = partial(object.__new__, Pageable)


def decode_pageable(data: Any) -> Pageable:
    """Read one from a JSON object; see ``Pageable.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_pageable()
    absent = 0
    name = ""
    try:
        name = "page"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.page = value
        name = "size"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.size = value
        name = "sort"
        value = source.get(name)
        if value is None:
            absent += 1
            self.sort = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_str(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.sort = items
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 3:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_pageable(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Pageable",
        lambda structs: (
            ("page", "page", structs.integer, False),
            ("size", "size", structs.integer, False),
            ("sort", "sort", structs.array(str), False),
        ),
    )


def convert_pageable(struct: Any) -> Pageable:
    """Make one from what msgspec has checked."""
    self = blank_pageable()
    self.page = struct.page
    self.size = struct.size
    self.sort = struct.sort
    self._additional_properties = None
    return self


Pageable._decode = decode_pageable
pageable_reader = Reader(decode_pageable, describe_pageable, convert_pageable)
