# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.dates import read_date, write_date
from contracts_client.openapi.decode import mismatch, read_bytes, unknown_properties
from contracts_client.openapi.encode import require, require_json, require_list
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "file": "file",
    "others": "others",
    "taken": "taken",
    "of": "of",
}


@define(kw_only=True, repr=False)
class AddPhotographBody(Model):
    """AddPhotographBody"""

    file: bytes
    """Not described."""

    others: list[bytes] | None = None
    """Not described."""

    taken: datetime.date | None = None
    """Not described."""

    of: Painting | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        require("file", self.file, bytes)
        if self.others is not None:
            require_list("others", self.others, lambda argument, item: require(argument, item, bytes))
        if self.taken is not None:
            write_date(self.taken, "taken")
        if self.of is not None:
            require("of", self.of, Painting)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "file": self.file,
        }
        if self.others is not None:
            data["others"] = list(self.others)
        if self.taken is not None:
            data["taken"] = write_date(self.taken, "taken")
        if self.of is not None:
            data["of"] = self.of._written(date_time)
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_add_photograph_body = partial(object.__new__, AddPhotographBody)


def decode_add_photograph_body(data: Any) -> AddPhotographBody:
    """Read one from a JSON object; see ``AddPhotographBody.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_add_photograph_body()
    absent = 0
    name = ""
    try:
        name = "file"
        value: Any = source[name]
        self.file = read_bytes(value)
        name = "others"
        value = source.get(name)
        if value is None:
            absent += 1
            self.others = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_bytes(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.others = items
        name = "taken"
        value = source.get(name)
        if value is None:
            absent += 1
            self.taken = None
        else:
            self.taken = read_date(value)
        name = "of"
        value = source.get(name)
        if value is None:
            absent += 1
            self.of = None
        else:
            self.of = decode_painting(value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 4:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_add_photograph_body({**source, name: None})


def describe_add_photograph_body(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "AddPhotographBody",
        lambda structs: (
            ("file", "file", Any, True),
            ("others", "others", structs.array(Any), False),
            ("taken", "taken", datetime.date, False),
            ("of", "of", describe_painting(structs), False),
        ),
    )


def convert_add_photograph_body(struct: Any) -> AddPhotographBody:
    """Make one from what msgspec has checked."""
    self = blank_add_photograph_body()
    self.file = struct.file
    self.others = struct.others
    self.taken = struct.taken
    value: Any = struct.of
    self.of = None if value is None else convert_painting(value)
    self._additional_properties = None
    return self


AddPhotographBody._decode = decode_add_photograph_body
add_photograph_body_reader = Reader(
    decode_add_photograph_body, describe_add_photograph_body, convert_add_photograph_body
)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .painting import Painting, convert_painting, decode_painting, describe_painting  # noqa: E402
