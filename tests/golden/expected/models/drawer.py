# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import INT64_MIN, lenient_properties, mismatch
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "spots": "items",
    "total": "total_items",
    "pages": "total_pages",
}


@define(kw_only=True, repr=False)
class Drawer(Model):
    """A page that keeps what can not be read.

    Decoding one never fails on a property: what can't be read is None, and kept in ``additional_properties``.
    """

    items: list[Spot] | None = None
    """Not described."""

    total_items: int | None = None
    """Not described."""

    total_pages: int | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.items is not None:
            data["spots"] = [item.to_dict() for item in self.items]
        if self.total_items is not None:
            data["total"] = self.total_items
        if self.total_pages is not None:
            data["pages"] = self.total_pages
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Drawer)


def decode_drawer(data: Any) -> Drawer:
    """Read one from a JSON object; see ``Drawer.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    unknown = {name: value for name, value in source.items() if name not in _NAMES}
    value: Any = source.get("spots")
    try:
        if value is None:
            self.items = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(decode_spot(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.items = items
    except DecodeError:
        self.items = None
        unknown["spots"] = value
    value = source.get("total")
    try:
        if value is None:
            pass
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_items = value
    except DecodeError:
        self.total_items = None
        unknown["total"] = value
    value = source.get("pages")
    try:
        if value is None:
            pass
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_pages = value
    except DecodeError:
        self.total_pages = None
        unknown["pages"] = value
    self._additional_properties = lenient_properties(unknown)
    return self


def describe_drawer(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Drawer",
        lambda structs: (
            ("items", "spots", structs.array(describe_spot(structs)), False),
            ("total_items", "total", structs.integer, False),
            ("total_pages", "pages", structs.integer, False),
        ),
    )


def convert_drawer(struct: Any) -> Drawer:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.items
    self.items = None if value is None else [convert_spot(item) for item in value]
    self.total_items = struct.total_items
    self.total_pages = struct.total_pages
    self._additional_properties = None
    return self


Drawer._decode = decode_drawer
drawer_reader = Reader(decode_drawer, describe_drawer, convert_drawer)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .spot import Spot, convert_spot, decode_spot, describe_spot  # noqa: E402
