# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import (
    INT64_MIN,
    by_kind,
    mismatch,
    nested,
    read_list,
    read_none,
    read_str,
    read_union,
    union_of,
    unknown_properties,
)
from contracts_client.openapi.encode import require, require_any_of, require_json, require_list, write_any
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.stone import Stone

_NAMES: dict[str, str] = {
    "kind": "kind",
    "parts": "parts",
    "stone": "stone",
    "number": "number",
    "secret": "secret",
    "to_dict": "to_dict_2",
    'a"b': "ab",
    "names": "names",
}


@define(kw_only=True, repr=False)
class Sculpture(Model):
    """Sculpture"""

    kind: str
    """Not described."""

    parts: list[OtherExhibit | Painting | Sculpture]
    """Not described."""

    stone: Stone | None
    """Not described."""

    number: int | None = None
    """Read only."""

    secret: str | None = None
    """Write only."""

    to_dict_2: str | None = None
    """Not described."""

    ab: str | None = None
    """Not described."""

    names: list[str | None] | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    _read_only: ClassVar[frozenset[str]] = frozenset(("number",))

    def __attrs_post_init__(self) -> None:
        require("kind", self.kind, str)
        require_list(
            "parts",
            self.parts,
            lambda argument, item: require_any_of(
                argument,
                item,
                "OtherExhibit | Painting | Sculpture",
                lambda argument, item: require(argument, item, Painting),
                lambda argument, item: require(argument, item, Sculpture),
                lambda argument, item: require(argument, item, OtherExhibit),
            ),
        )
        require_any_of(
            "stone",
            self.stone,
            "None | Stone",
            lambda argument, item: require(argument, item, str),
            lambda argument, item: require(argument, item, type(None)),
        )
        if self.number is not None:
            require("number", self.number, int)
        if self.secret is not None:
            require("secret", self.secret, str)
        if self.to_dict_2 is not None:
            require("to_dict_2", self.to_dict_2, str)
        if self.ab is not None:
            require("ab", self.ab, str)
        if self.names is not None:
            require_list(
                "names",
                self.names,
                lambda argument, item: require_any_of(
                    argument,
                    item,
                    "None | str",
                    lambda argument, item: require(argument, item, str),
                    lambda argument, item: require(argument, item, type(None)),
                ),
            )
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "kind": self.kind,
            "parts": [write_any(item, "parts_item") for item in self.parts],
            "stone": write_any(self.stone, "stone"),
        }
        if self.number is not None:
            data["number"] = self.number
        if self.secret is not None:
            data["secret"] = self.secret
        if self.to_dict_2 is not None:
            data["to_dict"] = self.to_dict_2
        if self.ab is not None:
            data['a"b'] = self.ab
        if self.names is not None:
            data["names"] = [write_any(item, "names_item") for item in self.names]
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_sculpture = partial(object.__new__, Sculpture)


def decode_sculpture(data: Any) -> Sculpture:
    """Read one from a JSON object; see ``Sculpture.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_sculpture()
    absent = 0
    name = ""
    try:
        name = "kind"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.kind = value
        name = "parts"
        value = source[name]
        self.parts = nested(
            read_list,
            value,
            union_of(
                by_kind(
                    "kind",
                    {"oil": decode_painting, "SKETCH": decode_painting, "Sculpture": decode_sculpture},
                    decode_other_exhibit,
                )
            ),
        )
        name = "stone"
        value = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.stone = read_union(value, Stone.read, read_none)
        name = "number"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.number = value
        name = "secret"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.secret = value
        name = "to_dict"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.to_dict_2 = value
        name = 'a"b'
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.ab = value
        name = "names"
        value = source.get(name)
        if value is None:
            absent += 1
            self.names = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(
                        read_union(item, read_str, read_none)
                    )  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.names = items
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 8:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_sculpture({**source, name: None})


def describe_sculpture(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Sculpture",
        lambda structs: (
            ("kind", "kind", str, True),
            ("parts", "parts", structs.array(Any), True),
            ("stone", "stone", Any, True),
            ("number", "number", structs.integer, False),
            ("secret", "secret", str, False),
            ("to_dict_2", "to_dict", str, False),
            ("ab", 'a"b', str, False),
            ("names", "names", structs.array(Any), False),
        ),
    )


def convert_sculpture(struct: Any) -> Sculpture:
    """Make one from what msgspec has checked."""
    self = blank_sculpture()
    self.kind = struct.kind
    value: Any = struct.parts
    self.parts = nested(
        lambda value: [
            read_union(
                item,
                by_kind(
                    "kind",
                    {"oil": decode_painting, "SKETCH": decode_painting, "Sculpture": decode_sculpture},
                    decode_other_exhibit,
                ),
            )
            for item in value
        ],
        value,
    )
    value = struct.stone
    self.stone = read_union(value, Stone.read, read_none)
    self.number = struct.number
    self.secret = struct.secret
    self.to_dict_2 = struct.to_dict_2
    self.ab = struct.ab
    value = struct.names
    self.names = None if value is None else [read_union(item, read_str, read_none) for item in value]
    self._additional_properties = None
    return self


Sculpture._decode = decode_sculpture
sculpture_reader = Reader(decode_sculpture, describe_sculpture, convert_sculpture)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .other_exhibit import OtherExhibit, decode_other_exhibit  # noqa: E402
from .painting import Painting, decode_painting  # noqa: E402
